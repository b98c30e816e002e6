"""The order in which a page prints the columns of a table: its header's, where that is sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.text import core
from pipeline.findings import finding
from pipeline.forms.model import Block, Column, TableForm
from pipeline.model import Cell, Finding, Table
from pipeline.parse.arbiter import add_up, sums_of
from pipeline.parse.reading import Cells, RowReading, Strategy

MOST = 0.8
"""Share of the rows that add up in another order than the form's; a few may be misprinted."""

LEAST_ROWS = 3
"""Rows that must tell one order from another where no header says it; one may be a misprint."""

LIKENESS = 0.6
"""Share of common letters that makes 本年新 the 本年新制作数量 of a header without one."""

SHORT_LIKENESS = 0.5
"""The same for names of two letters: 合计 for 总计, 其它 for 其他."""

Heads = Mapping[str, Cell]
"""Id of a column -> the header cell that names it, in reading order."""


class Header(NamedTuple):
    """What stands above the first row of a block, and the cells of it that name its columns."""

    cells: tuple[Cell, ...]
    heads: Heads
    is_official: bool = False
    """Whether every column is called as the form calls it."""


NO_HEADER = Header((), {})


def header_of(block: Block, tables: Sequence[Table], readings: Sequence[RowReading]) -> Header:
    """The cells between the block's first row and the row before it, in reading order."""
    cells = tuple(_above(block, tables, readings))
    return _header(block, cells)


def ordered_columns(
    table: TableForm, block: Block, header: Header, readings: Sequence[RowReading]
) -> Block:
    """The block with its columns in the printed order; as it is where nothing says another.

    Sums tell where a total stands, nothing tells its parts from one another but the header: it is
    believed where the figures stand under its cells, or its cells stand in one row.
    """
    if len(block.columns) < 2:
        return block
    heads = header.heads
    if _is_usual(heads, block) and not table.sums:
        return block
    is_above = _is_above(heads, block, readings)
    if _is_usual(heads, block):
        return block if is_above else _total_first(table, block, readings)
    if is_above:
        own = _sorted_by(block, {id_: heads[id_].column for id_ in heads})
        if own.columns == block.columns:
            return block
        agrees_as_well = _agrees(table, own, readings) >= _agrees(table, block, readings)
        return own if agrees_as_well else block
    return _total_first(table, _storeys(block, heads), readings)


def order_findings(
    table: TableForm,
    block: Block,
    printed: Block,
    header: Header,
) -> Iterator[Finding]:
    """A note where columns stand in another order, a doubt where it cannot be said in which."""
    if printed is block and (len(block.columns) < 2 or _is_usual(header.heads, block)):
        return
    if list(printed.columns) != [c for c in block.columns if c in printed.columns]:
        labels = "、".join(column.label for column in printed.columns)
        yield finding("columns_reordered", table.id, labels=labels)
        return
    heads = header.heads
    parts = [id_ for id_ in heads if id_ not in {each.total for each in table.sums}]
    if parts != [column.id for column in block.columns if column.id in parts]:
        labels = "、".join(c.label for id_ in heads for c in block.columns if c.id == id_)
        yield finding("columns_unclear", table.id, labels=labels)


def _header(block: Block, cells: tuple[Cell, ...]) -> Header:
    """The cells that name the block's columns, the first of each name."""
    names = {core(column.label): column.id for column in block.columns}
    found: dict[str, Cell] = {}
    rest: list[Cell] = []
    for cell in cells:
        id_ = names.get(core(cell.text))
        if id_ is None:
            rest.append(cell)
        else:
            found.setdefault(id_, cell)
    lost = [column for column in block.columns if column.id not in found]
    if not found or not lost:
        return Header(cells, found, is_official=not lost)
    found |= {column.id: like for column in lost if (like := _alike(column, rest))}
    heads = sorted(found.items(), key=lambda each: (each[1].row, each[1].column))
    return Header(cells, dict(heads))


