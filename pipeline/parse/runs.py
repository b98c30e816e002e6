"""Figures in lines of text without a table: the lines become one, a cell for each run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.extract.text import SENTENCE
from pipeline.forms.sections import section_of
from pipeline.model import Block, Cell, Figure, Paragraph, Table
from pipeline.parse.numbers import looks_like_figure

LONGEST_LABEL = 110
"""Characters; the longest label of the forms has 44, with its explanation some 90."""

BLANK_CELL = frozenset({"|", "｜", ""})
"""A line that stands for an empty cell where each cell has a line of its own."""

IN_PROSE = 0
"""Number of the table that stands for lines of text: real tables count from 1."""


def table_in_prose(blocks: Sequence[Block]) -> Table | None:
    """The short lines of the page as rows: words, then each figure a cell of its own.

    Sentences are left out. None where no line holds a figure.
    """
    rows = [
        cells
        for number, block in enumerate(blocks, 1)
        if isinstance(block, Paragraph)
        and len(block.text) <= LONGEST_LABEL
        and not SENTENCE.search(block.text)
        and (cells := line_cells(block.text, number))
    ]
    has_figures = any(cell.text[:1].isdigit() for row in rows for cell in row)
    return Table(IN_PROSE, tuple(rows)) if has_figures else None


def without_rows(blocks: Sequence[Block], figures: Iterable[Figure]) -> Sequence[Block]:
    """The blocks without the lines that were read as a table: they are no prose."""
    found: dict[str, list[int]] = {}
    for figure in figures:
        if figure.place and figure.place.table == IN_PROSE:
            found.setdefault(figure.id.partition(".")[0], []).append(figure.place.row)
    if not found:
        return blocks
    dropped = {
        number
        for rows in found.values()
        for number in range(_head(blocks, min(rows)), max(rows) + 1)
        if _is_line(blocks[number - 1])
    }
    return [block for number, block in enumerate(blocks, 1) if number not in dropped]


def _head(blocks: Sequence[Block], row: int) -> int:
    """The first line of the table's header: below the section's heading or a sentence."""
    while row > 1 and _is_line(blocks[row - 2]):
        row -= 1
    return row


def _is_line(block: Block) -> bool:
    """Whether it may be a line of a table."""
    return (
        isinstance(block, Paragraph)
        and len(block.text) <= LONGEST_LABEL
        and not SENTENCE.search(block.text)
        and section_of(block.text) is None
    )


def line_cells(line: str, number: int) -> tuple[Cell, ...]:
    """Split the figures off the end of the line; what stands before them is one cell of words."""
    if line in BLANK_CELL:
        return (Cell("", number, 1),)
    words = [word for word in re.split(r"[\s|｜]+", line) if word]
    start = len(words)
    while start and looks_like_figure(words[start - 1]):
        start -= 1
    label = " ".join(words[:start])
    texts = [label, *words[start:]] if label else words
    return tuple(Cell(text, number, column) for column, text in enumerate(texts, 1))
