"""What a strategy reads from a table, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from pipeline.model import Cell, CellState
from pipeline.parse.numbers import read_number

MAX_SURPLUS = 2
"""Figures too many in a row that are still worth weighing; beyond, the row is another table's."""


class Printed(NamedTuple):
    """A cell and the table it stands in."""

    table: int
    cell: Cell

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands in the cell."""
        return read_number(self.cell.text)[0] is CellState.BLANK


Cells = tuple[Printed, ...]


class Strategy(StrEnum):
    """How a row was found on the page."""

    GRID = "grid"
    """Its label and its figures stand in one row of a table."""
    SEQUENCE = "sequence"
    """Its figures follow its label in reading order, whatever the rows of the table."""
    RUNS = "runs"
    """The same in lines of text without a table."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """A labelled row as one strategy sees it: the cells between its label and the next row's."""

    row: str
    label: str
    is_variant: bool
    cells: Cells
    strategy: Strategy = Strategy.GRID


def candidates(cells: Cells, width: int) -> tuple[Cells, ...]:
    """The ways to read `width` figures out of a row, order kept, none invented.

    A row of the right width is read as it stands. Blanks at the ends are ghost cells and go first,
    then blanks anywhere; figures too many give one candidate for each choice of what is surplus.
    Readings that print the same are one. Empty where the row is too short or far too long.
    """
    if len(cells) == width:
        return (cells,)
    trimmed = _trim(cells, width)
    if len(trimmed) == width:
        return (trimmed,)
    filled = tuple(printed for printed in trimmed if not printed.is_blank)
    if len(filled) > width:
        return _without_surplus(filled, width) if len(filled) <= width + MAX_SURPLUS else ()
    if len(filled) == width:
        return (filled,)
    return _without_surplus(trimmed, width) if len(trimmed) > width else ()


def _trim(cells: Cells, width: int) -> Cells:
    """Drop ghost cells at the end, then at the start, down to `width`."""
    end = len(cells)
    while end > width and cells[end - 1].is_blank:
        end -= 1
    start = 0
    while end - start > width and cells[start].is_blank:
        start += 1
    return cells[start:end]


def _without_surplus(cells: Cells, width: int) -> tuple[Cells, ...]:
    distinct: dict[tuple[str, ...], Cells] = {}
    for chosen in _choices(cells, width):
        distinct.setdefault(tuple(printed.cell.text for printed in chosen), chosen)
    return tuple(distinct.values())


def _choices(cells: Sequence[Printed], width: int) -> Iterator[Cells]:
    """Subsequences of `width` cells; only blanks may be dropped while there are enough of them."""
    surplus = len(cells) - width
    blanks = [n for n, printed in enumerate(cells) if printed.is_blank]
    droppable = blanks if len(blanks) >= surplus else list(range(len(cells)))
    if surplus > MAX_SURPLUS and len(blanks) < surplus:
        return
    for dropped in combinations(droppable[:12], surplus):
        yield tuple(p for n, p in enumerate(cells) if n not in dropped)
