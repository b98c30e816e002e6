"""Table 四: fifteen figures under headers of two and three storeys, dealt out to three reviews."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, repeat

from pipeline.extract.grid import texts
from pipeline.extract.text import core
from pipeline.forms.model import Block, TableForm
from pipeline.model import Cell, Table
from pipeline.parse.arbiter import add_up, sums_of
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.options import Row
from pipeline.parse.reading import Printed, RowReading, all_cells
from pipeline.parse.results_order import Order

FIRST_HEADER = "结果维持"

HEADER = re.compile("[行政复议诉讼未经直接起后结果维持纠正其他它尚审总合计的件]+")
"""A header cell, a line of several, or a piece of one that a narrow column broke."""


def results_rows(tables: Sequence[Table], form: TableForm, order: Order) -> list[RowReading]:
    """The figures between the table's headers and the next cell with other words.

    They are read as one row of fifteen, blanks in their places where the row has just that width,
    and dealt out by their places in `order`. Where they are not fifteen, each review gets all of
    them: too many to be read, and said to be so; 无 across the reviews is said of each.
    """
    block = form.blocks[0]
    width = len(block.columns)
    every = width * len(block.rows)
    chosen = _under_headers(tables, block, every) or _fifteen(_figures(tables, every), every)
    if len(chosen) != width * len(block.rows):
        if 0 < len(chosen) <= len(block.rows) and _are_denials(chosen):
            shared = zip(block.rows, chain(chosen, repeat(chosen[-1])), strict=False)
            return [RowReading(row.id, row.label, False, (one,) * width) for row, one in shared]
        return [RowReading(row.id, row.label, False, chosen) for row in block.rows]
    return [
        RowReading(row.id, row.label, False, tuple(chosen[place] for place in places))
        for row, places in zip(block.rows, order, strict=True)
    ]


def _under_headers(tables: Sequence[Table], block: Block, every: int) -> tuple[Printed, ...]:
    """The one row of figures under the fifteen lowest headers; empty where it is not so plain."""
    outcomes = {core(column.label) for column in block.columns}
    for table in tables:
        heads = {c.column for row in table.rows for c in row if core(c.text) in outcomes}
        rows = [row for row in table.rows if _is_figures(row, every)]
        if len(heads) == every and len(rows) == 1:
            chosen = tuple(Printed(table.number, c) for c in rows[0] if c.column in heads)
            rest = (c for c in rows[0] if c.column not in heads)
            if len(chosen) == every and not any(c.text for c in rest):
                return chosen
    return ()


def _is_figures(row: Sequence[Cell], every: int) -> bool:
    return len(row) >= every and all(looks_like_figure(cell.text) for cell in row)


def _figures(tables: Sequence[Table], every: int) -> tuple[Printed, ...]:
    """From the first header on: what is no header, up to other words that follow figures.

    A header that follows all of them heads the table of another agency.
    """
    found: list[Printed] = []
    has_figures = False
    started = not has_header(tables)
    heads = ""
    for printed in all_cells(tables):
        text = core(printed.cell.text)
        if HEADER.fullmatch(text):
            if sum(not each.is_blank for each in found) >= every:
                break
            heads += text
            started = started or FIRST_HEADER in heads
            if started and not has_figures:
                found.clear()  # blanks under a header that spans rows
        elif started and looks_like_figure(printed.cell.text):
            found.append(printed)
            has_figures = has_figures or not printed.is_blank
        elif has_figures:
            break
    return tuple(found)


def are_dealt(readings: Sequence[RowReading]) -> bool:
    """Whether each review has figures of its own: where they are not fifteen, all have all."""
    cells = readings[0].cells
    return not cells or len({each.cells for each in readings}) > 1 or _are_denials(cells)


def _are_denials(cells: Sequence[Printed]) -> bool:
    return all(printed.is_denial for printed in cells)


def are_likely(form: TableForm, rows: Mapping[str, Row]) -> bool:
    """Whether at most one review does not add up: else the figures may stand in another order."""
    sums = sums_of(form, form.blocks[0])
    chosen = [row.chosen.cells for row in rows.values() if row.chosen]
    return sum(not add_up(cells, sums) for cells in chosen) < len(chosen) - 1 or len(chosen) < 2


def has_header(tables: Sequence[Table]) -> bool:
    """Whether any cell is a header of table 四."""
    cells = (text for table in tables for text in texts(table.rows))
    return any(HEADER.fullmatch(core(text)) for text in cells)


def _fifteen(cells: tuple[Printed, ...], width: int) -> tuple[Printed, ...]:
    """The cells as they stand if they have the width, else without ghosts at the end, or blanks."""
    end = len(cells)
    while end > width and cells[end - 1].is_blank:
        end -= 1
    if end == width:
        return cells[:end]
    return tuple(printed for printed in cells if not printed.is_blank)
