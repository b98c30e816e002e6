"""Row readings -> figures: every cell of the form once, each with its state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.extract.text import squeeze
from pipeline.findings import finding
from pipeline.forms import forms_with
from pipeline.forms.model import Block, Column, TableForm
from pipeline.model import CellState, Figure, Finding, Place
from pipeline.parse.arbiter import decide
from pipeline.parse.numbers import has_unit, read_number
from pipeline.parse.reading import Cells, Printed, RowReading, candidates

Result = tuple[list[Figure], list[Finding]]


def block_figures(table: TableForm, block: Block, readings: Iterable[RowReading]) -> Result:
    """The figures of a block's rows, in the form's order, and what was odd about them."""
    by_row, findings = _by_row(table, block, readings)
    width = len(block.columns)
    options = {row: candidates(reading.cells, width) for row, reading in by_row.items()}
    decided = decide(options, table, block)
    figures: list[Figure] = []
    for row in block.rows:
        where = f"{table.id}.{row.id}"
        reading, cells = by_row.get(row.id), decided.get(row.id)
        if reading is None:
            findings.append(finding("row_missing", where, label=row.label))
            figures += _empty(where, block.columns, CellState.ABSENT, None)
        elif cells is None:
            findings.append(_undecided(where, reading, width))
            figures += _empty(where, block.columns, CellState.UNREADABLE, reading)
        else:
            findings += _row_findings(where, reading, cells, row.label)
            for column, printed in zip(block.columns, cells, strict=True):
                figure = figure_of(f"{where}.{column.id}", printed)
                figures.append(figure)
                if not printed.cell.text.isdigit():
                    findings += _cell_findings(figure, column)
    return figures, findings


def _by_row(
    table: TableForm, block: Block, readings: Iterable[RowReading]
) -> tuple[dict[str, RowReading], list[Finding]]:
    """The first reading of each row; a second one that prints other figures is a finding."""
    rows = {row.id for row in block.rows}
    found: dict[str, RowReading] = {}
    findings: list[Finding] = []
    for reading in readings:
        if reading.row not in rows:
            continue
        first = found.get(reading.row)
        if first is None or not _figures(first):
            found[reading.row] = reading
        elif _figures(reading) and _figures(first) != _figures(reading):
            where = f"{table.id}.{reading.row}"
            values = {"label": squeeze(reading.label), "first": " ".join(_figures(first))}
            second = " ".join(_figures(reading))
            findings.append(finding("row_repeated", where, second=second, **values))
    return found, findings


def _figures(reading: RowReading) -> list[str]:
    return [squeeze(p.cell.text) for p in reading.cells if not p.is_blank]


def _filled(cells: Cells) -> int:
    return sum(not printed.is_blank for printed in cells)


def _undecided(where: str, reading: RowReading, width: int) -> Finding:
    printed = " ".join(_figures(reading)) or "-"
    label = squeeze(reading.label)
    count = len(_figures(reading))
    return finding("row_unreadable", where, label=label, width=width, count=count, printed=printed)


def _row_findings(
    where: str, reading: RowReading, cells: Cells, official: str
) -> Iterator[Finding]:
    label = squeeze(reading.label)
    if reading.is_variant:
        yield finding("label_variant", where, label=label, official=official)
    if cells is not reading.cells and len(_figures(reading)) > _filled(cells):
        printed = " ".join(_figures(reading))
        read = " ".join(squeeze(p.cell.text) for p in cells)
        yield finding("row_width", where, label=label, width=len(cells), printed=printed, read=read)


def _cell_findings(figure: Figure, column: Column) -> Iterator[Finding]:
    raw = figure.raw or ""
    if figure.state is CellState.UNREADABLE:
        yield finding("cell_unreadable", figure.id, raw=squeeze(raw))
    if figure.value is None:
        return
    if figure.value < 0 and not column.signed:
        yield finding("negative_count", figure.id, raw=squeeze(raw), column=column.label)
    if column.unit != "万元" and figure.value != figure.value.to_integral_value():
        yield finding("count_not_whole", figure.id, raw=squeeze(raw), column=column.label)
    if has_unit(raw, column.unit):
        yield finding("unit_differs", figure.id, raw=squeeze(raw), unit=column.unit)


def figure_of(id_: str, printed: Printed) -> Figure:
    """A printed cell as a figure of the form."""
    state, value = read_number(printed.cell.text)
    return Figure(id_, value, printed.cell.text, state, place_of(printed))


def place_of(printed: Printed) -> Place:
    """Where the cell stands."""
    cell = printed.cell
    return Place(printed.table, cell.row, cell.column, cell.line)


def _empty(
    where: str, columns: Sequence[Column], state: CellState, reading: RowReading | None
) -> Iterator[Figure]:
    """Figures without a value; an unreadable row keeps what is printed in each of its cells."""
    raw = " ".join(_figures(reading)) if reading else None
    place = place_of(reading.cells[0]) if reading and reading.cells else None
    for column in columns:
        yield Figure(f"{where}.{column.id}", None, raw, state, place)


@cache
def not_on_form(form: str, table: str) -> tuple[Figure, ...]:
    """The cells of `t2`, `t3` or `t4` that only other forms have."""
    forms = {code: each.cell_ids() for code, each in forms_with(table).items()}
    others = dict.fromkeys(id_ for ids in forms.values() for id_ in ids)
    return tuple(
        Figure(id_, None, None, CellState.NOT_ON_FORM, None)
        for id_ in others
        if id_ not in forms[form]
    )
