"""In which order a page prints the fifteen columns of table 四."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from pipeline.extract.text import core
from pipeline.findings import finding
from pipeline.forms.model import Block
from pipeline.model import Cell, Finding, Table

REVIEWS = ("行政复议", "未经复议直接起诉", "复议后起诉")
"""Header cells over the five outcomes of each row of the block, in the form's order."""

Place = tuple[int, int]
"""Table and column."""

Order = tuple[tuple[int, ...], ...]
"""For each review, the places of its outcomes among the fifteen figures as printed."""


def results_order(tables: Sequence[Table], block: Block) -> Order:
    """The form's order; the header's where its fifteen lowest cells stand in columns of their own.

    The cell of a review spans its outcomes: it stands in the column of the first of them.
    """
    outcomes = [core(column.label) for column in block.columns]
    width, every = len(outcomes), len(outcomes) * len(block.rows)
    usual = tuple(tuple(range(start, start + width)) for start in range(0, every, width))
    words = frozenset((*outcomes, *REVIEWS))
    heads = [(place, key) for place, cell in _cells(tables) if (key := core(cell.text)) in words]
    lowest = {place: key for place, key in heads if key in outcomes}
    if len(lowest) != every:
        return usual
    columns = sorted(lowest)
    above = {key: place for place, key in reversed(heads)}
    begins = [above.get(review) for review in REVIEWS]
    if [lowest[place] for place in columns] == outcomes * len(block.rows) and _ascend(begins):
        return usual
    runs = [columns[start : start + width] for start in range(0, every, width)]
    if any(sorted(map(lowest.__getitem__, run)) != sorted(outcomes) for run in runs):
        return usual
    firsts = [run[0] for run in runs]
    if sorted(map(str, begins)) == sorted(map(str, firsts)):
        runs = [runs[firsts.index(place)] for place in begins if place]
    return tuple(_of_run(run, lowest, outcomes, columns) for run in runs)


def _ascend(places: Sequence[Place | None]) -> bool:
    known = [place for place in places if place is not None]
    return known == sorted(known)


def _of_run(
    run: Sequence[Place], lowest: Mapping[Place, str], outcomes: Sequence[str], columns: list[Place]
) -> tuple[int, ...]:
    at = {lowest[place]: columns.index(place) for place in run}
    return tuple(at[outcome] for outcome in outcomes)


def order_findings_of_results(
    tables: Sequence[Table], block: Block, order: Order
) -> Iterator[Finding]:
    """A note where another order is read; a doubt where lines print one that no grid confirms."""
    places = list(chain.from_iterable(order))
    if places != sorted(places):
        names = [f"{row.label}{column.label}" for row in block.rows for column in block.columns]
        labels = "、".join(names[places.index(place)] for place in sorted(places))
        yield finding("columns_reordered", "t4", labels=labels)
        return
    outcomes = [core(column.label) for column in block.columns]
    usual = outcomes * len(block.rows)
    if _is_in_columns(tables, usual):
        return
    words = "".join(core(cell.text) for _, cell in _cells(tables))
    printed = re.findall("|".join(outcomes), words)[-len(usual) :]  # table 三 has a 总计 as well
    if printed != usual and sorted(printed) == sorted(usual):
        yield finding("columns_unclear", "t4", labels="、".join(printed))


def _is_in_columns(tables: Sequence[Table], names: Sequence[str]) -> bool:
    """Whether each name has a column of its own: then reading order says nothing."""
    known = set(names)
    places = {place for place, cell in _cells(tables) if core(cell.text) in known}
    return len(places) == len(names)


def _cells(tables: Sequence[Table]) -> Iterator[tuple[Place, Cell]]:
    for table in tables:
        for row in table.rows:
            for cell in row:
                if cell.text and not cell.text.isdigit():
                    yield (table.number, cell.column), cell
