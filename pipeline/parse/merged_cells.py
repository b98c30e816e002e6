"""Figures printed once in a cell that reaches down over several rows of table 三."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.extract.text import squeeze
from pipeline.findings import finding
from pipeline.forms.model import Block, TableForm
from pipeline.model import Finding
from pipeline.parse.reading import Cells, Printed, RowReading, Strategy

ONLY = "0"
"""Of a zero it is plain that it is meant for every row; another figure may be their sum."""

Readings = Sequence[RowReading]


def with_merged(block: Block, readings: Readings) -> Readings:
    """The readings; a row that a zero above reaches into has it too.

    A grid lacks a place between two cells of a row only where a cell above covers it.
    """
    width = len(block.columns)
    if not any(0 < len(each.cells) < width for each in readings):
        return readings
    whole = Counter(tuple(_columns(r.cells)) for r in readings if len(r.cells) == width)
    if not whole or any(each.strategy is not Strategy.GRID for each in readings):
        return readings
    usual = whole.most_common(1)[0][0]
    above: dict[tuple[int, int], Printed] = {}
    found: list[RowReading] = []
    for each in readings:
        found.append(_completed(each, usual, above) if each.row in block.ids else each)
        above |= {(printed.table, printed.cell.column): printed for printed in each.cells}
    return found


def _columns(cells: Cells) -> Iterator[int]:
    return (printed.cell.column for printed in cells)


def _completed(
    reading: RowReading, usual: Sequence[int], above: dict[tuple[int, int], Printed]
) -> RowReading:
    own = {printed.cell.column: printed for printed in reading.cells}
    if not own.keys() >= {usual[0], usual[-1]} or not own.keys() < set(usual):
        return reading
    table = reading.cells[0].table
    cells = tuple(own.get(column) or above.get((table, column)) for column in usual)
    known = tuple(printed for printed in cells if printed is not None)
    reaching = [p for p in known if p.cell.column not in own]
    if len(known) < len(cells) or any(p.cell.text != ONLY for p in reaching):
        return reading
    return reading._replace(cells=known)


def merged_findings(table: TableForm, readings: Readings) -> Iterator[Finding]:
    """A doubt for each row with a figure that stands in a row above."""
    for each in readings:
        rows = {printed.cell.row for printed in each.cells}
        if len(rows) > 1 and each.strategy is Strategy.GRID:
            own = max(rows)
            count = sum(printed.cell.row != own for printed in each.cells)
            where = f"{table.id}.{each.row}"
            yield finding("cells_merged", where, label=squeeze(each.label), count=count)
