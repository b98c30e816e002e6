"""Rows that end before their last columns: empty cells at the end of a line are lost in copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.extract.text import core
from pipeline.forms.model import Block
from pipeline.model import Cell, Table
from pipeline.parse.reading import Printed, RowReading


def filled_up(
    block: Block, tables: Sequence[Table], readings: Sequence[RowReading]
) -> Sequence[RowReading]:
    """The readings; one too short has empty cells at its end, where its header has columns.

    Only where the nearest header above names every column of the block, and the figures of the row
    stand under the first of them: then the place says whose they are.
    """
    width = len(block.columns)
    if not any(0 < len(r.cells) < width and r.row in block.ids for r in readings):
        return readings
    grids = {table.number: table for table in tables}
    return [_filled(each, block, grids) if each.row in block.ids else each for each in readings]


def _filled(reading: RowReading, block: Block, tables: Mapping[int, Table]) -> RowReading:
    count = len(reading.cells)
    if not 0 < count < len(block.columns):
        return reading
    number, first = reading.cells[0]
    columns = _header(tables[number], first.row, block)
    if columns[:count] != [printed.cell.column for printed in reading.cells]:
        return reading
    added = (Printed(number, Cell("", first.row, c, first.line)) for c in columns[count:])
    return reading._replace(cells=(*reading.cells, *added), added=len(columns) - count)


def _header(table: Table, row: int, block: Block) -> list[int]:
    """The grid columns of the block's columns in the nearest row above that names one of them."""
    labels = [core(column.label) for column in block.columns]
    for cells in reversed(table.rows[: row - 1]):
        at = {core(cell.text): cell.column for cell in cells if cell.text}
        if labels[0] in at:
            return [at[label] for label in labels if label in at]
    return []
