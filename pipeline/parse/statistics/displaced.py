"""All labels first, all figures after them: dealt out where number and arithmetic agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.forms.model import TableForm
from pipeline.parse.numbers import read_number
from pipeline.parse.statistics.entries import Entry
from pipeline.parse.statistics.rows import Found, list_rows

Placed = tuple[Entry, Found | None]

LEAST_SUMS = 2
"""Sums other than 0 = 0 that have to hold: an order that is off by one breaks at least one."""


def dealt_out(placed: Sequence[Placed]) -> list[Placed]:
    """One figure to each label in order, if there are as many and the form's sums hold."""
    known = [entry for entry, found in placed if found]
    filled = [entry for entry, _ in placed if entry.values]
    if len(filled) != 1 or len(filled[0].values) != len(known):
        return list(placed)
    figures = iter(filled[0].values)
    dealt = [
        (replace(entry, values=(next(figures),) if found else ()), found) for entry, found in placed
    ]
    return dealt if _adds_up(dealt) else list(placed)


def _adds_up(placed: Sequence[Placed]) -> bool:
    known = list_rows()
    values = {
        known.rows[found.place].id: read_number(entry.values[0].cell.text)[1]
        for entry, found in placed
        if found
    }
    return _sums_hold(known.form, values)


def _sums_hold(form: TableForm, values: Mapping[str, Decimal | None]) -> bool:
    """Whether every sum holds, and enough of them say something."""
    telling = 0
    for each in form.identities:
        left, right = (
            sum((v for row in side if (v := values.get(row)) is not None), Decimal(0))
            for side in (each.left, each.right)
        )
        if left != right:
            return False
        telling += left != 0
    return telling >= LEAST_SUMS
