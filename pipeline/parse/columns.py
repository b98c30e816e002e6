"""Columns that a page's table does not print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.text import core
from pipeline.findings import finding
from pipeline.forms.model import Block, TableForm
from pipeline.model import CellState, Figure, Finding, Table
from pipeline.parse.labels import Labels
from pipeline.parse.reading import RowReading, filled


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
