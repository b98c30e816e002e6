"""Text as extractors print tables with pipes: round cells, behind them, before them, between."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.practice.corpus.model import Draft, Grid, Row
from crawlers.practice.corpus.shapes.layout import one_line, rectangle
from crawlers.practice.corpus.shapes.lines import text


def _rows(grid: Grid) -> list[tuple[list[str], int]]:
    """The cells of each row, and how many columns more than these the table has."""
    width = len(rectangle(grid)[0])
    return [([one_line(td.text) for td in row.cells], width - len(row.cells)) for row in grid.rows]


def padded(draft: Draft) -> str:
    """`a | b | ||`: a pipe behind each cell, and one for each column that spans cover."""
    return text(draft, lambda g: "\n".join(_padded(*row) for row in _rows(g)))


def _padded(cells: list[str], pads: int) -> str:
    return f"{' | '.join(cells)} | {'|' * pads}".replace("|  |", "| |").rstrip()


def padded_framed(draft: Draft) -> str:
    """The same with a pipe before each row."""
    return text(draft, lambda g: "\n".join(f"| {_padded(*row)}" for row in _rows(g)))


def padded_lines(draft: Draft) -> str:
    """Each cell in a line, a pipe behind it; the pads in a line of their own."""
    return text(draft, lambda g: "\n".join(_lines(row, "{} |") for row in _rows(g)))


def padded_own_line(draft: Draft) -> str:
    """The pipe behind a cell in a line of its own, the pads behind the last."""
    return text(draft, lambda g: "\n".join(_lines(row, "{}\n|") for row in _rows(g)))


def _lines(row: tuple[list[str], int], cell: str) -> str:
    cells, pads = row
    lines = [cell.format(words).strip() for words in cells]
    if pads and "\n" in cell:
        lines[-1] += f" {'|' * pads}"
    elif pads:
        lines.append("|" * pads)
    return "\n".join(lines)


def blank_lines(draft: Draft) -> str:
    """`padded`, but what stands for nothing in a cell brings its own line breaks."""
    return padded(draft).replace("| | |", "|\n|\n|").replace("| |", "|\n|")


def wrapped(draft: Draft) -> str:
    """`|a||b|`: a pipe on either side of each cell."""
    return text(draft, _each_row(lambda cells: "".join(f"|{cell}|" for cell in cells)))


def between(draft: Draft) -> str:
    """`a| b| c` with a rule below the first row."""
    return text(draft, lambda g: _ruled("\n".join("| ".join(_texts(row)) for row in g.rows)))


def _texts(row: Row) -> list[str]:
    """The cells with the line breaks that are in them."""
    return [td.text for td in row.cells]


def _each_row(printed: Callable[[list[str]], str]) -> Callable[[Grid], str]:
    return lambda grid: "\n".join(printed(cells) for cells, _ in _rows(grid))


def _ruled(table: str) -> str:
    first, *rest = table.split("\n")
    return "\n".join((first, "|".join(["---"] * (first.count("|") + 1)), *rest))


def behind(draft: Draft) -> str:
    """`a|`: a cell in each line."""
    return text(draft, _each_row(lambda cells: "\n".join(f"{cell}|" for cell in cells)))


def before(draft: Draft) -> str:
    """`|a`: a cell in each line."""
    return text(draft, _each_row(lambda cells: "\n".join(f"|{cell}" for cell in cells)))


def double_tabs(draft: Draft) -> str:
    """Two tabs between cells."""
    return text(draft, _each_row("\t\t".join))


def doubled(draft: Draft) -> str:
    """A cell in each line, and once more in the next."""
    return text(draft, _each_row(lambda cells: "\n".join(f"{cell}\n{cell}" for cell in cells)))
