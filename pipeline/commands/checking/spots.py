"""Where a finding stands: cell, row, table, section; its name, its line and what is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.check.identities import equations
from pipeline.commands.checking.layout import load_frames
from pipeline.commands.checking.source import Source
from pipeline.commands.checking.words import (
    STATES,
    Language,
    Words,
    column_names,
    form_table,
    row_names,
    table_name,
    visible,
)
from pipeline.extract.text import squeeze
from pipeline.forms.model import TableForm
from pipeline.forms.sections import load_sections
from pipeline.model import NO_TABLE, CellState, Figure, Finding, Place, Report

RAW_LENGTH = 60
"""Characters of a printed text that a message quotes; seven figures of a row have 40."""

PARTS = {
    "title": Words("标题", "title"),
    "agency": Words("标题（行政机关）", "title (agency)"),
    "report_year": Words("标题（报告年度）", "title (report year)"),
    "page": Words("全文", "page"),
}


PIECE = re.compile("“([^“”]{4,})”|「([^「」]{4,})」")
"""Shorter pieces stand in many places of a page."""

UNNAMED = {
    "preface": Words("第一个标题之前", "before the first heading"),
    "closing": Words("落款", "signature"),
}
"""Parts of the prose that stand under no heading."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the page. `name` is the form's or the page's own word for what stands there."""

    at: Words
    name: Words
    raw: str | None = None
    """As printed; a row's figures one after the other; null where nothing can be quoted."""
    shown: Words | None = None
    """`raw` for people: safe, and where nothing is printed it says so."""
    place: Place | None = None
    line: int | None = None

    def said(self, language: Language) -> str:
        """`表三 第23行第4列“（七）总计 · 自然人”`."""
        at, name = self.at.said(language), visible(self.name.said(language), RAW_LENGTH)
        if not name:
            return at
        return f"{at}“{name}”" if language == "zh" else f"{at} ({name})"


