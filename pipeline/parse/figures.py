"""Rows -> figures: every cell of the form once, each with its state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from pipeline.extract.text import squeeze
from pipeline.findings import finding
from pipeline.forms import forms_with
from pipeline.forms.model import Block, Column, TableForm
from pipeline.model import CellState, Figure, Finding, Place
from pipeline.parse.numbers import (
    BROKEN,
    has_struck,
    has_unit,
    is_lone_unit,
    is_pictured,
    read_number,
)
from pipeline.parse.options import Option, Row, figures_of, repeated
from pipeline.parse.reading import Printed, RowReading, Strategy, filled

Result = tuple[list[Figure], list[Finding]]

_new = tuple.__new__
"""Makes a `Place` of its four parts without the call in Python that costs more than the tuple."""


DOUBTS: Mapping[str, Callable[[str], object]] = {
    "figure_pictured": is_pictured,
    "figure_struck": has_struck,
    "figure_broken": BROKEN.search,
}
"""Code -> whether a figure is printed so that another one might be meant."""


def block_figures(table: TableForm, block: Block, rows: Mapping[str, Row]) -> Result:
    """The figures of a block's rows, in the form's order, and what was odd about them."""
    figures: list[Figure] = []
    findings: list[Finding] = []
    for row in block.rows:
        where = f"{table.id}.{row.id}"
        known = rows.get(row.id)
        if known is None:
            findings.append(finding("row_missing", where, label=row.label))
            figures += _empty(where, block.columns, CellState.ABSENT, None)
            continue
        findings += repeated(where, block, known.readings)
        if known.chosen is None:
            findings.append(_undecided(where, known, len(block.columns)))
            figures += _empty(where, block.columns, CellState.UNREADABLE, known.readings[0])
            continue
        findings += _row_findings(where, known.chosen, row.label)
        own, odd = _row_figures(_cells(where, block.column_ids), block.columns, known.chosen)
        figures += own
        findings += odd
    return figures, findings


@cache
def _cells(row: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of a row's cells; they are the same of every page, and looked up by many checks."""
    return tuple(f"{row}.{column}" for column in columns)


def _row_figures(ids: Sequence[str], columns: Sequence[Column], option: Option) -> Result:
    """The printed cells of a row, and what is odd about any. In one piece: a page has 200 cells."""
    figures: list[Figure] = []
    findings: list[Finding] = []
    read_by = str(option.reading.strategy)
    cells = zip(ids, columns, option.cells, strict=True)
    for id_, column, (table, (text, row, at, line)) in cells:
        state, value = read_number(text)
        if value is None and state is CellState.UNREADABLE and is_lone_unit(text):
            state = CellState.BLANK
        place = _new(Place, (table, row, at, line))
        figure = Figure(id_, value, text, state, place, read_by)
        figures.append(figure)
        if not text.isdigit():
            findings += _cell_findings(figure, column)
    return figures, findings


def _undecided(where: str, row: Row, width: int) -> Finding:
    reading = row.readings[0]
    figures = figures_of(reading)
    values = {"label": squeeze(reading.label), "printed": " ".join(figures) or "-"}
    if row.is_disputed:
        other = " ".join(figures_of(row.readings[-1]))
        return finding("strategies_differ", where, other=other, **values)
    if reading.strategy is Strategy.APART:
        return finding("row_apart", where, **values)
    return finding("row_unreadable", where, width=width, count=len(figures), **values)


def _row_findings(where: str, option: Option, official: str) -> Iterable[Finding]:
    reading, cells = option.reading, option.cells
    is_cut = cells is not reading.cells and filled(reading.cells) > filled(cells)
    if not (reading.is_variant or reading.added or is_cut):
        return ()
    return _odd_row(where, option, official, is_cut=is_cut)


def _odd_row(where: str, option: Option, official: str, *, is_cut: bool) -> Iterator[Finding]:
    reading, cells = option.reading, option.cells
    label = squeeze(reading.label)
    if reading.is_variant:
        yield finding("label_variant", where, label=label, official=official)
    if reading.added:
        width, count = len(cells), len(cells) - reading.added
        yield finding("row_short", where, label=label, width=width, count=count)
    if is_cut:
        printed = " ".join(figures_of(reading))
        read = " ".join(squeeze(p.cell.text) for p in cells)
        yield finding("row_width", where, label=label, width=len(cells), printed=printed, read=read)


def _cell_findings(figure: Figure, column: Column) -> Iterator[Finding]:
    raw = figure.raw or ""
    if figure.state is CellState.UNREADABLE:
        yield finding("cell_unreadable", figure.id, raw=squeeze(raw))
    if raw and figure.state is CellState.BLANK and is_lone_unit(raw):
        yield finding("unit_alone", figure.id, raw=squeeze(raw))
    if figure.value is None:
        return
    for code, is_so in DOUBTS.items():
        if is_so(raw):
            yield finding(code, figure.id, raw=squeeze(raw), value=figure.value)
    if figure.value < 0 and not column.signed:
        yield finding("negative_count", figure.id, raw=squeeze(raw), column=column.label)
    if figure.value < 0 and column.signed:
        yield finding("change_negative", figure.id, raw=squeeze(raw), value=figure.value)
    if column.unit != "万元" and figure.value != figure.value.to_integral_value():
        yield finding("count_not_whole", figure.id, raw=squeeze(raw), column=column.label)
    if has_unit(raw, column.unit):
        yield finding("unit_differs", figure.id, raw=squeeze(raw), unit=column.unit)


def place_of(printed: Printed) -> Place:
    """Where the cell stands."""
    cell = printed.cell
    return Place(printed.table, cell.row, cell.column, cell.line)


def _empty(
    where: str, columns: Sequence[Column], state: CellState, reading: RowReading | None
) -> Iterator[Figure]:
    """Figures without a value; an unreadable row keeps what is printed in each of its cells."""
    raw = " ".join(figures_of(reading)) if reading else None
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
