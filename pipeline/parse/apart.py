"""All labels first, all figures after them: text of a PDF whose columns came apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.text import core
from pipeline.forms.model import Block, TableForm
from pipeline.model import Table
from pipeline.parse.arbiter import sums_hold
from pipeline.parse.labels import Labels
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import Cells, Printed, RowReading, Strategy, all_cells

COLUMN_HEADS = frozenset({"总计", "合计", "其他", "其它"})
"""Names of rows that, without a number, head columns too and stand before the first row."""

LEAST_ROWS = 2
"""One label with its figures after it is no column that came apart."""


def read_apart(tables: Sequence[Table], labels: Labels, form: TableForm) -> list[RowReading]:
    """Deal the figures out to the labels before them, in order, a row's width to each.

    Only where the labels stand in the form's order, the figures are exactly as many as their rows
    hold, and every row that the form sums up adds up.
    """
    blocks = {row.id: block for block in form.blocks for row in block.rows}
    readings: list[RowReading] = []
    for rows, figures in _columns(tables, labels, blocks):
        readings += _dealt(rows, figures, form, blocks)
    return readings


Label = tuple[str, str]
"""Row id and the label as printed."""


def _columns(
    tables: Sequence[Table], labels: Labels, blocks: dict[str, Block]
) -> Iterator[tuple[list[Label], Cells]]:
    """Runs of labels without figures, each with the run of figures that follows."""
    rows: list[Label] = []
    figures: list[Printed] = []
    for printed in all_cells(tables):
        text = printed.cell.text
        match = labels.find(text)
        if match is None and looks_like_figure(text):
            if not printed.is_blank:
                figures.append(printed)
            continue
        if figures:
            yield rows, tuple(figures)
            rows, figures = [], []
        if match and match.row in blocks:
            rows.append((match.row, text))
    if figures:
        yield rows, tuple(figures)


def _dealt(
    rows: Sequence[Label], figures: Cells, form: TableForm, blocks: dict[str, Block]
) -> list[RowReading]:
    while rows and core(rows[0][1]) in COLUMN_HEADS:
        rows = rows[1:]
    if len(rows) < LEAST_ROWS:
        return []
    widths = [len(blocks[row].columns) for row, _ in rows]
    named = [row for row, _ in rows]
    there = set(named)
    order = [row for row in blocks if row in there]
    if named != order or sum(widths) != len(figures):
        return []
    readings, start = [], 0
    for (row, label), width in zip(rows, widths, strict=True):
        cells = figures[start : start + width]
        start += width
        if not sums_hold(cells, form, blocks[row]):
            return []
        readings.append(RowReading(row, label, False, cells, Strategy.APART))
    return readings
