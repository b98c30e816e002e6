"""The three statutory tables of a document -> forms, figures, findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.findings import finding
from pipeline.forms import forms_with, load_forms
from pipeline.forms.model import Block as FormBlock
from pipeline.forms.model import TableForm
from pipeline.forms.sections import section_of
from pipeline.model import Block, Figure, Finding, Image, LocalFigure, Paragraph, Table
from pipeline.parse.added_columns import Added, added_findings, without_added_columns
from pipeline.parse.apart import read_apart
from pipeline.parse.bare_results import bare_results
from pipeline.parse.below import counts_that_may_go_on
from pipeline.parse.column_order import (
    NO_HEADER,
    Header,
    header_of,
    order_findings,
    ordered_columns,
)
from pipeline.parse.columns import absent_columns, printed_columns
from pipeline.parse.displaced import without_displaced
from pipeline.parse.few_columns import as_laid_out
from pipeline.parse.figures import block_figures, not_on_form
from pipeline.parse.in_order import rows_in_order
from pipeline.parse.leftover import unknown_rows
from pipeline.parse.local import local_rows
from pipeline.parse.oddities.seen import TableSeen
from pipeline.parse.options import Row, choose, is_sound, with_all, without_torn
from pipeline.parse.pieces import put_together, with_rests
from pipeline.parse.reading import RowReading, Strategy
from pipeline.parse.readings import Readings, Strategies
from pipeline.parse.results import are_dealt, are_likely, has_header, results_rows
from pipeline.parse.results_order import order_findings_of_results, results_order
from pipeline.parse.runs import table_in_prose
from pipeline.parse.select import form_of, rows_in_prose, statutory_tables, table_labels
from pipeline.parse.short_rows import filled_up
from pipeline.parse.statistics.local_list import read_local_list
from pipeline.parse.statistics.read import read_list
from pipeline.parse.strategies import read_by_grid, read_by_runs, read_by_sequence
from pipeline.parse.units import units_of_headers

FIRST_YEAR_WITH_TABLES = 2019
"""国办公开办函〔2019〕60号 brought the three tables; earlier reports have none of them."""

OLDER_ONLY_ROW = "other_processing"
"""（六）其他处理 with figures of its own: the 2019 form of table 三."""


OTHER_ROWS = {"t2": "t3", "t3": "t2"}
"""Whose rows stand in the same grid where one table holds all."""
IN_TABLES: Strategies = (read_by_grid, read_by_sequence)
IN_LINES: Strategies = (read_by_runs,)

TABLE_OF = {"proactive_disclosure": "t2", "applications": "t3", "disputes": "t4"}
"""Section -> its table."""

NAMES = {
    "t2": "表二（第二部分的统计表）",
    "t3": "表三（第三部分的统计表）",
    "t4": "表四（第四部分的统计表）",
    "s14": "《政府信息公开情况统计表》",
}
"""A table of today is known by the number of its section, the list by its title."""


@dataclass(frozen=True, slots=True)
class TablesRead:
    """What the statutory tables say; `forms` has `t2`, `t3`, `t4`, null where not printed.

    The list of 2014 to 2018 is among them only where it is printed, as `s14`.
    """

    forms: dict[str, str | None]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    local: tuple[LocalFigure, ...] = ()
    seen: tuple[TableSeen, ...] = ()
    """How the page prints the tables of today."""


def read_tables(blocks: Sequence[Block], year: int | None) -> TablesRead:
    """Read table 二, 三 and 四; the form is decided per table, real reports mix them.

    The list of 2014 to 2018 is taken out first: some of its words are rows of table 二 too.
    """
    listed = read_list(blocks)
    tables = [table for table in with_rests(blocks) if table.number not in listed.tables]
    images = _images(blocks)
    forms: dict[str, TableForm | None] = {}
    figures: list[Figure] = []
    findings: list[Finding] = []
    local = list(listed.local)
    seen: list[TableSeen] = []
    found = _found(blocks, tables)
    read = {table.number for own, _ in found.values() for table in own}
    for id_, (own, strategies) in found.items():
        if not own:
            forms[id_] = None
            findings += _missing(id_, year, images)
            continue
        form, doubts, readings = _form_and_rows(id_, own, strategies, forms, year)
        forms[id_] = form
        findings += doubts
        new, odd, as_seen = _read_table(form, readings)
        figures += new
        findings += odd
        seen.append(as_seen)
        figures += not_on_form(form.form, id_)
        added, notes = _beside_form(id_, own)
        local += added
        findings += notes
    if not listed.form:
        added, notes = read_local_list(blocks, [t for t in tables if t.number not in read])
        local += added
        findings += notes
    codes = {id_: form.form if form else None for id_, form in forms.items()}
    if listed.form:
        codes["s14"] = listed.form.form
    else:
        findings += _missing_list(year, images)
    figures += listed.figures
    findings += [*listed.findings, *counts_that_may_go_on(blocks, figures)]
    return TablesRead(codes, tuple(figures), tuple(findings), tuple(local), tuple(seen))


def _read_table(
    form: TableForm, readings: Readings
) -> tuple[list[Figure], list[Finding], TableSeen]:
    figures: list[Figure] = []
    findings: list[Finding] = []
    rows: dict[str, Row] = {}
    headers = [_header(form, block, readings) for block in form.blocks]
    for block, header in zip(form.blocks, headers, strict=True):
        new, odd = _read_block(form, block, header, readings, rows)
        figures += new
        findings += odd
    if form.id == "t2" and readings.in_lines_alone:
        figures, notes = without_displaced(figures, readings, form)
        findings += notes
    return figures, findings, TableSeen.of(form, readings.tables, headers, rows)


def _beside_form(id_: str, own: list[Table]) -> tuple[list[LocalFigure], list[Finding]]:
    """What a table prints that is not on its form: rows of the office's own, figures of nobody."""
    if id_ == "t4":
        return [], [] if has_header(own) else [finding("headers_lost", id_)]
    labels, others = table_labels(id_), [table_labels(OTHER_ROWS[id_])]
    local, notes = local_rows(own, labels, others) if id_ == "t2" else ([], [])
    read = {figure.label for figure in local}
    unknown = unknown_rows(id_, own, labels, others, read)
    return local, [*notes, *unknown]


