"""Ways to find the labelled rows of a table; the identities arbitrate where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.text import core
from pipeline.model import Table
from pipeline.parse.labels import Labels, Match
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import Cells, Printed, RowReading, Strategy

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


def read_by_sequence(
    tables: Sequence[Table], labels: Labels, strategy: Strategy = Strategy.SEQUENCE
) -> list[RowReading]:
    """Anchored on labels in reading order, rows of the grid ignored: one cell per line.

    A row's figures are what stands between its label and the next cell with words, blanks included:
    those that are another row's covered cells stand at the end, and go first.
    """
    runs = _runs(tables, labels)
    return [replace(reading, strategy=strategy) for reading in runs if reading.cells]


def read_by_runs(tables: Sequence[Table], labels: Labels) -> list[RowReading]:
    """The same over lines of text that stand for a table."""
    return read_by_sequence(tables, labels, Strategy.RUNS)


def _runs(tables: Sequence[Table], labels: Labels) -> Iterator[RowReading]:
    """Labels with what follows them; a label may be broken over cells, before or after figures."""
    current: RowReading | None = None
    words = ""
    for printed in all_cells(tables):
        text = printed.cell.text
        if looks_like_figure(text) and labels.find(text) is None:
            if current:
                current = replace(current, cells=(*current.cells, printed))
            continue
        match = labels.find(text) or labels.find(words + text)
        words = words + text if match is None and not _has_figures(current) else text
        if match is None and current and not current.cells:
            continue  # the rest of a label that its beginning already told
        if current:
            yield current
        current = RowReading(match.row, text, match.how is Match.VARIANT, ()) if match else None
    if current:
        yield current


def _has_figures(reading: RowReading | None) -> bool:
    return reading is not None and any(not printed.is_blank for printed in reading.cells)


def all_cells(tables: Sequence[Table]) -> Iterator[Printed]:
    """Every cell in reading order."""
    return (Printed(table.number, cell) for table in tables for row in table.rows for cell in row)
