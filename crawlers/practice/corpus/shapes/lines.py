"""Text as extractors give it: tabs between cells, pipes, or one cell per line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from crawlers.practice.corpus.model import Draft, Grid, Picture, Row
from crawlers.practice.corpus.shapes.layout import one_line, rectangle

FIGURE = re.compile(r"[-\d.]+")
LONGEST_ON_A_LINE = 8
"""Letters of a narrow cell; a cell of twice as many is wide."""


def text(draft: Draft, grid: Callable[[Grid], str]) -> str:
    """The report with an empty line between blocks; tables as `grid` prints them."""
    return "\n\n".join((draft.headline or draft.title, *_parts(draft, grid))) + "\n"


def _parts(draft: Draft, grid: Callable[[Grid], str]) -> Iterator[str]:
    for block in draft.blocks:
        if isinstance(block, Grid):
            yield grid(block)
        elif not isinstance(block, Picture):
            yield block.text


def slots(grid: Grid) -> list[list[str]]:
    """The laid-out table as texts, empty where a span goes on."""
    return [[one_line(td.text) if td else "" for td in line] for line in rectangle(grid)]


def tabs(draft: Draft) -> str:
    """A tab between columns, and where spans reach over them."""
    return text(draft, lambda g: "\n".join("\t".join(line) for line in slots(g)))


def cell_lines(draft: Draft) -> str:
    """Every cell on its own line; an empty cell is an empty line."""
    return text(draft, lambda g: "\n".join(_own(g)))


def tab_cell_lines(draft: Draft) -> str:
    """Every cell on its own line behind a tab; an empty line ends a row."""
    return text(
        draft,
        lambda g: "\n\n".join(
            "\n".join(f"\t{one_line(td.text)}" for td in row.cells) for row in g.rows
        ),
    )


def lone_tabs(draft: Draft) -> str:
    """Every cell a paragraph, a tab alone between two: a browser's own copy of the page."""
    return text(draft, lambda g: "\n\n\n\n".join(map(_paragraphs, g.rows)))


def _paragraphs(row: Row) -> str:
    """The cells of a row; an empty one prints nothing between its tabs."""
    cells = (one_line(td.text) for td in row.cells)
    whole = "\t".join(f"\n\n{cell}\n\n" if cell else "\n\n" for cell in cells)
    return whole.strip("\n")


def tab_report(draft: Draft) -> str:
    """The whole report on one line, a tab for every line break and between cells."""
    body = _parts(draft, lambda g: "\t".join(cell for cell in _own(g) if cell))
    return "\t".join((draft.headline or draft.title, *body))


def pipe_lines(draft: Draft) -> str:
    """Every cell on its own line; an empty cell is a pipe alone."""
    return text(draft, lambda g: "\n".join(line or "|" for line in _own(g)))


def one_line_report(draft: Draft) -> str:
    """The title, then everything else on one line: what a blank kept of lines and of cells."""
    body = " ".join(_parts(draft, lambda g: " ".join(cell for cell in _own(g) if cell)))
    return f"{draft.headline or draft.title}\n{body}\n"


def _own(grid: Grid) -> list[str]:
    return [one_line(td.text) for row in grid.rows for td in row.cells]


def pipes(draft: Draft) -> str:
    """Rows in pipes, without the line that Markdown puts under a header."""
    return text(draft, lambda g: "\n".join(f"| {' | '.join(line)} |" for line in slots(g)))


def pipe_between(draft: Draft) -> str:
    """Every cell on its own line, and a pipe alone before each."""
    return text(draft, lambda g: "\n".join(f"|\n{line}" for line in _own(g)))


def spaces(draft: Draft) -> str:
    """Tabs made to runs of blanks."""
    return text(draft, lambda g: "\n".join("    ".join(line) for line in slots(g)))


def tabs_broken(draft: Draft) -> str:
    """Tabs between columns; long labels go on in the next line, as Word's cells are copied."""
    return text(draft, lambda g: "\n".join("\t".join(map(_broken, line)) for line in slots(g)))


def _broken(cell: str) -> str:
    half = (len(cell) + 1) // 2
    long = LONGEST_ON_A_LINE < len(cell) < 2 * LONGEST_ON_A_LINE
    return f"{cell[:half]}\n{cell[half:]}" if long and not FIGURE.fullmatch(cell) else cell
