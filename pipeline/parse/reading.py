"""What a strategy reads from a table, before anything is decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, combinations, pairwise
from typing import NamedTuple

from pipeline.model import NO_TABLE, Cell, CellState, Table
from pipeline.parse.numbers import read_number

TWO_FIGURES = re.compile(r"(?<!\d)\d++(?:\.\d++)?+(?:\s++\d++(?:\.\d++)?+)++")
"""A cell that may hold the figures of two columns: text of a PDF sets its tables by guess."""

MAX_SURPLUS = 2
"""Figures too many in a row that are still worth weighing; beyond, the row is another table's."""


NO_NUMBER = frozenset({CellState.NONE, CellState.SLASH, CellState.DASH})
"""What a row may print once for all its cells, to say that it has no figures."""


class Printed(NamedTuple):
    """A cell and the table it stands in."""

    table: int
    cell: Cell

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands in the cell."""
        text = self.cell.text  # asked some hundred times a page: figures and nothing answer at once
        return not (text and (text.isdecimal() or read_number(text)[0] is not CellState.BLANK))

    @property
    def is_denial(self) -> bool:
        """Whether the cell says that there is no figure: 无, a slash or a dash."""
        return read_number(self.cell.text)[0] in NO_NUMBER


Cells = tuple[Printed, ...]

_new = tuple.__new__
"""Makes a `Printed` of a pair without the call in Python that costs more than the tuple."""


def printed_cells(table: int, cells: Iterable[Cell]) -> Cells:
    """The cells, each with the number of the table that it stands in."""
    return tuple([_new(Printed, (table, cell)) for cell in cells])


def all_cells(tables: Iterable[Table]) -> Cells:
    """Every cell in reading order."""
    rows = (printed_cells(table.number, row) for table in tables for row in table.rows)
    return tuple(chain.from_iterable(rows))


def has_figures(cells: Iterable[Printed]) -> bool:
    """Whether one of the cells is not blank."""
    return any(not printed.is_blank for printed in cells)


def are_zeros(cells: Cells) -> bool:
    """Whether 0 is printed in each, as in most rows of most reports: there is nothing to add up."""
    return [printed.cell.text for printed in cells].count("0") == len(cells)


def has_blank(cells: Cells) -> bool:
    """Whether one of the cells is blank; a number is known for none before it is read."""
    return any(printed.is_blank for printed in cells if not printed.cell.text.isdecimal())


def filled(cells: Cells) -> int:
    """How many of the cells are not blank."""
    return sum(not printed.is_blank for printed in cells)


class Strategy(StrEnum):
    """How a row was found on the page."""

    GRID = "grid"
    """Its label and its figures stand in one row of a table."""
    SEQUENCE = "sequence"
    """Its figures follow its label in reading order, whatever the rows of the table."""
    RUNS = "runs"
    """The same in lines of text without a table."""
    APART = "apart"
    """Labels and figures stand in two columns of text, and were joined in order."""


class RowReading(NamedTuple):
    """A labelled row as one strategy sees it: the cells between its label and the next row's.

    A tuple, as options and rows are: a page has some forty of each.
    """

    row: str
    label: str
    is_variant: bool
    cells: Cells
    strategy: Strategy = Strategy.GRID
    added: int = 0
    """Empty cells at the end that the page leaves out."""


def candidates(cells: Cells, width: int) -> tuple[Cells, ...]:
    """The ways to read `width` figures out of a row, order kept, none invented.

    A row of the right width is read as it stands; so is one that prints just so many figures among
    ghost cells. With true blanks every stretch of cells that holds all figures is a candidate; with
    figures too many, every choice of what is surplus. Readings that print the same are one. A cell
    with several figures may be as many cells; one that says of itself that it stands for all is
    read as all. Empty where the row is too short or far too long.
    """
    parted = _parted(cells)
    if len(cells) == width:
        return (cells, parted) if len(parted) == width else (cells,)
    if len(cells) == 1 and cells[0].is_denial:
        return (cells * width,)
    filled = tuple(printed for printed in cells if not printed.is_blank)
    if len(filled) == width:
        return (filled,)
    if len(parted) == width:
        return (parted, *_distinct(_stretches(cells, width)))
    if len(filled) > width:
        return _distinct((*_without_surplus(filled, width), *_mended(filled, width)))
    return _distinct(_stretches(cells, width))


def _parted(cells: Cells) -> Cells:
    """The figures, where a cell holds two or more of them, each alone; nothing where none does."""
    texts = [printed.cell.text for printed in cells]
    if not any(TWO_FIGURES.fullmatch(text) for text in texts if not text.isdecimal()):
        return ()
    return tuple(
        printed._replace(cell=printed.cell._replace(text=part))
        for printed in cells
        for part in _figures_in(printed.cell.text)
    )


def _figures_in(text: str) -> list[str]:
    return text.split() if TWO_FIGURES.fullmatch(text) else [text] if text.strip() else []


def _distinct(readings: Iterable[Cells]) -> tuple[Cells, ...]:
    by_text: dict[tuple[str, ...], Cells] = {}
    for cells in readings:
        by_text.setdefault(tuple(printed.cell.text.strip() for printed in cells), cells)
    return tuple(by_text.values())


def _stretches(cells: Cells, width: int) -> Iterator[Cells]:
    """Every run of `width` neighbours that leaves out blanks only."""
    for start in range(len(cells) - width + 1):
        left_out = (*cells[:start], *cells[start + width :])
        if all(printed.is_blank for printed in left_out):
            yield cells[start : start + width]


def _mended(cells: Cells, width: int) -> Iterator[Cells]:
    """A figure too many in lines of text: every two neighbours that may be one, broken in two."""
    if len(cells) != width + 1 or any(printed.table != NO_TABLE for printed in cells):
        return
    for n, (left, right) in enumerate(pairwise(cells)):
        digits = left.cell.text, right.cell.text
        if all(map(str.isdecimal, digits)) and digits[0] != "0":
            one = left._replace(cell=left.cell._replace(text=" ".join(digits)))
            yield (*cells[:n], one, *cells[n + 2 :])


def _without_surplus(cells: Cells, width: int) -> Iterator[Cells]:
    """Every way to drop what is too much, as long as it is not much."""
    surplus = len(cells) - width
    if surplus <= MAX_SURPLUS:
        for dropped in combinations(range(len(cells)), surplus):
            yield tuple(p for n, p in enumerate(cells) if n not in dropped)
