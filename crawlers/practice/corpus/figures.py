"""Figures of a report from a seed: they add up, and many of them are not zero."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from crawlers.practice.corpus import form_2014
from crawlers.practice.forms import T3_COLUMNS, T4_BLOCKS, T4_OUTCOMES, load_form

LARGEST = {"small": 9, "middle": 90, "large": 4000}
"""Of one cell of 自然人 in table 三; organisations have a tenth."""
SHARE_OF_ZEROS = 0.3
DOCUMENTS = "t2.normative_documents"
STOCKS = (
    (f"{DOCUMENTS}.in_force_count", f"{DOCUMENTS}.issued_count", f"{DOCUMENTS}.repealed_count"),
    (f"{DOCUMENTS}.total_disclosed_count", f"{DOCUMENTS}.new_disclosed_count", ""),
)
"""What there is at the year's end holds what came in and did not go."""
OUTSIDE = frozenset({"new_received", "carried_in", "processed_total", "carried_out"})
"""Rows of table 三 that are no outcome."""


def figures(forms: Mapping[str, str], random: Random, scale: str) -> dict[str, Decimal]:
    """Every cell of the forms; T3-A, T3-B, T3-C and T4-A hold."""
    return {
        **(_two(forms["t2"], random) if "t2" in forms else {}),
        **(_three(forms["t3"], random, LARGEST[scale]) if "t3" in forms else {}),
        **(_four(random) if "t4" in forms else {}),
        **(form_2014.figures(random) if "s14" in forms else {}),
    }


def _two(form: str, random: Random) -> dict[str, Decimal]:
    cells = {
        f"t2.{row}.{column}": _of_two(row, column, random)
        for block in load_form(form).t2
        for row in block.rows
        for column in block.columns
    }
    for stock, added, gone in STOCKS:
        if stock in cells:
            beyond = cells[added] - cells.get(gone, Decimal(0))
            cells[stock] += max(beyond, Decimal(0))
    return cells


def _of_two(row: str, column: str, random: Random) -> Decimal:
    """Agencies other than governments make no 规章; amounts have decimals."""
    if row == "regulations":
        return Decimal(0)
    if column == "total_amount_10k_cny":
        return Decimal(random.randint(10_000, 99_999_999)) / 10_000
    if column == "fee_amount_10k_cny":
        return Decimal(random.randint(101, 99_999)) / 1_000
    if column == "item_change":
        return Decimal(random.randint(-9, 12))
    if column == "prior_year_item_count":
        return Decimal(random.randint(10, 240))
    return Decimal(random.choice((random.randint(1, 60), random.randint(100, 2600))))


def _three(form: str, random: Random, largest: int) -> dict[str, Decimal]:
    rows = [row for block in load_form(form).t3 for row in block.rows]
    *applicants, total = T3_COLUMNS
    cells: dict[str, Decimal] = {}
    for place, column in enumerate(applicants):
        top = largest if place == 0 else max(2, largest // 10)
        for row, count in _column(rows, random, top).items():
            cells[f"t3.{row}.{column}"] = count
    for row in rows:
        cells[f"t3.{row}.{total}"] = sum((cells[f"t3.{row}.{c}"] for c in applicants), Decimal(0))
    return {
        f"t3.{row}.{column}": cells[f"t3.{row}.{column}"] for row in rows for column in T3_COLUMNS
    }


def _column(rows: list[str], random: Random, top: int) -> dict[str, Decimal]:
    outcomes = {r: _count(random, top) for r in rows if r not in OUTSIDE}
    processed = sum(outcomes.values())
    carried_out = _count(random, top)
    carried_in = min(_count(random, top), processed + carried_out)
    column = {
        **outcomes,
        "new_received": processed + carried_out - carried_in,
        "carried_in": carried_in,
        "processed_total": processed,
        "carried_out": carried_out,
    }
    return {row: Decimal(count) for row, count in column.items()}


def _count(random: Random, top: int) -> int:
    return 0 if random.random() < SHARE_OF_ZEROS else random.randint(1, top)


def _four(random: Random) -> dict[str, Decimal]:
    cells: dict[str, Decimal] = {}
    *outcomes, total = T4_OUTCOMES
    for block in T4_BLOCKS:
        counts = {o: Decimal(_count(random, 8)) for o in outcomes}
        for outcome, count in counts.items():
            cells[f"t4.{block}.{outcome}"] = count
        cells[f"t4.{block}.{total}"] = sum(counts.values(), Decimal(0))
    return cells