def _above(block: Block, tables: Sequence[Table], readings: Sequence[RowReading]) -> Iterator[Cell]:
    names = {core(column.label) for column in block.columns}
    before = (-1, 0)
    for reading in readings:
        if not reading.cells or core(reading.label) in names:  # 总计 may head a column
            continue
        place = (reading.cells[0].table, reading.cells[0].cell.row)
        if reading.row in block.ids:
            break
        before = place
    else:
        return
    for table in tables:
        if before[0] <= table.number <= place[0]:
            for row in table.rows:
                if row and before < (table.number, row[0].row) < place:
                    yield from row


def _is_usual(heads: Heads, block: Block) -> bool:
    """Whether the header names every column, each to the right of the one before it on the form."""
    if len(heads) < len(block.columns):
        return False
    places = [heads[column.id].column for column in block.columns]
    return all(a < b for a, b in pairwise(places))


def _alike(column: Column, cells: Sequence[Cell]) -> Cell | None:
    """The cell that most likely means the column; None where none does."""
    name = core(column.label)
    scored = [(SequenceMatcher(None, core(cell.text), name).ratio(), cell) for cell in cells]
    best, cell = max(scored, key=lambda each: each[0], default=(0.0, None))
    is_short = cell is not None and len(core(cell.text)) == len(name) == len("总计")
    return cell if best >= (SHORT_LIKENESS if is_short else LIKENESS) else None


def _is_above(heads: Heads, block: Block, readings: Sequence[RowReading]) -> bool:
    """Whether most rows have their figures in just the columns of the header's cells."""
    columns = sorted(cell.column for cell in heads.values())
    width = len(block.columns)
    if len(set(columns)) < width:
        return False
    ids = block.ids
    rows = [r.cells for r in readings if r.row in ids and r.strategy is Strategy.GRID and r.cells]
    under = sum([printed.cell.column for printed in cells] == columns for cells in rows)
    return under * 2 > len(rows)


def _storeys(block: Block, heads: Heads) -> Block:
    """The block with those columns exchanged that a row of the header has in another order."""
    columns = {column.id: column for column in block.columns}
    order = list(columns)
    for row in {cell.row for cell in heads.values()}:
        own = [id_ for id_, cell in heads.items() if cell.row == row]
        slots = sorted(map(list(columns).index, own))
        if slots == list(range(slots[0], slots[-1] + 1)):
            for slot, id_ in zip(slots, own, strict=True):
                order[slot] = id_
    if order == list(columns):
        return block
    return replace(block, columns=tuple(columns[id_] for id_ in order))


def _total_first(table: TableForm, block: Block, readings: Sequence[RowReading]) -> Block:
    """The block with its total before the parts, where nearly all rows say so and few deny it."""
    totals = {each.total for each in table.sums}
    total = [column for column in block.columns if column.id in totals]
    if not total or block.columns[0] in total:
        return block
    other = replace(block, columns=(*total, *(c for c in block.columns if c not in total)))
    own = _agrees(table, block, readings)
    if own == 1 or len(_telling(block, readings)) < LEAST_ROWS:
        return block
    return other if _agrees(table, other, readings) >= max(MOST, 2 * own) else block


def _sorted_by(block: Block, places: Mapping[str, int]) -> Block:
    return replace(block, columns=tuple(sorted(block.columns, key=lambda c: places[c.id])))


def _telling(block: Block, readings: Sequence[RowReading]) -> list[Cells]:
    """The rows that print the block's width and more than zeros; empty cells beside it are left."""
    width = len(block.columns)
    rows = (each.cells for each in readings)
    wide = (cells if len(cells) == width else _printed(cells) for cells in rows)
    return [
        cells
        for cells in wide
        if len(cells) == width and any(p.cell.text.strip("0 ") for p in cells)
    ]


def _printed(cells: Cells) -> Cells:
    return tuple(printed for printed in cells if not printed.is_blank)


def _agrees(table: TableForm, block: Block, readings: Sequence[RowReading]) -> float:
    """The share of the telling rows that add up; 1 where none tells anything."""
    sums, rows = sums_of(table, block), _telling(block, readings)
    return sum(add_up(cells, sums) for cells in rows) / len(rows) if rows else 1.0