def _found(
    blocks: Sequence[Block], tables: Sequence[Table]
) -> dict[str, tuple[list[Table], Strategies]]:
    """Where each statutory table stands and how to read it: in tables, or in lines of text.

    Where lines print its rows beside a table, both are read: a part that the text lost its cells
    of, or a second print that may say something else.
    """
    found = {id_: (own, IN_TABLES) for id_, own in statutory_tables(tables).items()}
    lines = rows_in_prose(blocks)
    if not lines and all(own for own, _ in found.values()):
        return found
    prose = table_in_prose(blocks)
    runs = statutory_tables([prose]) if prose else {}
    if not found["t4"][0] and not runs.get("t4") and (bare := bare_results(blocks)):
        runs["t4"] = [bare]
    return {
        id_: ([*own, *(runs.get(id_, []) if id_ in lines else [])], strategies)
        if own
        else (runs.get(id_, []), IN_LINES)
        for id_, (own, strategies) in found.items()
    }


def _header(form: TableForm, block: FormBlock, readings: Readings) -> Header:
    """What heads the columns of a block; the headers of table 四 are dealt with by its strategy."""
    if form.id == "t4":
        return NO_HEADER
    return header_of(block, readings.tables, readings.telling)


def _read_block(
    form: TableForm, block: FormBlock, header: Header, readings: Readings, known: dict[str, Row]
) -> tuple[list[Figure], list[Finding]]:
    """Figures and findings; what is known of each row is added to `known`."""
    printed, added, merged = block, Added(), tuple[Finding, ...]()
    if form.id == "t3":
        laid = as_laid_out(form, block, header, readings.tables, readings.first)
        form, printed, first, added, merged = laid
        readings = replace(readings, first=first) if first is not readings.first else readings
    if form.id != "t4" and printed is block:
        first, added = without_added_columns(block, header, readings.first)
        readings = replace(readings, first=first) if added else readings
        printed = ordered_columns(form, block, header, readings.telling)
    if not form.sums:  # a row that adds up says by itself what it lacks
        first = put_together(printed, readings.rests, readings.first)
        first = filled_up(printed, readings.tables, first)
        readings = replace(readings, first=first) if first is not readings.first else readings
    rows = choose(form, printed, readings.first)
    if not is_sound(form, printed, rows):
        printed, rows = _doubtful_rows(form, printed, readings)
    elif readings.in_lines_too:
        rows = with_all(rows, readings.every)
    if form.id == "t4" and not (
        are_dealt(readings.first) and (are_likely(form, rows) or not readings.in_lines_alone)
    ):
        rows = {id_: row._replace(chosen=None) for id_, row in rows.items()}
    known.update(rows)
    figures, findings = block_figures(form, printed, rows)
    if any(row.chosen and row.chosen.reading.strategy is Strategy.APART for row in rows.values()):
        findings.append(finding("labels_apart", form.id, article=block.article or ""))
    absent, lacking = absent_columns(form, block, printed)
    if form.id != "t4":
        findings += order_findings(form, block, printed, header)
        findings += added_findings(form, block, added)
        findings += units_of_headers(block, header, figures)
    return [*figures, *absent], [*merged, *findings, *lacking]


