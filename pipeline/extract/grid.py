"""A table element -> its exact grid, rowspans and colspans resolved."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from pipeline.model import Cell

MAX_COLUMNS = 200
"""The widest statutory table has 15 columns; what is beyond is a broken colspan."""

MAX_CELLS = 20_000
"""A report's largest table has 280 cells; a page that claims more is cut, with a finding."""

LAYOUT_CELL = 600
"""Characters in a cell that holds a page, not a label: the longest label seen has 90."""

Grid = tuple[tuple[Cell, ...], ...]


def is_layout(table: HtmlElement, grid: Grid) -> bool:
    """Whether the table only arranges the page: one column, or a cell as long as an article."""
    widest = max((len(row) for row in grid), default=0)
    return widest < 2 or any(len(cell.text) > LAYOUT_CELL for row in grid for cell in row)


def read_grid(table: HtmlElement) -> Grid:
    """Rows of equal meaning to what a browser draws; a covered position is a cell that `spans`.

    Spans are cut at the table's last row and at `MAX_COLUMNS`; reading stops at `MAX_CELLS`.
    """
    rows = list(table.iter("tr"))
    covered: dict[int, int] = {}
    grid: list[tuple[Cell, ...]] = []
    cells = 0
    for number, element in enumerate(rows, 1):
        row = tuple(_row(element, number, len(rows) - number + 1, covered))
        cells += len(row)
        if cells > MAX_CELLS:
            break
        grid.append(row)
    return tuple(grid)


def is_cut(table: HtmlElement, grid: Grid) -> bool:
    """Whether `read_grid` stopped before the last row or column."""
    wide = any(len(row) >= MAX_COLUMNS for row in grid)
    return wide or len(grid) < sum(1 for _ in table.iter("tr"))


def _row(
    element: HtmlElement, number: int, rows_left: int, covered: dict[int, int]
) -> Iterator[Cell]:
    """One row; `covered` maps a column to how many more rows a rowspan above reaches down."""
    column = 0
    for cell in element.iterchildren("td", "th"):
        for above in _past_covered(column, covered):
            yield Cell("", number, above, spans=True)
            column = above
        if column >= MAX_COLUMNS:
            return
        down = min(_span(cell, "rowspan"), rows_left)
        width = min(_span(cell, "colspan"), MAX_COLUMNS - column)
        for offset in range(width):
            text = cell_text(cell) if offset == 0 else ""
            yield Cell(text, number, column + offset + 1, offset > 0, cell.sourceline)
            if down > 1:
                covered[column + offset + 1] = down - 1
        column += width
    for above in _past_covered(column, covered):
        yield Cell("", number, above, spans=True)


def _past_covered(column: int, covered: dict[int, int]) -> Iterator[int]:
    """The columns right after `column` that a cell above covers, each counted down."""
    while (column := column + 1) in covered:
        covered[column] -= 1
        if not covered[column]:
            del covered[column]
        yield column


def _span(cell: HtmlElement, name: str) -> int:
    """A span attribute as a positive number; whatever else stands there means 1."""
    printed = cell.get(name, "1").strip()
    return (
        max(int(printed), 1) if printed.isascii() and printed.isdigit() and len(printed) < 10 else 1
    )


def cell_text(cell: HtmlElement) -> str:
    """All text of the cell, whatever inline tags carry it; a figure in an input field counts."""
    if not len(cell):
        return (cell.text or "").strip()
    text = "".join(str(part) for part in cell.itertext()).strip()
    if text:
        return text
    return next((field.get("value", "").strip() for field in cell.iter("input")), "")
