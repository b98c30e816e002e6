"""Figures of a generated report: they hold inside a year and from one year to the next.

Every figure is drawn from (seed, agency, year) alone, so a report of 2025 costs as much as one of
2016: what a year carries out is drawn for that year, and the next one looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from crawlers.practice.corpus import figures as corpus
from crawlers.practice.corpus.model import dice
from crawlers.practice.forms import T3_COLUMNS, load_form

FIRST_CARRIED = 2019
"""The form of 2014 has no row for what is carried over."""
FIRST_IN_FORCE = 2021
LARGEST_CARRIED = 4
ONE_IN = 40
"""So many reports break an identity on purpose."""
FORMS_BY_YEAR = (
    (2021, {"t2": "2021", "t3": "2021", "t4": "2021"}),
    (2019, {"t2": "2019", "t3": "2019", "t4": "2019"}),
    (2014, {"s14": "2014"}),
)
CHANGED_ROWS = ("new_received", "carried_in", "granted", "processed_total", "carried_out")

Figures = dict[str, Decimal]


def forms_of(year: int) -> Mapping[str, str]:
    """The form that a report on the year is printed in."""
    return next(forms for first, forms in FORMS_BY_YEAR if year >= first)


def figures(seed: int, agency: int, year: int) -> Figures:
    """Every cell of the year's form; T3-A to C, T4-A, and X1 to X3 across years hold."""
    who = f"{seed}/{agency}"
    forms = forms_of(year)
    drawn = corpus.figures(forms, dice(f"{who}/figures {year}"), "small")
    if "t3" in forms:
        _carry(drawn, who, year, forms["t3"])
    if forms.get("t2") == "2021":
        _in_force(drawn, who, year)
    if forms.get("t2") == "2019" and year > FIRST_CARRIED:
        _items(drawn, figures(seed, agency, year - 1))
    return drawn


def _carried(who: str, year: int, column: str) -> int:
    """What the applicants of a column wait for at the end of a year."""
    if year < FIRST_CARRIED:
        return 0
    chance = dice(f"{who}/carried {year} {column}")
    top = LARGEST_CARRIED if column == "natural_person" else 1
    return max(0, chance.randint(-top, top))


def _carry(drawn: Figures, who: str, year: int, form: str) -> None:
    """X1: what came over is what the year before left; the rest of the column follows."""
    *applicants, total = T3_COLUMNS
    for column in applicants:
        cell = {row: f"t3.{row}.{column}" for row in CHANGED_ROWS}
        drawn[cell["carried_in"]] = Decimal(_carried(who, year - 1, column))
        drawn[cell["carried_out"]] = Decimal(_carried(who, year, column))
        wanting = drawn[cell["carried_in"]] - drawn[cell["processed_total"]]
        if wanting > 0:  # those that waited were at least answered
            drawn[cell["granted"]] += wanting
            drawn[cell["processed_total"]] += wanting
        answered = drawn[cell["processed_total"]] + drawn[cell["carried_out"]]
        drawn[cell["new_received"]] = answered - drawn[cell["carried_in"]]
    for block in load_form(form).t3:
        for row in block.rows:
            parts = (drawn[f"t3.{row}.{column}"] for column in applicants)
            drawn[f"t3.{row}.{total}"] = sum(parts, Decimal(0))


def _in_force(drawn: Figures, who: str, year: int) -> None:
    """X2: in force is last year's stock, plus issued, minus repealed."""
    row = "t2.normative_documents"
    stock = dice(f"{who}/stock").randint(5, 60)
    for past in range(FIRST_IN_FORCE, year + 1):
        chance = dice(f"{who}/documents {past}")
        issued, repealed = chance.randint(0, 5), min(chance.randint(0, 4), stock)
        stock += issued - repealed
    drawn[f"{row}.issued_count"] = Decimal(issued)
    drawn[f"{row}.repealed_count"] = Decimal(repealed)
    drawn[f"{row}.in_force_count"] = Decimal(stock)


def _items(drawn: Figures, before: Figures) -> None:
    """X3: the stock at the start of a year is the one before it with its change."""
    for cell in [c for c in drawn if c.endswith(".prior_year_item_count")]:
        change = cell.replace("prior_year_item_count", "item_change")
        drawn[cell] = before[cell] + before[change]


def broken(drawn: Figures, seed: int, agency: int, year: int) -> tuple[tuple[str, str], ...]:
    """Break an identity on purpose in one report of forty; says which ones do not hold now."""
    chance = dice(f"{seed}/{agency}/broken {year}")
    if "t3.new_received.total" not in drawn or chance.randrange(ONE_IN):
        return ()
    drawn["t3.new_received.total"] += 1
    return (("T3-A", "t3.processed_total.total"), ("T3-C", "t3.new_received"))


def corrected(drawn: Figures, revision: int) -> Figures:
    """The figures after so many corrections: one applicant more each time, told and answered."""
    if not revision:
        return drawn
    changed = dict(drawn)
    if "t3.granted.total" not in changed:
        return _corrected_2014(changed, revision)
    for row in ("new_received", "granted", "processed_total"):
        for column in ("natural_person", "total"):
            changed[f"t3.{row}.{column}"] += revision
    return changed


def _corrected_2014(changed: Figures, revision: int) -> Figures:
    changed["s14.complaints.count"] += revision
    return changed
