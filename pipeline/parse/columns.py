"""Columns that a page's table does not print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.text import core
from pipeline.findings import finding
from pipeline.forms.model import Block, TableForm
from pipeline.model import CellState, Figure, Finding, Table
from pipeline.parse.arbiter import add_up, sums_of
from pipeline.parse.labels import Labels
from pipeline.parse.reading import RowReading, filled

MOST = 0.8
"""Share of the rows that add up in the order of the header; one or two may be misprinted."""


def printed_columns(
    block: Block, tables: Sequence[Table], readings: Sequence[RowReading], labels: Labels
) -> Block:
    """The block without the one column that neither header nor rows print; else as it is.

    Only where the header names all others and most rows are one figure short: a row alone may have
    lost any of its figures.
    """
    header = "".join(core(text) for text in _header(tables, labels))
    missing = [column for column in block.columns if core(column.label) not in header]
    short = len(block.columns) - 1
    if len(missing) != 1 or short < 2:
        return block
    rows = [count for each in readings if (count := filled(each.cells))]
    if sum(count <= short for count in rows) * 2 <= len(rows):
        return block
    return replace(block, columns=tuple(c for c in block.columns if c not in missing))


def ordered_columns(
    table: TableForm, block: Block, tables: Sequence[Table], readings: Sequence[RowReading]
) -> Block:
    """The block with its columns in the order of the page's header, where arithmetic agrees.

    Some offices print 总计 before its parts. A header that lost its place proves nothing by itself:
    most rows must add up in the header's order, and twice as many as in the form's. Where the page
    has no columns, as in text with a cell in each line, the words of the header stand in reading
    order; two storeys of it mix what stands side by side, so that only the total first says much.
    """
    own = _adding_up(table, block, readings)
    if own == 1:
        return block
    cells = (cell for each in tables for row in each.rows for cell in row)
    header = [(core(cell.text), cell.column) for cell in cells if not cell.text.isdigit()]
    at = dict(header)
    read = {name: number for number, (name, _) in reversed([*enumerate(header)])}
    for places in (at, read):
        known = [places[name] for c in block.columns if (name := core(c.label)) in places]
        if len(set(known)) < len(block.columns) or known == sorted(known):
            continue
        in_order = sorted(block.columns, key=lambda column: places[core(column.label)])
        if places is read and in_order[0].id not in {each.total for each in table.sums}:
            continue
        other = replace(block, columns=tuple(in_order))
        if _adding_up(table, other, readings) >= max(MOST, 2 * own):
            return other
    return block


def _adding_up(table: TableForm, block: Block, readings: Sequence[RowReading]) -> float:
    """The share of the rows, of those that print the block's width and more than zeros."""
    rows = [each.cells for each in readings if len(each.cells) == len(block.columns)]
    telling = [cells for cells in rows if any(p.cell.text.strip("0 ") for p in cells)]
    sums = sums_of(table, block)
    holding = sum(add_up(cells, sums) for cells in telling)
    return holding / len(telling) if telling else 1.0


def absent_columns(
    table: TableForm, block: Block, printed: Block
) -> tuple[list[Figure], list[Finding]]:
    """Cells and findings for the columns of a block that the page leaves out."""
    if printed is block:
        return [], []
    missing = [column for column in block.columns if column not in printed.columns]
    figures = [
        Figure(f"{table.id}.{row.id}.{column.id}", None, None, CellState.ABSENT, None)
        for row in block.rows
        for column in missing
    ]
    return figures, [finding("column_missing", table.id, label=c.label) for c in missing]


def _header(tables: Sequence[Table], labels: Labels) -> Iterator[str]:
    """The cells before the first row label."""
    for table in tables:
        for row in table.rows:
            for cell in row:
                if labels.find(cell.text) and len(core(cell.text)) > len("总计"):
                    return
                yield cell.text
