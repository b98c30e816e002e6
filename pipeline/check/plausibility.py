"""Figures that add up and still can hardly be: wrong office, wrong unit, nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import filterfalse

from pipeline.check.evidence import Evidence
from pipeline.check.identities import NOTHING_PRINTED
from pipeline.check.offices import Rank, may_make_regulations, rank
from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.model import CellState, Figure, Finding

MOST_PER_PURCHASE = {
    Rank.TOWNSHIP: Decimal(3_000),
    Rank.COUNTY: Decimal(100_000),
    Rank.ABOVE: Decimal(100_000),
}
"""万元: thirty million yuan for a township, a milliard for others. A township's single purchase of
8040 yuan was printed as if it were 万元; real purchases of townships stay below ten million."""

MOST_FEES = {
    Rank.TOWNSHIP: Decimal(1_000),
    Rank.COUNTY: Decimal(100_000),
    Rank.ABOVE: Decimal(5_000_000),
}
"""万元: a township charges hardly any fee; a county of a million people takes some hundred million
yuan a year, the largest provinces some tens of milliards with their tolls."""

AMOUNT = "t2.centralized_procurement.total_amount_10k_cny"
PROJECTS = "t2.centralized_procurement.project_count"
FEES = "t2.administrative_fees.fee_amount_10k_cny"

REGULATIONS = "t2.regulations."

ITEMS = ("decisions_count", "prior_year_item_count", "item_change")

TABLE_NAMES = {"t2": "表二", "t3": "表三", "t4": "表四", "s14": "统计表"}

FILLED = frozenset({"t3", "t4"})
"""Of which an agency fills in every cell or leaves many; in table 二 a blank is often meant."""

FEW_BLANKS = 3
"""Cells; more of them are a way to write zeros."""

ONE = "一"
NUMERALS = frozenset("二三四五六七八九十百")
"""Where figures are written so, 一 stands for 1, and alone it is what many type for a dash."""

ENOUGH_CELLS = 150
"""Reported cells of a whole report; fewer zeros are no report of zeros."""


def check_regulations(evidence: Evidence) -> Iterator[Finding]:
    """规章 reported by an office that cannot make any."""
    form, agency = evidence.report.forms.get("t2"), evidence.report.agency
    cells = (cell for cell in _cells(form, "t2") if cell.startswith(REGULATIONS))
    made = {cell: value for cell in cells if (value := evidence.values.get(cell))}
    if not made or not agency or may_make_regulations(agency):
        return
    for cell, value in made.items():
        yield finding("regulations_implausible", cell, agency=agency, value=value)


def check_amounts(evidence: Evidence) -> Iterator[Finding]:
    """Purchases and fees whose size says that the amount is in 元, not in 万元."""
    agency = evidence.report.agency or ""
    amount, projects = evidence.values.get(AMOUNT), evidence.values.get(PROJECTS)
    if amount is not None and projects is not None:
        values = {"amount": amount, "projects": projects}
        limit = MOST_PER_PURCHASE[rank(agency)]
        if projects > 0 and amount / projects > limit:
            yield finding("amount_implausible", AMOUNT, **values, limit=limit)
        if (projects > 0) != (amount > 0):
            yield finding("purchases_without_amount", AMOUNT, **values)
    fees, most = evidence.values.get(FEES), MOST_FEES[rank(agency)]
    if fees is not None and fees > most:
        yield finding("fee_implausible", FEES, agency=agency or "-", amount=fees, limit=most)


def check_decisions(evidence: Evidence) -> Iterator[Finding]:
    """Decisions of a kind of which the agency has no item (form of 2019)."""
    values = evidence.values
    for where, label in _rows_of_items(evidence.report.forms.get("t2")):
        decisions, prior, change = (values.get(f"{where}.{column}") for column in ITEMS)
        if decisions and prior is not None and change is not None and prior + change == 0:
            at = f"{where}.{ITEMS[0]}"
            yield finding("decisions_without_items", at, row=label, decisions=decisions)


def check_totals(evidence: Evidence) -> Iterator[Finding]:
    """A table that leaves its column of totals empty."""
    for table, totals in evidence.empty.items():
        yield finding("totals_blank", table, count=len(totals))


def check_zeros(evidence: Evidence) -> Iterator[Finding]:
    """A report in which every single figure is 0: possible, and often a form left empty."""
    reported = evidence.values.values()
    if len(reported) >= ENOUGH_CELLS and not any(reported):
        yield finding("all_zero", "page", count=len(reported))


def check_blanks(evidence: Evidence) -> Iterator[Finding]:
    """Tables and cells without a number: a blank is no zero, and 一 may be no dash."""
    for table, form in evidence.report.forms.items():
        cells = _cells(form, table)
        lacking = [*filterfalse(evidence.values.__contains__, cells)]
        if not lacking:
            continue
        if len(lacking) < len(cells):
            yield from _blanks_alone(table, len(cells), [evidence.figures[c] for c in lacking])
        elif all(evidence.figures[cell].state in NOTHING_PRINTED for cell in cells):
            yield finding("table_blank", table, table=TABLE_NAMES[table], count=len(cells))


def _blanks_alone(table: str, count: int, lacking: list[Figure]) -> Iterator[Finding]:
    """The few cells left blank of a table that fills in all others, and each 一 among numerals."""
    blank = [figure for figure in lacking if figure.state is CellState.BLANK and not figure.raw]
    if table in FILLED and len(blank) == len(lacking) <= FEW_BLANKS:
        for figure in blank:
            yield finding("blank_alone", figure.id, count=count - len(lacking))
    if any(figure.raw and set(figure.raw) <= NUMERALS for figure in lacking):
        for figure in lacking:
            if figure.state is CellState.DASH and figure.raw == ONE:
                yield finding("dash_may_be_one", figure.id, raw=ONE)


@cache
def _cells(form: str | None, table: str) -> tuple[str, ...]:
    return load_forms()[form].tables[table].cell_ids() if form else ()


@cache
def _rows_of_items(form: str | None) -> tuple[tuple[str, str], ...]:
    """The rows of table 二 that count decisions on a number of items, with their labels."""
    return tuple(
        (f"t2.{row.id}", row.label)
        for block in (load_forms()[form].tables["t2"].blocks if form else ())
        if {*ITEMS} <= {column.id for column in block.columns}
        for row in block.rows
    )
