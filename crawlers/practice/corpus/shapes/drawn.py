"""Tables drawn with lines: as text browsers print them, and as converters write grid tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

from crawlers.practice.corpus.model import Draft, Grid
from crawlers.practice.corpus.shapes.layout import one_line, rectangle
from crawlers.practice.corpus.shapes.lines import text

CELL_WIDTH = 12
"""Places on the screen; longer words go on in the next line."""


@dataclass(frozen=True, slots=True)
class Pen:
    """The signs that lines are drawn with."""

    upright: str
    across: str
    cross: str


BOX = Pen("│", "─", "┼")
ASCII = Pen("|", "-", "+")


def boxes(draft: Draft) -> str:
    """Box characters, as w3m prints tables."""
    return text(draft, lambda g: "\n".join(_drawn(g, BOX)))


def grids(draft: Draft) -> str:
    """`+---+` and `|`, as reStructuredText has them."""
    return text(draft, lambda g: "\n".join(_drawn(g, ASCII)))


def _drawn(grid: Grid, pen: Pen) -> Iterator[str]:
    """Every row between two rules; what a span covers is an empty cell."""
    lines = [[one_line(td.text) if td else "" for td in line] for line in rectangle(grid)]
    rule = pen.cross + (pen.across * CELL_WIDTH + pen.cross) * len(lines[0])
    yield rule
    for line in lines:
        wrapped = [_wrapped(cell) for cell in line]
        for n in range(max(map(len, wrapped))):
            parts = (part[n] if n < len(part) else " " * CELL_WIDTH for part in wrapped)
            yield pen.upright + pen.upright.join(parts) + pen.upright
        yield rule


def _wrapped(cell: str) -> list[str]:
    """The cell's lines, each filled up with blanks."""
    half = CELL_WIDTH // 2
    parts = [cell[n : n + half] for n in range(0, len(cell), half)] or [""]
    return [part + " " * (CELL_WIDTH - sum(map(_places, part))) for part in parts]


def _places(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1
