"""The 勾稽关系 of the tables, checked as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.forms.model import TableForm
from pipeline.model import CellState, Figure, Finding

NOTHING_PRINTED = frozenset({CellState.BLANK, CellState.SLASH, CellState.DASH, CellState.NONE})
"""States that add nothing to a sum. They stay what they are: only the check takes them for 0."""


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity spelled out for one row or column: the cells of `left` = those of `right`."""

    code: str
    where: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    """What its sentence calls the row or column."""


def check_identities(
    forms: Mapping[str, str | None], figures: Mapping[str, Figure]
) -> Iterator[Finding]:
    """Every identity of every table on the page; one that lacks an operand is passed over.

    The lacking operand has a finding of its own: its row is missing or cannot be read.
    """
    for table, form in forms.items():
        for equation in equations(form, table) if form else ():
            left, right = (_total(ids, figures) for ids in (equation.left, equation.right))
            if left is not None and right is not None and left != right:
                values = {"left": left, "right": right, "difference": abs(left - right)}
                yield finding(equation.code, equation.where, **values, **dict(equation.names))


@cache
def equations(form: str, table: str) -> tuple[Equation, ...]:
    """Every identity of `t2`, `t3` or `t4` of a form, row by row, then column by column."""
    of = load_forms()[form].tables[table]
    return (*_of_rows(of), *_of_columns(of))


def _of_rows(table: TableForm) -> Iterator[Equation]:
    for each in table.sums:
        for row in (row for block in table.blocks for row in block.rows):
            where = f"{table.id}.{row.id}"
            parts = tuple(f"{where}.{part}" for part in each.parts)
            yield Equation(
                each.code, where, (f"{where}.{each.total}",), parts, (("row", row.label),)
            )


def _of_columns(table: TableForm) -> Iterator[Equation]:
    for each in table.identities:
        for column in (column for block in table.blocks for column in block.columns):
            left = tuple(f"{table.id}.{row}.{column.id}" for row in each.left)
            right = tuple(f"{table.id}.{row}.{column.id}" for row in each.right)
            yield Equation(each.code, left[0], left, right, (("column", column.label),))


def _total(ids: Iterable[str], figures: Mapping[str, Figure]) -> Decimal | None:
    """None where one of the cells is absent or unreadable."""
    total = Decimal(0)
    for id_ in ids:
        figure = figures[id_]
        if figure.value is not None:
            total += figure.value
        elif figure.state not in NOTHING_PRINTED:
            return None
    return total
