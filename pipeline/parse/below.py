"""A figure alone in the line below a table: the number of the page, or the rest of a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.extract.text import tight
from pipeline.findings import finding
from pipeline.model import Block, Figure, Finding, Paragraph, Table
from pipeline.parse.pieces import FIRST_PIECE, PAGE_NUMBER

WITHOUT_SUMS = ("t2.", "s14.")
"""What no sum of its row confirms; where a total of table 三 lost its end, the sum says so."""

LONGEST = 2


def counts_that_may_go_on(blocks: Sequence[Block], figures: Iterable[Figure]) -> Iterator[Finding]:
    """A finding for the last figure of a table above a lone figure that no other page number joins.

    Nobody can say what it is: the figure is read as its row prints it, and doubted.
    """
    ends = [
        (above, int(below.text))
        for above, below in pairwise(blocks)
        if isinstance(above, Table) and isinstance(below, Paragraph) and _is_lone(below)
    ]
    if not ends:
        return
    alone = [int(b.text) for b in blocks if isinstance(b, Paragraph) and _is_lone(b)]
    for table, rest in ends:
        if {rest - 1, rest + 1}.isdisjoint(alone):
            yield from _said(table, rest, figures)


def _is_lone(line: Paragraph) -> bool:
    return len(line.text) <= LONGEST and PAGE_NUMBER.fullmatch(line.text) is not None


def _said(table: Table, rest: int, figures: Iterable[Figure]) -> Iterator[Finding]:
    cells = [cell for cell in (table.rows[-1] if table.rows else ()) if cell.text]
    if not cells or not FIRST_PIECE.fullmatch(tight(cells[-1].text)):
        return
    end = (table.number, cells[-1].row, cells[-1].column)
    for figure in figures:
        if figure.value is None or not figure.id.startswith(WITHOUT_SUMS):
            continue
        if figure.place and figure.place[:3] == end:
            yield finding("figure_may_go_on", figure.id, raw=figure.raw or "", rest=rest)
