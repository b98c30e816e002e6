"""Columns that a page adds to a table: 单位, 备注, 小计, 上年数, each under a header of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.text import squeeze
from pipeline.findings import finding
from pipeline.forms.model import Block, TableForm
from pipeline.model import Finding
from pipeline.parse.column_order import Header
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import RowReading, Strategy

Added = dict[int, str]
"""Grid column -> its header."""


def without_added_columns(
    block: Block, header: Header, readings: Sequence[RowReading]
) -> tuple[Sequence[RowReading], Added]:
    """The readings without the cells of added columns, and those columns.

    Only where the header names every column of the form in a grid column of its own, and all that
    is printed in a row too wide stands right under a header: then the place says whose it is.
    """
    width = len(block.columns)
    wide = [each for each in readings if len(each.cells) > width and each.row in block.ids]
    if not wide or any(each.strategy is not Strategy.GRID for each in wide):
        return readings, {}
    named = header.heads.values()
    own = {cell.column for cell in named}
    heads = {c.column: squeeze(c.text) for c in header.cells if not looks_like_figure(c.text)}
    used = {p.cell.column for each in wide for p in each.cells if not p.is_blank} - own
    if len(own) != width or not used or not used <= heads.keys():
        return readings, {}
    added = {column: heads[column] for column in sorted(used)}
    return [_under(own, each) if each in wide else each for each in readings], added


def _under(columns: set[int], reading: RowReading) -> RowReading:
    """The cells in those columns; all cells where one of the columns has none."""
    cells = tuple(printed for printed in reading.cells if printed.cell.column in columns)
    return reading._replace(cells=cells) if len(cells) == len(columns) else reading


def added_findings(table: TableForm, block: Block, added: Added) -> Iterator[Finding]:
    """One finding for the columns that are left out."""
    if added:
        where = f"{table.id}.{block.rows[0].id}" if table.id == "t2" else table.id
        yield finding("columns_added", where, labels="、".join(added.values()))
