"""Text of a PDF with its layout kept: columns aligned by blanks, merged cells in their middle."""

from __future__ import annotations

from crawlers.practice.corpus.model import Draft, Grid, Td
from crawlers.practice.corpus.shapes.layout import one_line
from crawlers.practice.corpus.shapes.lines import text

WIDTHS = {"t2": (10, 12, 12, 12), "t3": (3, 5, 14, *(6,) * 7), "t4": (6,) * 15, "s14": (22, 4, 8)}
"""Columns of a page in characters, by table."""
GAP = "  "


def layout(draft: Draft) -> str:
    """As `pdftotext -layout` gives it: a merged cell's words stand in the middle of its rows."""
    return text(draft, _grid)


def _grid(grid: Grid) -> str:
    widths = WIDTHS[grid.id]
    heights, tops = _heights(grid, widths)
    canvas = [[" " * w for w in widths] for _ in range(sum(heights))]
    for y, x, td in _placed(grid):
        rows = sum(heights[y : y + td.rowspan])
        width = sum(widths[x : x + td.colspan])
        parts = _parts(td, width)
        start = tops[y] + (rows - len(parts)) // 2
        for n, part in enumerate(parts):
            line = canvas[start + n]
            line[x] = _centred(part, width) if td.role != "label" else part.ljust(width)
            line[x + 1 : x + td.colspan] = [""] * (td.colspan - 1)
    return "\n".join(GAP.join(line).rstrip() for line in canvas)


def _centred(part: str, width: int) -> str:
    return part.center(width)


def _heights(grid: Grid, widths: tuple[int, ...]) -> tuple[list[int], list[int]]:
    """Lines of each row, so that cells of one row fit; where each row begins."""
    heights = [1] * len(grid.rows)
    for y, x, td in _placed(grid):
        if td.rowspan == 1:
            needed = len(_parts(td, sum(widths[x : x + td.colspan])))
            heights[y] = max(heights[y], needed)
    for y, x, td in _placed(grid):
        missing = len(_parts(td, sum(widths[x : x + td.colspan]))) - sum(
            heights[y : y + td.rowspan]
        )
        heights[y + td.rowspan - 1] += max(0, missing)
    return heights, [sum(heights[:y]) for y in range(len(heights))]


def _placed(grid: Grid) -> list[tuple[int, int, Td]]:
    """Row, column and cell of every cell that has words."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for y, row in enumerate(grid.rows):
        x = 0
        for td in row.cells:
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(td.rowspan) for dx in range(td.colspan)}
            if td.text:
                placed.append((y, x, td))
            x += td.colspan
    return placed


def _parts(td: Td, width: int) -> list[str]:
    words = one_line(td.text)
    return [words[n : n + width] for n in range(0, len(words), width)] or [""]
