"""All labels first, all figures after them: text of a PDF whose columns came apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from pipeline.extract.text import core
from pipeline.forms.model import Block, TableForm
from pipeline.forms.sections import section_of
from pipeline.model import Table
from pipeline.parse.arbiter import sums_hold
from pipeline.parse.labels import Labels
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import Cells, Printed, RowReading, Strategy, all_cells, are_zeros

COLUMN_HEADS = frozenset({"总计", "合计", "其他", "其它"})
"""Names of rows that, without a number, head columns too and stand before the first row."""

BY_COLUMNS = 2
"""Rows of the one block of table 二 whose figures a PDF may print column by column."""

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
        ends = match is None and section_of(text) is not None
        if figures or ends:
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
    dealt = _row_by_row(figures, widths)
    if not all(
        sums_hold(cells, form, blocks[row]) for row, cells in zip(named, dealt, strict=True)
    ):
        return []
    if not form.sums and not _are_by_rows(dealt):
        return []
    return [
        RowReading(row, label, False, cells, Strategy.APART)
        for (row, label), cells in zip(rows, dealt, strict=True)
    ]


def _row_by_row(figures: Cells, widths: Sequence[int]) -> list[Cells]:
    ends = [*accumulate(widths)]
    return [figures[end - width : end] for end, width in zip(ends, widths, strict=True)]


def _are_by_rows(dealt: Sequence[Cells]) -> bool:
    """Whether the figures of 规章 and 规范性文件 were surely printed row by row.

    Column by column they would be other figures; only a row of zeros says which it was, as few
    agencies may issue 规章.
    """
    width = len(dealt[0])
    if len(dealt) != BY_COLUMNS or any(len(cells) != width for cells in dealt) or width == 1:
        return True
    figures = [printed.cell.text for cells in dealt for printed in cells]
    return are_zeros(dealt[0]) or figures[::BY_COLUMNS] == figures[:width]
