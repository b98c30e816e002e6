"""The 勾稽关系 of the tables, checked as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.forms.model import Column, TableForm
from pipeline.model import CellState, Figure, Finding
from pipeline.values import value

NOTHING_PRINTED = frozenset({CellState.BLANK, CellState.SLASH, CellState.DASH, CellState.NONE})
"""States that add nothing to a sum. They stay what they are: only the check takes them for 0."""

ZERO = Decimal(0)


HABIT = 5
"""Rows without their total, of the 23 or 25 of table 三."""


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity spelled out for one row or column: the cells of `left` = those of `right`."""

    code: str
    where: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    """What its sentence calls the row or column."""
    at_most: bool = False
    """The right side may be less: its cells are parts that need not exhaust the left one."""


@value
class Balance:
    """What the two sides of an identity add up to; null where a cell is absent or unreadable."""

    equation: Equation
    left: Decimal | None
    right: Decimal | None


def values_of(figures: Mapping[str, Figure]) -> dict[str, Decimal]:
    """The cells that print a number."""
    return {id_: f.value for id_, f in figures.items() if f.value is not None}


def balances(
    forms: Mapping[str, str | None],
    figures: Mapping[str, Figure],
    values: Mapping[str, Decimal],
    empty: Mapping[str, frozenset[str]],
) -> tuple[Balance, ...]:
    """Every identity of every table on the page, added up; totals left empty are no operands."""
    without = figures.keys() - values.keys()
    amounts = {**values, **{id_: ZERO for id_ in without if _is_empty(id_, figures)}}
    for totals in empty.values():
        for id_ in totals:
            del amounts[id_]
    return tuple(
        Balance(equation, _total(equation.left, amounts), _total(equation.right, amounts))
        for table, form in forms.items()
        for equation in (equations(form, table) if form else ())
    )


def amount_of(figure: Figure) -> Decimal | None:
    """A figure for the sake of arithmetic: what prints nothing adds nothing."""
    if figure.value is None and figure.state in NOTHING_PRINTED:
        return ZERO
    return figure.value


def check_identities(
    forms: Mapping[str, str | None], figures: Mapping[str, Figure]
) -> Iterator[Finding]:
    """A finding for each identity that fails; see `failures`."""
    empty = empty_totals(forms, figures)
    return failures(balances(forms, figures, values_of(figures), empty))


def failures(sums: Iterable[Balance]) -> Iterator[Finding]:
    """A finding for each identity that fails; one that lacks an operand is passed over.

    The lacking operand has a finding of its own: its row is missing or cannot be read, or the table
    leaves its totals empty.
    """
    for each in sums:
        equation, left, right = each.equation, each.left, each.right
        if left is None or right is None:
            continue
        if left < right or (left > right and not equation.at_most):
            values = {"left": left, "right": right, "difference": abs(left - right)}
            yield finding(equation.code, equation.where, **values, **dict(equation.names))


def empty_totals(
    forms: Mapping[str, str | None], figures: Mapping[str, Figure]
) -> dict[str, frozenset[str]]:
    """Table -> totals of rows that print nothing beside figures; only where they are many.

    One is a slip, and its sum is wrong; many are the habit of leaving the column empty, which rows
    of nothing but printed zeros show too.
    """
    found: dict[str, frozenset[str]] = {}
    for table, form in forms.items():
        rows = _row_sums(form, table) if form else ()
        empty = [each for each in rows if _is_empty(each.left[0], figures)]
        if len(empty) < HABIT:
            continue
        beside = {e.left[0]: [figures[id_].value for id_ in e.right] for e in empty}
        if sum(any(v is not None for v in values) for values in beside.values()) >= HABIT:
            found[table] = frozenset(total for total, values in beside.items() if any(values))
    return {table: totals for table, totals in found.items() if totals}


def _is_empty(id_: str, figures: Mapping[str, Figure]) -> bool:
    figure = figures[id_]
    return figure.value is None and figure.state in NOTHING_PRINTED


@cache
def equations(form: str, table: str) -> tuple[Equation, ...]:
    """Every identity of a table of a form, row by row, then column by column, then its limits."""
    of = load_forms()[form].tables[table]
    return (*_of_rows(of), *_of_columns(of), *_of_limits(of), *_of_bounds(of))


@cache
def _row_sums(form: str, table: str) -> tuple[Equation, ...]:
    return tuple(_of_rows(load_forms()[form].tables[table]))


def _of_rows(table: TableForm) -> Iterator[Equation]:
    for each in table.sums:
        for row in table.rows:
            where = f"{table.id}.{row.id}"
            parts = tuple(f"{where}.{part}" for part in each.parts)
            yield Equation(
                each.code, where, (f"{where}.{each.total}",), parts, (("row", row.label),)
            )


def _of_columns(table: TableForm) -> Iterator[Equation]:
    for each in table.identities:
        for column in _columns_of(each.left[0], table):
            left = tuple(f"{table.id}.{row}.{column.id}" for row in each.left)
            right = tuple(f"{table.id}.{row}.{column.id}" for row in each.right)
            names = (("column", column.label), ("row", _label(each.left[0], table)))
            yield Equation(each.code, left[0], left, right, names)


def _of_limits(table: TableForm) -> Iterator[Equation]:
    for each in table.limits:
        for column in _columns_of(each.whole, table):
            whole = f"{table.id}.{each.whole}.{column.id}"
            parts = tuple(f"{table.id}.{row}.{column.id}" for row in each.parts)
            names = (("row", _label(each.whole, table)),)
            yield Equation(each.code, whole, (whole,), parts, names, at_most=True)


def _of_bounds(table: TableForm) -> Iterator[Equation]:
    for each in table.bounds:
        for block in table.blocks:
            if not {*each.left, *each.right} <= {column.id for column in block.columns}:
                continue
            for row in block.rows:
                where = f"{table.id}.{row.id}"
                left = tuple(f"{where}.{column}" for column in each.left)
                right = tuple(f"{where}.{column}" for column in each.right)
                yield Equation(each.code, where, left, right, (("row", row.label),), at_most=True)


def _columns_of(row: str, table: TableForm) -> tuple[Column, ...]:
    """The columns of the row's block: the rows of one identity stand in one block."""
    return next(b.columns for b in table.blocks if any(r.id == row for r in b.rows))


def _label(row: str, table: TableForm) -> str:
    return next(each.label for each in table.rows if each.id == row)


def _total(ids: Sequence[str], amounts: Mapping[str, Decimal]) -> Decimal | None:
    if len(ids) == 1:
        return amounts.get(ids[0])
    try:
        return sum(map(amounts.__getitem__, ids), ZERO)
    except KeyError:
        return None
