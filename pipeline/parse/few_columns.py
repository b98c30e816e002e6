"""Table 三 with fewer columns: organisations in one, or the table in halves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from pipeline.extract.text import core, squeeze
from pipeline.forms.model import Block, TableForm
from pipeline.model import Finding, Table
from pipeline.parse.added_columns import Added
from pipeline.parse.column_order import Header
from pipeline.parse.merged_cells import merged_findings, with_merged
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import RowReading, Strategy

LEAST_NAMED = 2
"""Columns of the form that a header must name: 总计 alone may head anything."""

Readings = Sequence[RowReading]


class LaidOut(NamedTuple):
    """A block as the page lays it out: what is asked of it, and how its rows then read."""

    form: TableForm
    block: Block
    readings: Readings
    added: Added
    """Columns beside those of the form."""
    findings: tuple[Finding, ...]


def as_laid_out(
    form: TableForm, block: Block, header: Header, tables: Sequence[Table], readings: Readings
) -> LaidOut:
    """Table 三 with figures that stand for several rows or columns, or with halves, put right."""
    whole = with_merged(block, readings)
    merged = () if whole is readings else tuple(merged_findings(form, whole))
    return LaidOut(*few_columns(form, block, header, joined_halves(block, tables, whole)), merged)


def few_columns(
    form: TableForm, block: Block, header: Header, readings: Readings
) -> tuple[TableForm, Block, Readings, Added]:
    """What the header names of the form, the readings under that, and the columns beside it.

    Only where all figures stand right under headers: 法人或其他组织 in place of its five columns.
    The form that is given back asks for no sums: what its parts are, the page does not print.
    """
    width = len(block.columns)
    if not LEAST_NAMED <= len(header.heads) < width:
        return form, block, readings, {}
    own = {head.column: id_ for id_, head in header.heads.items()}
    rows = [each for each in readings if each.cells and each.row in block.ids]
    heads = {c.column: squeeze(c.text) for c in header.cells if not looks_like_figure(c.text)}
    used = {tuple(p.cell.column for p in each.cells) for each in rows}
    if len(used) != 1 or not rows or any(each.strategy is not Strategy.GRID for each in rows):
        return form, block, readings, {}
    (columns,) = used
    if (
        len(columns) >= width
        or not own.keys() < set(columns) <= heads.keys()
        or not _are_named(block, own, heads)
    ):
        return form, block, readings, {}
    by_id = {column.id: column for column in block.columns}
    few = replace(block, columns=tuple(by_id[own[column]] for column in sorted(own)))
    kept = [
        each._replace(cells=tuple(p for p in each.cells if p.cell.column in own))
        for each in readings
    ]
    added = {column: heads[column] for column in columns if column not in own}
    return replace(form, sums=()), few, kept, added


def _under(columns: Collection[int], reading: RowReading) -> RowReading:
    return reading._replace(cells=tuple(p for p in reading.cells if p.cell.column in columns))


def _are_named(block: Block, own: Mapping[int, str], heads: Mapping[int, str]) -> bool:
    """Whether the columns are called as on the form, not only somehow like it."""
    names = {column.id: core(column.label) for column in block.columns}
    return all(core(heads[column]) == names[id_] for column, id_ in own.items())


def joined_halves(block: Block, tables: Sequence[Table], readings: Readings) -> Readings:
    """Each row whole, where tables with the same rows print the columns in parts.

    Only where their headers name every column of the form, and none twice.
    """
    width = len(block.columns)
    if len(tables) < LEAST_NAMED or any(len(each.cells) >= width for each in readings):
        return readings
    parts: dict[int, dict[str, RowReading]] = {}
    for each in readings:
        if each.cells and each.row in block.ids:
            parts.setdefault(each.cells[0].table, {}).setdefault(each.row, each)
    heads = [_named(block, table) for table in tables if table.number in parts]
    if [*chain.from_iterable(heads)] != [column.id for column in block.columns]:
        return readings
    first, *others = parts.values()
    if any(part.keys() != first.keys() for part in others):
        return readings
    widths = list(map(len, heads))
    whole = {row: [part[row].cells for part in parts.values()] for row in first}
    if any([len(cells) for cells in row] != widths for row in whole.values()):
        return readings
    return [
        first[row]._replace(cells=tuple(chain.from_iterable(cells))) for row, cells in whole.items()
    ]


def _named(block: Block, table: Table) -> list[str]:
    """The block's columns in the order in which the head of the table names them."""
    names = {core(column.label): column.id for column in block.columns}
    return list(dict.fromkeys(_names(table, names)))


def _names(table: Table, names: Mapping[str, str]) -> Iterator[str]:
    for row in table.rows:
        if any(cell.text.isdigit() for cell in row):
            return
        yield from (names[name] for cell in row if (name := core(cell.text)) in names)
