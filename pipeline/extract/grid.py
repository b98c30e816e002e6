"""A table element -> its exact grid, rowspans and colspans resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter

from lxml.etree import _Element as Element

from pipeline.extract.shown import is_hidden, shown_text, text_of
from pipeline.model import Cell

MAX_COLUMNS = 200
"""The widest statutory table has 15 columns; what is beyond is a broken colspan."""

WIDEST_SPAN = 60
"""Columns; a statutory table has 15, one pasted from a spreadsheet some 30. A wider span is a
misprint, or says `all of them`: it counts as one, as browsers do beyond 1000."""

MAX_CELLS = 20_000
"""A report's largest table has 280 cells; a page that claims more is cut, with a finding."""

MOST_LOOKED_AT = 2 * MAX_CELLS
"""Of a table that claims still more, the cells beyond `MAX_COLUMNS` among them."""

LAYOUT_CELL = 600
"""Characters in a cell that holds a page, not a label: the longest label seen has 90."""

FIGURE = re.compile(r"[-−－+]?\d[-−－\d.,，\s]*\D{0,2}")
"""A number, or two, with or without sign and unit."""
WORDLESS = re.compile(r"[\d\s]+")

LONGEST_UNIT = 2
"""Characters; 件 or 万元 may stand behind the field that holds the figure."""

NO_TEXT = frozenset({"hidden", "checkbox", "radio", "button", "submit", "image"})
"""Kinds of fields whose value nobody reads in them."""

FIRST_CHARACTER = "一"
"""Digits, dashes and slashes stand before it, units behind."""

SPACER = {"0", "1", "0px", "1px"}
"""Sizes of a picture that only keeps a cell open."""

PICTURED = "[图]"
"""Before what a page calls the picture that fills a cell: no reader of the text may take the cell
for an empty one."""

Grid = tuple[tuple[Cell, ...], ...]

TEXT: Callable[[Cell], str] = itemgetter(Cell._fields.index("text"))

_new = tuple.__new__
"""Makes a `Cell` of its four parts without the call in Python that costs more than the tuple."""


def is_layout(grid: Grid, lengths: Sequence[int]) -> bool:
    """Whether the table only arranges the page: one column, one text, or a cell like an article.

    `lengths` are those of the texts of its cells.
    """
    if len(grid) == 1 and sum(map(bool, lengths)) < 2:
        return True
    return max(map(len, grid), default=0) < 2 or max(lengths) > LAYOUT_CELL


def texts(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The text of every cell, in reading order; most stages ask for all of a table's."""
    return map(TEXT, chain.from_iterable(rows))


def read_grid(table: Element) -> Grid:
    """The cells of each row with the row and column where a browser draws them.

    What a rowspan or colspan covers is no cell: its positions are missing from the row. Spans are
    cut at the table's last row and at `MAX_COLUMNS`; reading stops at `MAX_CELLS`. An empty cell
    that is not displayed is none; nor is a row, where the table displays one of the same words.
    """
    rows, cells_of = list(table.iter("tr")), _cells_of_rows(table)
    grid = _grid(rows, cells_of)
    firsts = [row[0].text for row in grid if row]
    if len(set(firsts)) < len(firsts) and len(shown := _without_hidden(rows)) < len(rows):
        return _grid(shown, cells_of)
    return grid


def _grid(rows: Sequence[Element], cells_of: Mapping[Element | None, Sequence[Element]]) -> Grid:
    covered: dict[int, int] = {}
    grid: list[tuple[Cell, ...]] = []
    cells = 0
    for number, element in enumerate(rows, 1):
        row = _row(cells_of.get(element, ()), number, len(rows) - number + 1, covered)
        cells += len(row)
        if cells > MAX_CELLS:
            break
        grid.append(tuple(row))
    return tuple(grid)


def is_cut(table: Element, grid: Grid) -> bool:
    """Whether `read_grid` stopped before the last row or column."""
    if any(row and row[-1].column >= MAX_COLUMNS for row in grid):
        return True
    might_be = sum(map(len, grid)) > MAX_CELLS - MAX_COLUMNS
    return might_be and len(grid) < sum(1 for _ in table.iter("tr"))


def _without_hidden(rows: list[Element]) -> list[Element]:
    """The rows without those that are kept in the source alone; others wait for a click."""
    if not [row for row in rows if row.keys() and is_hidden(row)]:
        return rows
    hidden = {row for row in rows if is_hidden(row)}
    words = {WORDLESS.sub("", text_of(row)) for row in rows if row not in hidden}
    return [r for r in rows if r not in hidden or WORDLESS.sub("", text_of(r)) not in {"", *words}]


def _cells_of_rows(table: Element) -> dict[Element | None, list[Element]]:
    """Row -> its cells; one search of the whole table is a quarter of the price of one per row."""
    found: dict[Element | None, list[Element]] = {}
    cells = islice(table.iter("td", "th"), MOST_LOOKED_AT)
    for row, own in groupby(cells, key=Element.getparent):
        found.setdefault(row, []).extend(own)
    return found


def _row(
    elements: Iterable[Element], number: int, rows_left: int, covered: dict[int, int]
) -> list[Cell]:
    """One row; `covered` maps a column to how many more rows a rowspan above reaches down."""
    reaching = _next_row(covered) if covered else ()
    column = 1
    row: list[Cell] = []
    for cell in elements:
        while column in reaching:
            column += 1
        if column > MAX_COLUMNS:
            break
        text = cell_text(cell) if len(cell) else (cell.text or "").strip()
        row.append(_new(Cell, (text, number, column, cell.sourceline)))
        if not cell.keys():  # most cells have no attributes to ask
            column += 1
            continue
        if not text and is_hidden(cell):
            row.pop()
            continue
        width = _span(cell, "colspan", MAX_COLUMNS)
        if width > WIDEST_SPAN:
            width = 1
        down = _span(cell, "rowspan", rows_left)
        if down > 1:
            covered.update(
                dict.fromkeys(range(column, min(column + width, MAX_COLUMNS + 1)), down - 1)
            )
        column += width
    return row


def _next_row(covered: dict[int, int]) -> frozenset[int]:
    """The columns that are covered in this row; they are so in one row less from here on."""
    reaching = frozenset(covered)
    for column in reaching:
        covered[column] -= 1
        if not covered[column]:
            del covered[column]
    return reaching


def _span(cell: Element, name: str, most: int) -> int:
    """A span attribute as a positive number up to `most`; whatever else stands there means 1."""
    printed = cell.get(name)
    if not printed:
        return 1
    printed = printed.strip()
    is_number = printed.isascii() and printed.isdigit() and len(printed) < 10
    return min(max(int(printed), 1), most) if is_number else 1


def cell_text(cell: Element) -> str:
    """All text of the cell, whatever inline tags carry it; a figure in an input field counts."""
    text = text_of(cell)
    if len(text) > 1 and FIGURE.fullmatch(text):
        return shown_text(cell, text)
    if len(text) > LONGEST_UNIT or "" < text < FIRST_CHARACTER:
        return text
    fields = (each for each in cell.iter("input", "img") if each.get("type") not in NO_TEXT)
    field = next(fields, None)
    return text if field is None else _with_field(text, field)


def _with_field(text: str, field: Element) -> str:
    """The text of a cell that has no figure of its own: an input field's, or a picture's name."""
    if field.tag == "input":
        value = field.get("value", "").strip()
        return value + text if not text or value[-1:].isdecimal() else text
    sizes = {field.get("width", ""), field.get("height", "")}
    if text or sizes & SPACER:
        return text
    return PICTURED + field.get("alt", "").strip()
