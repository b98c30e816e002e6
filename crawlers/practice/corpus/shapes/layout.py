"""Grids as rectangles: what stands in which row and column once spans are laid out."""

from __future__ import annotations

from crawlers.practice.corpus.model import Grid, Td

Slot = Td | None
"""A cell where it begins; None where nothing or a span's rest stands."""


def rectangle(grid: Grid) -> list[list[Slot]]:
    """Rows of equal width; a span's text stands once, in its first slot."""
    taken: dict[tuple[int, int], Slot] = {}
    for y, row in enumerate(grid.rows):
        x = 0
        for td in row.cells:
            while (y, x) in taken:
                x += 1
            for dy in range(min(td.rowspan, len(grid.rows) - y)):
                for dx in range(td.colspan):
                    taken[y + dy, x + dx] = None
            taken[y, x] = td
            x += td.colspan
    width = max((x for _, x in taken), default=-1) + 1
    return [[taken.get((y, x)) for x in range(width)] for y in range(len(grid.rows))]


def one_line(text: str) -> str:
    """A cell's text without line breaks."""
    return text.replace("\n", "")
