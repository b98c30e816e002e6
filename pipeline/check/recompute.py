"""What the sums of a form give for its totals, and for a cell that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from decimal import Decimal

from pipeline.check.identities import ZERO, Balance, Equation, amount_of
from pipeline.model import Figure


def recompute(
    sums: Iterable[Balance], figures: Mapping[str, Figure], printed: Set[str]
) -> dict[str, Decimal]:
    """Cell -> its value by the other cells as printed; the printed figure is never replaced.

    A total is the sum of its parts. A cell that is absent or unreadable is what is left where it
    alone is lacking in an identity. Where two identities give different values, or where nothing
    is printed that could be added, there is none.

    Args:
        sums: both sides of each identity.
        figures: by their ids.
        printed: ids of those that print a number.
    """
    found: dict[str, Decimal] = {}
    torn: set[str] = set()
    for each in sums:
        if each.equation.at_most:
            continue
        if each.left is None or each.right is None:
            solved = _solved(each.equation, figures, printed)
        elif len(each.equation.left) == 1 and not printed.isdisjoint(each.equation.right):
            solved = each.equation.left[0], each.right
        else:
            continue
        if solved and found.setdefault(*solved) != solved[1]:
            torn.add(solved[0])
    return {cell: value for cell, value in found.items() if cell not in torn}


def _solved(
    equation: Equation, figures: Mapping[str, Figure], printed: Set[str]
) -> tuple[str, Decimal] | None:
    """The one cell that is lacking and its value; None where more are, or it would be negative."""
    amounts = {id_: amount_of(figures[id_]) for id_ in (*equation.left, *equation.right)}
    lacking = [id_ for id_, amount in amounts.items() if amount is None]
    if len(lacking) != 1 or printed.isdisjoint(amounts):
        return None
    left, right = (
        sum((amounts[id_] or ZERO for id_ in side), ZERO)
        for side in (equation.left, equation.right)
    )
    value = right - left if lacking[0] in equation.left else left - right
    return (lacking[0], value) if value >= 0 else None
