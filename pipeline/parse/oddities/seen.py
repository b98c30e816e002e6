"""A statutory table as it was read: what the notes about its layout look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from pipeline.forms.model import Block, Row, TableForm
from pipeline.model import Cell, Table
from pipeline.parse import options
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import Cells, RowReading, Strategy

NAMES = {"t2": "表二", "t3": "表三", "t4": "表四"}
NAMES_EN = {"t2": "table 二", "t3": "table 三", "t4": "table 四"}


@dataclass(frozen=True)
class TableSeen:
    """The form, the tables of the page that hold it, and each row that was read."""

    form: TableForm
    tables: Sequence[Table]
    rows: Mapping[str, options.Row]

    @cached_property
    def read(self) -> tuple[tuple[Row, RowReading, Cells], ...]:
        """Rows of the form in its order, each with its reading and the figures that stand."""
        found = ((row, self.rows.get(row.id)) for row in self._rows())
        return tuple(
            (row, known.chosen.reading, known.chosen.cells)
            for row, known in found
            if known and known.chosen and known.chosen.cells
        )

    @cached_property
    def in_grid(self) -> tuple[tuple[Row, RowReading, Cells], ...]:
        """Those whose label and figures stand in one row of a table."""
        return tuple(each for each in self.read if each[1].strategy is Strategy.GRID)

    @cached_property
    def lines(self) -> Mapping[tuple[int, int], tuple[Cell, ...]]:
        """Table and row number -> the cells of that row."""
        return {
            (table.number, row[0].row): row for table in self.tables for row in table.rows if row
        }

    @cached_property
    def with_empty_cells(self) -> frozenset[tuple[int, int]]:
        """Those of `lines` that hold an empty cell."""
        return self._sorted_out[1]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every cell that holds words."""
        return self._sorted_out[0]

    @cached_property
    def _sorted_out(self) -> tuple[tuple[str, ...], frozenset[tuple[int, int]]]:
        """Words, and the lines with empty cells: all cells looked at once."""
        words: list[str] = []
        empty: set[tuple[int, int]] = set()
        for place, row in self.lines.items():
            for cell in row:
                text = cell.text
                if not text:
                    empty.add(place)
                elif not text.isdigit() and not looks_like_figure(text):
                    words.append(text)
        return tuple(words), frozenset(empty)

    @cached_property
    def text(self) -> str:
        """The words as lines: what no line has, no cell has; one search in place of a hundred."""
        return "\n".join(self.words)

    @cached_property
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

    def _rows(self) -> Iterator[Row]:
        return (row for block in self.form.blocks for row in block.rows)