def _doubtful_rows(
    form: TableForm, block: FormBlock, readings: Readings
) -> tuple[FormBlock, dict[str, Row]]:
    """The rows where the first strategy does not say it all, with the columns that the page has.

    Columns left out or in another order are seen first: the rows may be sound by them.
    """
    printed = block
    if form.id == "t3":
        printed = printed_columns(block, readings.tables, readings.first, readings.labels)
    rows = choose(form, printed, readings.first) if printed is not block else {}
    if not is_sound(form, printed, rows):
        rows = choose(form, printed, readings.every)
        rows = without_torn(form, printed, rows)
        if form.id == "t3" and printed is block and readings.in_lines_alone:
            is_whole = len(rows) == len(block.rows) and all(row.chosen for row in rows.values())
            if not is_whole:
                rows = rows_in_order(readings.tables, readings.labels, form, block) or rows
        return printed, rows
    return printed, with_all(rows, readings.every) if readings.in_lines_too else rows


def _form_and_rows(
    id_: str,
    tables: list[Table],
    strategies: Strategies,
    forms: dict[str, TableForm | None],
    year: int | None,
) -> tuple[TableForm, list[Finding], Readings]:
    labels = table_labels(id_)
    if id_ == "t4":
        form = _same_form(id_, forms, year)
        order = results_order(tables, form.blocks[0])
        doubts = [*order_findings_of_results(tables, form.blocks[0], order)]
        return form, doubts, Readings(tables, labels, results_rows(tables, form, order), ())
    best, *others = strategies
    readings = Readings(tables, labels, best(tables, labels), tuple(others))
    decided = form_of(tables, id_) or _form_by_rows(id_, readings)
    form = decided or _same_form(id_, forms, year)
    doubts = [] if decided else [finding("form_undecided", id_, form=form.form)]
    apart = partial(read_apart, form=form)
    return form, doubts, Readings(tables, labels, readings.first, (*others, apart))


def _form_by_rows(id_: str, readings: Readings) -> TableForm | None:
    """A table 三 without the 2021 rows is of 2019 if 其他处理 carries figures itself."""

    def is_older(found: Sequence[RowReading]) -> bool:
        return any(reading.row == OLDER_ONLY_ROW and reading.cells for reading in found)

    older = is_older(readings.first) or is_older(readings.every)
    return forms_with(id_)["2019"] if older else None


def _same_form(id_: str, forms: dict[str, TableForm | None], year: int | None) -> TableForm:
    """The form of the page's other tables, else the form of the year, else the newest."""
    for other in ("t3", "t2"):
        decided = forms.get(other)
        if decided:
            return forms_with(id_)[decided.form]
    known = [form for form in load_forms().values() if id_ in form.tables]
    of_year = [form for form in known if form.is_for(year)]
    return (of_year or known)[-1].tables[id_]


def _images(blocks: Sequence[Block]) -> frozenset[str]:
    """The tables that images may be: that of the section they stand in, without headings any."""
    sections = [section_of(b.text) if isinstance(b, Paragraph) else None for b in blocks]
    if not any(section in TABLE_OF for section in sections):
        return frozenset(NAMES) if any(isinstance(b, Image) for b in blocks) else frozenset()
    found: set[str] = set()
    current: str | None = None
    for block, section in zip(blocks, sections, strict=True):
        current = section or current
        if isinstance(block, Image):
            found |= {"s14", TABLE_OF.get(current or "", "s14")}
    return frozenset(found)


def _missing(id_: str, year: int | None, images: Collection[str]) -> list[Finding]:
    if year is not None and year < FIRST_YEAR_WITH_TABLES:
        return [finding("table_not_yet_required", id_, table=NAMES[id_], year=year)]
    code = "table_is_image" if id_ in images else "table_missing"
    return [finding(code, id_, table=NAMES[id_])]


def _missing_list(year: int | None, images: Collection[str]) -> list[Finding]:
    """Nothing where the year's reports need no list."""
    for code in forms_with("s14"):
        form = load_forms()[code]
        if form.is_for(year):
            return _missing("s14", None, images)
    return []
