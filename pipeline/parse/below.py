"""A figure that begins the line below a table: the number of the page, or the rest of a count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.extract.text import tight
from pipeline.findings import finding
from pipeline.model import NO_TABLE, Block, Figure, Finding, Paragraph, Table
from pipeline.parse.pieces import FIRST_PIECE, PAGE_NUMBER

WITHOUT_SUMS = frozenset({"t2", "s1"})
"""How the ids begin of what no sum of its row confirms: table 二 and the list of 2014, `s14`.

Where a total of table 三 lost its end, the sum says so."""

LONGEST = 2
REST = re.compile(r"(\d{1,6})(?![\d.,、．，年月日])(?:\s|$|[件项条次个人])")
"""What a line begins with that goes on where the row above stopped; no item of a list, no date."""
WORDS = re.compile("[一-鿿]")


def counts_that_may_go_on(blocks: Sequence[Block], figures: Iterable[Figure]) -> Iterator[Finding]:
    """A finding for the last figure of a table, or of a row in lines, with a figure below it.

    Nobody can say what it is: the figure is read as its row prints it, and doubted. Where other
    lines count the pages, one of them is no rest.
    """
    rests = list(_rests(blocks))
    if not rests:
        return
    read = [f for f in figures if f.id[:2] in WITHOUT_SUMS and f.place and f.value]
    last = {f.place.row: f for f in read if f.place and f.place.table == NO_TABLE}
    pages = [int(b.text) for b in blocks if isinstance(b, Paragraph) and _is_lone(b.text)]
    for row, above, below, rest in rests:
        figure = _end_of_table(above, read) if isinstance(above, Table) else last.get(row)
        if figure is None or not _may_go_on(figure, above, below):
            continue
        if not _is_lone(rest) or {int(rest) - 1, int(rest) + 1}.isdisjoint(pages):
            yield finding("figure_may_go_on", figure.id, raw=figure.raw or "", rest=rest)


def _rests(blocks: Sequence[Block]) -> Iterator[tuple[int, Block, str, str]]:
    """Blocks with a line below that begins with a figure: their number, they, the line, the figure.

    `行政许可 4`, and below it `6 第二十条第（六）项`.
    """
    for row, (above, below) in enumerate(pairwise(blocks), 1):
        if isinstance(below, Paragraph) and below.text[:1].isdecimal():
            rest = REST.match(below.text)
            if rest:
                yield row, above, below.text, rest[1]


def _is_lone(text: str) -> bool:
    return len(text) <= LONGEST and PAGE_NUMBER.fullmatch(text) is not None


def _end_of_table(table: Table, read: Sequence[Figure]) -> Figure | None:
    cells = [cell for cell in (table.rows[-1] if table.rows else ()) if cell.text]
    end = (table.number, cells[-1].row, cells[-1].column) if cells else None
    return next((f for f in read if f.place and f.place[:3] == end), None)


def _may_go_on(figure: Figure, above: Block, below: str) -> bool:
    """Whether nothing stands between the figure and the rest, and a rest can follow on it."""
    if isinstance(above, Paragraph):
        whole = above.text.endswith(figure.raw or " ") and WORDS.search(above.text) is not None
    else:
        whole = _is_lone(below)
    return whole and FIRST_PIECE.fullmatch(tight(figure.raw or "")) is not None
