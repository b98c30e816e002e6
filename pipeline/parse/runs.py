"""Figures in lines of text without a table: the lines become one, a cell for each run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from pipeline.extract.text import SENTENCE
from pipeline.forms import every_table
from pipeline.forms.sections import section_of
from pipeline.model import NO_TABLE, Block, Cell, Figure, LocalFigure, Paragraph, Table
from pipeline.parse.labels import label_key
from pipeline.parse.numbers import looks_like_figure

LONGEST_LABEL = 110
"""Characters; the longest label of the forms has 44, with its explanation some 90."""

LONGEST_PLAIN_LABEL = 60
"""Characters of a label as the forms print it: 44 at most, with its number and some blanks."""

BLANK_CELL = frozenset({"|", "｜", ""})
"""A line that stands for an empty cell where each cell has a line of its own."""

LEAST_LABELS = 6
"""Lines that are labels: fewer are headings, 行政复议 above what is said of it."""

LEAST_IN_ROW = 3
"""Figures one after the other that are no words of a label: 3 is the width of table 二."""

GLUED = re.compile(r"(?<=\s)(\d[\d.,]*)(?=[一二三四]、|（[一二三四五六七]）)")
"""The last figure of a row, the next row's numeral behind it without a blank."""


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
    return Table(NO_TABLE, tuple(rows)) if has_figures else None


def without_rows(
    blocks: Sequence[Block], figures: Iterable[Figure | LocalFigure]
) -> Sequence[Block]:
    """The blocks without lines that are labels of the forms, or were read as a table: no prose."""
    found: dict[str, list[int]] = {}
    for figure in figures:
        if figure.place and figure.place.table == NO_TABLE:
            found.setdefault(figure.id.partition(".")[0], []).append(figure.place.row)
    dropped = {
        number
        for rows in found.values()
        for number in range(_head(blocks, min(rows)), max(rows) + 1)
        if _is_line(blocks[number - 1])
    }
    labels = {number for number, block in enumerate(blocks, 1) if _is_label(block)}
    if len(labels) >= LEAST_LABELS:
        dropped |= labels
    return [block for number, block in enumerate(blocks, 1) if number not in dropped]


def _is_label(block: Block) -> bool:
    """未经复议直接起诉 in a line of its own says nothing of what happened."""
    if not isinstance(block, Paragraph) or len(block.text) > LONGEST_PLAIN_LABEL:
        return False
    return label_key(block.text) in _labels()


@cache
def _labels() -> frozenset[str]:
    """What the forms print above and beside their figures."""
    rows = [row for table in every_table() for row in table.rows]
    columns = [column for table in every_table() for column in table.columns]
    printed = [*(row.label for row in rows), *(row.group for row in rows)]
    return frozenset(map(label_key, filter(None, [*printed, *(c.label for c in columns)])))


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
    """Split the figures off the end of the line; what stands before them is one cell of words.

    Figures inside the line are cells too where they are as many as a row's: two rows on one line.
    """
    if line in BLANK_CELL:
        return (Cell("", number, 1),)
    words = [word for word in re.split(r"[\s|｜]+", GLUED.sub(r"\1 ", line)) if word]
    texts: list[str] = []
    label: list[str] = []
    for is_figure, run in groupby(words, looks_like_figure):
        found = list(run)
        if is_figure and (len(found) >= LEAST_IN_ROW or found[-1] is words[-1]):
            texts += [" ".join(label), *found] if label else found
            label = []
        else:
            label += found
    if label:
        texts.append(" ".join(label))
    return tuple(Cell(text, number, column) for column, text in enumerate(texts, 1))
