"""A statutory table as it was read: what the notes about its layout look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import filterfalse, takewhile

from pipeline.extract.grid import texts
from pipeline.forms.model import Block, Row, TableForm
from pipeline.model import Cell, Table
from pipeline.parse import options
from pipeline.parse.column_order import Header
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import Cells, RowReading, Strategy
from pipeline.values import value

NAMES = {"t2": "表二", "t3": "表三", "t4": "表四"}
NAMES_EN = {"t2": "table 二", "t3": "table 三", "t4": "table 四"}


ReadRow = tuple[Row, RowReading, Cells]
"""A row of the form, its reading, and the figures that stand."""

Lines = Mapping[tuple[int, int], tuple[Cell, ...]]
"""Table and row number -> the cells of that row."""


@value
class TableSeen:
    """The form, the tables of the page that hold it, and each row that was read."""

    form: TableForm
    tables: Sequence[Table]
    headers: Sequence[Header]
    """Of each block of the form, in its order."""
    read: tuple[ReadRow, ...]
    """In the order of the form."""
    in_grid: tuple[ReadRow, ...]
    """Those whose label and figures stand in one row of a table."""
    lines: Lines
    with_empty_cells: frozenset[tuple[int, int]]
    """Those of `lines` that hold an empty cell."""
    words: tuple[str, ...]
    """Every cell that holds words."""
    text: str
    """The words as lines: what no line has, no cell has; one search in place of a hundred."""

    @classmethod
    def of(
        cls,
        form: TableForm,
        tables: Sequence[Table],
        headers: Sequence[Header],
        rows: Mapping[str, options.Row],
    ) -> TableSeen:
        """What stands in the tables, and what was read of it by the rows' ids."""
        read = tuple(_read(form, rows))
        in_grid = tuple(each for each in read if each[1].strategy is Strategy.GRID)
        lines = {(table.number, row[0].row): row for table in tables for row in table.rows if row}
        words, empty = _words_and_empty(lines)
        return cls(form, tables, headers, read, in_grid, lines, empty, words, "\n".join(words))

    @property
    def words_before_figures(self) -> tuple[str, ...]:
        """Those above the first figure."""
        cells = (cell.text for row in self.lines.values() for cell in row if cell.text)
        return tuple(takewhile(lambda text: not looks_like_figure(text), cells))

    @property
    def name(self) -> str:
        """表三."""
        return NAMES[self.form.id]

    @property
    def name_en(self) -> str:
        """Table 三."""
        return NAMES_EN[self.form.id]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Of the form."""
        return self.form.blocks


def _read(form: TableForm, rows: Mapping[str, options.Row]) -> Iterator[ReadRow]:
    for row in form.rows:
        known = rows.get(row.id)
        if known and known.chosen and known.chosen.cells:
            yield row, known.chosen.reading, known.chosen.cells


def _words_and_empty(lines: Lines) -> tuple[tuple[str, ...], frozenset[tuple[int, int]]]:
    """Words, and the lines with empty cells; most cells hold digits, which is soon told."""
    printed = list(filterfalse(str.isdigit, texts(lines.values())))
    words = tuple(text for text in printed if text and not looks_like_figure(text))
    empty = [place for place, row in lines.items() if "" in texts([row])] if "" in printed else ()
    return words, frozenset(empty)