class Spots:
    """The places of one report."""

    def __init__(self, report: Report, source: Source | None = None) -> None:
        """`source` gives lines of prose; without it only table cells know theirs."""
        self.report = report
        self.figures = {figure.id: figure for figure in report.figures}
        self._source = source
        self._tables = _page_tables(self.figures)
        self._known = [e for t, f in report.forms.items() if f for e in equations(f, t)]

    def of(self, finding: Finding) -> Spot:
        """Where a finding stands."""
        parts = finding.where.split(".")
        if parts[0] == "section":
            return self._section(parts[-1], finding)
        if finding.where in PARTS:
            return self._part(finding)
        if len(parts) == 3 and finding.where in self.figures:
            return self.cell(finding.where)
        if any(each.id.startswith(f"{finding.where}.") for each in self.report.local):
            return self._local(finding.where)
        return (
            self._row(parts[0], parts[1], finding)
            if len(parts) == 2
            else self._table(parts[0], first_quoted(finding))
        )

    def cell(self, id_: str) -> Spot:
        """A cell by its id."""
        figure = self.figures[id_]
        table, row, column = id_.split(".")
        form = form_table(self.report.forms.get(table), table)
        if form is None:
            return Spot(table_name(table), Words(id_, id_), figure.raw, shown(figure), figure.place)
        name, columns = row_names(form)[row], column_names(form)
        if len({words.zh for words in columns.values()}) > 1:
            heading = columns[column]
            name = Words(f"{name.zh} · {heading.zh}", f"{name.en}, {heading.en}")
        at = self._at(table, figure.place, with_column=True)
        line = self._line_of_row(form, row, figure.place)
        return Spot(at, name, figure.raw, shown(figure), figure.place, line)

    def _row(self, table: str, row: str, finding: Finding) -> Spot:
        """Its figures are quoted where they matter: where they do not add up, or are no figures."""
        cells = [f for id_, f in self.figures.items() if id_.startswith(f"{table}.{row}.")]
        form = form_table(self.report.forms.get(table), table)
        names = row_names(form) if form else {}
        name = names.get(row, Words(row, row))
        place = next((f.place for f in cells if f.place), None)
        adds_up = not any(e.where == finding.where and e.code == finding.code for e in self._known)
        printed = cells[:1] if _as_one(cells) else [] if adds_up else cells
        return Spot(
            self._at(table, place, with_column=False),
            name,
            " ".join(f.raw or "" for f in printed) if printed and place else None,
            Words.joined(map(shown, printed)) if printed and place else None,
            place,
            self._line_of_row(form, row, place) if place else self._line_of_table(table),
        )

    def _line_of_row(self, form: TableForm | None, row: str, place: Place | None) -> int | None:
        """The line of its cell; figures that stand in no table are found by their row's label."""
        if place is None or place.line is not None or place.table != NO_TABLE:
            return place.line if place else None
        label = next((each.label for each in (form.rows if form else ()) if each.id == row), "")
        return self._source.only_line_of(label) if self._source else None

    def _line_of_table(self, table: str) -> int | None:
        """Where its first figure stands: a row that is not there has no line of its own."""
        places = [f.place for id_, f in self.figures.items() if id_.startswith(f"{table}.")]
        return next((p.line for p in places if p and p.line), None)

    def _local(self, where: str) -> Spot:
        """A row that the page adds to a table."""
        figures = [each for each in self.report.local if each.id.startswith(f"{where}.")]
        place, label = figures[0].place, figures[0].label
        raw = " ".join(squeeze(each.raw) for each in figures)
        at = self._at(where.split(".", 1)[0], place, with_column=False)
        said = Words(visible(raw), visible(raw))
        return Spot(at, Words(label, label), raw, said, place, place.line)

    def _table(self, table: str, words: str) -> Spot:
        """On the line of the words quoted, else of the section that the table belongs to."""
        frame = load_frames().get(table)
        printed = [s.heading for s in self.report.sections if frame and s.id == frame.section]
        at = self._at(table, None, with_column=False)
        return Spot(at, Words("", ""), line=self._line(words, *printed))

    def _at(self, table: str, place: Place | None, *, with_column: bool) -> Words:
        """`表三 第5行第4列`; a table that the page splits says in which of its parts.

        Rows and columns of lines of text are no place that a person could look up.
        """
        zh, en = table_name(table).zh, table_name(table).en
        if place is None or place.table == NO_TABLE:
            return Words(zh, en)
        zh = f"{zh} "
        if len(self._tables.get(table, ())) > 1:
            zh, en = f"{zh}页面第{place.table}个表格 ", f"{en} (no. {place.table} on the page)"
        zh, en = f"{zh}第{place.row}行", f"{en}, row {place.row}"
        if with_column:
            zh, en = f"{zh}第{place.column}列", f"{en}, column {place.column}"
        return Words(zh, en)

    def _section(self, id_: str, finding: Finding) -> Spot:
        section = next((s for s in self.report.sections if s.id == id_), None)
        known = load_sections(older=True)
        label = known[id_][0] if id_ in known else id_
        heading = squeeze(section.heading) if section else ""
        name = UNNAMED.get(id_, Words(heading or label, heading or id_.replace("_", " ")))
        line = self._line(quoted(finding), first_quoted(finding), heading)
        return Spot(Words("正文", "text"), name, line=line)

    def _part(self, finding: Finding) -> Spot:
        is_page = finding.where == "page"
        title = None if is_page else self.report.title
        said = (quoted(finding), first_quoted(finding)) if is_page else ("",)
        line = self._line(*said, title or "")
        printed = Words(visible(title), visible(title)) if title else None
        return Spot(PARTS[finding.where], Words("", ""), title, printed, line=line)

    def _line(self, *texts: str) -> int | None:
        lines = (self._source.line_of(text) for text in texts if text and self._source)
        return next((line for line in lines if line), None)


def shown(figure: Figure) -> Words:
    """A figure as printed; a cell without anything in it says so."""
    if figure.raw is None or figure.state is CellState.BLANK:
        state = STATES.get(figure.state, STATES[CellState.BLANK])
        return Words(f"〔{state.zh}〕", f"[{state.en}]")
    raw = visible(squeeze(figure.raw))
    return Words(raw, raw)


def quoted(finding: Finding) -> str:
    """What a message quotes from the page, from its first quotation mark to its last."""
    _, _, rest = finding.message_zh.partition("“")
    return rest.rpartition("”")[0]


def pieces_quoted(finding: Finding) -> list[str]:
    """Everything that a message quotes from the page: the whole, then piece by piece."""
    pieces = (a or b for a, b in PIECE.findall(finding.message_zh))
    return [quoted(finding), *(piece.strip("…") for piece in pieces)]


def first_quoted(finding: Finding) -> str:
    """The first of several things that a message quotes."""
    return quoted(finding).partition("”")[0]


def _as_one(cells: list[Figure]) -> bool:
    """An unreadable row keeps its whole print in each of its cells."""
    return all(f.state in {CellState.UNREADABLE, CellState.ABSENT} for f in cells)


def _page_tables(figures: Mapping[str, Figure]) -> dict[str, set[int]]:
    tables: dict[str, set[int]] = {}
    for id_, figure in figures.items():
        if figure.place:
            tables.setdefault(id_.split(".", 1)[0], set()).add(figure.place.table)
    return tables
