"""The same several figures in two rows, or in two columns, that count different things."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipeline.check.evidence import Evidence
from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.forms.model import TableForm
from pipeline.model import Finding

FEWEST_NUMBERS = 2
"""Cells that are not zero: a single figure in the same column of two rows is chance."""

LARGEST_BY_CHANCE = {"t2": Decimal(9), "t3": Decimal(9), "t4": Decimal(3)}
"""Two rows of one-digit figures agree by chance in one report of a hundred; in table 四, with its
few cases, as long as none exceeds 3."""


class Vector(NamedTuple):
    """A row or column of a form, without its totals; only those of one kind are compared."""

    kind: str
    where: str
    label: str


def check_repeated(evidence: Evidence) -> Iterator[Finding]:
    """Each row or column that repeats an earlier one of its kind."""
    filled: dict[str, list[tuple[str, Decimal]]] = {}
    vectors, cells = _vectors(frozenset(evidence.report.forms.items()))
    for id_, value in evidence.values.items():
        if value:
            for where, place in cells.get(id_, ()):
                filled.setdefault(where, []).append((place, value))
    seen: dict[tuple[str, tuple[tuple[str, Decimal], ...]], Vector] = {}
    for where, numbers in filled.items():
        if len(numbers) < FEWEST_NUMBERS:
            continue
        if max(value for _, value in numbers) <= LARGEST_BY_CHANCE[where[:2]]:
            continue
        vector = vectors[where]
        earlier = seen.setdefault((vector.kind, tuple(numbers)), vector)
        if earlier is not vector:
            printed = "、".join(str(value) for _, value in numbers)
            yield finding("rows_repeated", where, other=earlier.label, printed=printed)


@cache
def _vectors(
    forms: frozenset[tuple[str, str | None]],
) -> tuple[dict[str, Vector], dict[str, tuple[tuple[str, str], ...]]]:
    """Each by its `where`; cell -> the row and the column it belongs to, its place in them."""
    vectors: dict[str, Vector] = {}
    cells: dict[str, tuple[tuple[str, str], ...]] = {}
    for table, form in forms:
        of = load_forms()[form].tables[table] if form and table in LARGEST_BY_CHANCE else None
        for vector, place, cell in _cells(of) if of else ():
            vectors[vector.where] = vector
            cells[cell] = (*cells.get(cell, ()), (vector.where, place))
    return vectors, cells


def _cells(of: TableForm) -> Iterator[tuple[Vector, str, str]]:
    """Rows of each block; of table 三 the outcomes alone, and its columns of outcomes."""
    totals = {each.total for each in of.sums}
    outcomes = next((each.right for each in of.identities if len(each.left) == 1), ())
    for number, block in enumerate(of.blocks):
        for row in block.rows:
            if outcomes and row.id not in outcomes:
                continue
            for column in block.columns:
                if column.id in totals:
                    continue
                where = f"{of.id}.{row.id}"
                cell = f"{where}.{column.id}"
                yield Vector(f"row {number}", where, row.label), column.id, cell
                if outcomes:
                    at = f"{of.id}.{outcomes[0]}.{column.id}"
                    yield Vector("column", at, column.label), row.id, cell
