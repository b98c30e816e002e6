"""Ways to find the labelled rows of a table; the identities arbitrate where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.text import core
from pipeline.model import Table
from pipeline.parse.labels import Labels, Match
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import Cells, Printed, RowReading

HEADERS = frozenset({"自然人", "商业企业", "法人或其他组织", "申请人情况", "科研机构"})
"""Of table 三's header: a row that holds one is no data row, whatever 其他 or 总计 it prints."""


def read_by_grid(tables: Sequence[Table], labels: Labels) -> list[RowReading]:
    """Anchored on each grid row: its last label, and the cells right of it.

    Lost rowspans, ghost columns and group labels left of the row's own label do no harm.
    """
    readings = []
    for table in tables:
        for row in table.rows:
            printed = tuple(Printed(table.number, cell) for cell in row)
            reading = _grid_row(printed, labels)
            if reading:
                readings.append(reading)
    return readings


def _grid_row(cells: Cells, labels: Labels) -> RowReading | None:
    if any(core(printed.cell.text) in HEADERS for printed in cells):
        return None
    for place in range(len(cells) - 1, -1, -1):
        match = labels.find(cells[place].cell.text)
        if match:
            label, values = cells[place].cell.text, cells[place + 1 :]
            return RowReading(match.row, label, match.how is Match.VARIANT, values)
    return None


def read_by_sequence(tables: Sequence[Table], labels: Labels) -> list[RowReading]:
    """Anchored on labels in reading order, rows of the grid ignored: one cell per line.

    A row's figures are what stands between its label and the next cell that is no figure; blanks
    say nothing here and are left out.
    """
    return [reading for reading in _runs(tables, labels) if reading.cells]


def _runs(tables: Sequence[Table], labels: Labels) -> Iterator[RowReading]:
    current: RowReading | None = None
    for printed in filled_cells(tables):
        text = printed.cell.text
        match = labels.find(text)
        if match is None and looks_like_figure(text):
            if current:
                cells = (*current.cells, printed)
                current = RowReading(current.row, current.label, current.is_variant, cells)
            continue
        if current:
            yield current
        current = RowReading(match.row, text, match.how is Match.VARIANT, ()) if match else None
    if current:
        yield current


def filled_cells(tables: Sequence[Table]) -> Iterator[Printed]:
    """Every cell with something printed, in reading order."""
    for table in tables:
        for row in table.rows:
            for cell in row:
                printed = Printed(table.number, cell)
                if not printed.is_blank:
                    yield printed


def read_rows(tables: Sequence[Table], labels: Labels) -> list[RowReading]:
    """The grid's rows; the sequence's where the grid finds labels without figures beside them."""
    by_grid = read_by_grid(tables, labels)
    beside = sum(any(not printed.is_blank for printed in r.cells) for r in by_grid)
    if beside * 2 >= len(by_grid) and by_grid:
        return by_grid
    by_sequence = read_by_sequence(tables, labels)
    return by_sequence if len(by_sequence) > beside else by_grid
