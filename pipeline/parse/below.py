"""A figure that begins the line below a table: the number of the page, or the rest of a count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.extract.text import tight
from pipeline.findings import finding
from pipeline.model import NO_TABLE, Block, Figure, Finding, Paragraph, Table
from pipeline.parse.pieces import FIRST_PIECE, PAGE_NUMBER

WITHOUT_SUMS = ("t2.", "s14.")
"""What no sum of its row confirms; where a total of table 三 lost its end, the sum says so."""

LONGEST = 2
REST = re.compile(r"(\d{1,6})(?![\d.,、．，年月日])(?:\s|$|[件项条次个人])")
"""What a line begins with that goes on where the row above stopped; no item of a list, no date."""
WORDS = re.compile("[一-鿿]")


def counts_that_may_go_on(blocks: Sequence[Block], figures: Iterable[Figure]) -> Iterator[Finding]:
    """A finding for the last figure of a table, or of a row in lines, with a figure below it.

    Nobody can say what it is: the figure is read as its row prints it, and doubted. Where other
    lines count the pages, one of them is no rest.
    """
    read = [f for f in figures if f.place and f.value and f.id.startswith(WITHOUT_SUMS)]
    if not read:
        return
    pages = [int(b.text) for b in blocks if isinstance(b, Paragraph) and _is_lone(b)]
    for figure, rest in (*_below_tables(blocks, read), *_below_lines(blocks, read)):
        counted = len(rest) <= LONGEST and not {int(rest) - 1, int(rest) + 1}.isdisjoint(pages)
        if not counted and FIRST_PIECE.fullmatch(tight(figure.raw or "")):
            yield finding("figure_may_go_on", figure.id, raw=figure.raw or "", rest=rest)


def _is_lone(line: Paragraph) -> bool:
    return len(line.text) <= LONGEST and PAGE_NUMBER.fullmatch(line.text) is not None


def _below_tables(blocks: Sequence[Block], read: Sequence[Figure]) -> Iterator[tuple[Figure, str]]:
    for table, below in pairwise(blocks):
        if isinstance(table, Table) and isinstance(below, Paragraph) and _is_lone(below):
            cells = [cell for cell in (table.rows[-1] if table.rows else ()) if cell.text]
            end = (table.number, cells[-1].row, cells[-1].column) if cells else None
            yield from ((f, below.text) for f in read if f.place and f.place[:3] == end)


def _below_lines(blocks: Sequence[Block], read: Sequence[Figure]) -> Iterator[tuple[Figure, str]]:
    """`行政许可 4`, and below it `6 第二十条第（六）项`."""
    last = {f.place.row: f for f in read if f.place and f.place.table == NO_TABLE}
    for row, figure in last.items():
        below = blocks[row] if row < len(blocks) else None
        rest = REST.match(below.text) if isinstance(below, Paragraph) else None
        if rest and _ends_a_row(blocks[row - 1], figure):
            yield figure, rest[1]


def _ends_a_row(line: Block, figure: Figure) -> bool:
    """Whether the line holds the row's words too, and stops with the figure."""
    if not isinstance(line, Paragraph) or not line.text.endswith(figure.raw or " "):
        return False
    return WORDS.search(line.text) is not None
