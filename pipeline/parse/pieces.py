"""Figures that a line break cut in two: `4639.6` ends a row, `786万元` stands alone below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.text import tight
from pipeline.forms.model import Block as FormBlock
from pipeline.forms.model import Column
from pipeline.model import Block, Cell, CellState, Paragraph, Table
from pipeline.parse.numbers import looks_like_figure, read_number
from pipeline.parse.reading import Cells, RowReading, printed_cells
from pipeline.parse.units import TEN_THOUSAND

FIRST_PIECE = re.compile(r"[1-9][\d,]{0,11}(?:\.\d{0,11})?|0\.\d{0,11}")
"""What a number may begin with; none goes on behind a single 0."""
LAST_PIECE = re.compile(r"[\d,.]{0,11}\d(?P<unit>\D{0,2})")
LONGEST_PIECE = 12
"""Characters; a longer line is no rest of a cell."""
PAGE_NUMBER = re.compile("[1-9]\\d?")
"""A report has no hundred pages."""

Row = tuple[Cell, ...]


def with_rests(blocks: Sequence[Block]) -> Iterator[Table]:
    """The tables; a line below one that is the rest of its last figure is a row of it.

    Such a line has no cell before or behind it, by which text tells what is a table. A page number
    looks like it, save behind a decimal point.
    """
    for block, below in pairwise([*blocks, None]):
        if not isinstance(block, Table):
            continue
        rest = below.text if isinstance(below, Paragraph) else ""
        if rest and len(rest) <= LONGEST_PIECE and _may_end(block, tight(rest)):
            row = len(block.rows) + 1
            yield replace(block, rows=(*block.rows, (Cell(rest, row, 1),)))
        else:
            yield block


def _may_end(table: Table, rest: str) -> bool:
    if not LAST_PIECE.fullmatch(rest) or not table.rows:
        return False
    figures = [cell.text for cell in table.rows[-1] if cell.text]
    return not PAGE_NUMBER.fullmatch(rest) or (len(figures) > 1 and "." in figures[-1])


Rests = Mapping[tuple[int, int], Row]
"""Table and row number -> the row below it, where that has figures and no label."""


def rests_in(tables: Sequence[Table]) -> Rests:
    """The rows that may be the rest of the row above them."""
    return {
        (table.number, above[-1].row): row
        for table in tables
        for above, row in pairwise(table.rows)
        if above and row and row[0].text[:1].isdecimal() and _is_rest(row)
    }


def put_together(
    block: FormBlock, rests: Rests, readings: Sequence[RowReading]
) -> Sequence[RowReading]:
    """The readings; a row goes on in the one below where figures without a label stand there.

    The pieces are joined where the second brings the unit of the column. Else both are figures of
    the row, which is then too long to be read.
    """
    if not rests:
        return readings
    return [_joined(each, block, rests) if each.row in block.ids else each for each in readings]


def _is_rest(row: Row) -> bool:
    return read_number(row[0].text)[0] is CellState.REPORTED and all(
        looks_like_figure(cell.text) for cell in row
    )


def _joined(reading: RowReading, block: FormBlock, below: Rests) -> RowReading:
    own = _without_blanks(reading.cells)
    if not own:
        return reading
    table, last = own[-1]
    rest = _without_blanks(printed_cells(table, below.get((table, last.row), ())))
    width = len(block.columns)
    if rest and len(own) + len(rest) == width + 1:
        first = rest[0].cell.text
        if _is_one(last.text, first, block.columns[len(own) - 1]):
            whole = own[-1]._replace(cell=last._replace(text=f"{last.text}\n{first}"))
            return reading._replace(cells=(*own[:-1], whole, *rest[1:]))
    is_full = rest and len(own) == width
    return reading._replace(cells=(*own, *rest)) if is_full else reading


def _without_blanks(cells: Cells) -> Cells:
    """The cells up to the last one that is not blank."""
    end = len(cells)
    while end and cells[end - 1].is_blank:
        end -= 1
    return cells[:end]


def _is_one(first: str, last: str, column: Column) -> bool:
    """Whether two pieces make a number of the column, and the first alone is none of it."""
    match = LAST_PIECE.fullmatch(tight(last))
    if not match or not FIRST_PIECE.fullmatch(tight(first)):
        return False
    is_money = column.unit == TEN_THOUSAND
    has_unit = bool(match["unit"]) and (match["unit"] == TEN_THOUSAND) == is_money
    return has_unit and read_number(first + last)[0] is CellState.REPORTED
