"""Figures that add up and still cannot be: wrong form for the year, wrong office, wrong unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.model import CellState, Finding, Report

BELOW_CITY = re.compile("(?<!自治)区|县|镇|乡|街道|旗|苏木")
"""规章 are made by departments of the State Council, provinces and 设区的市 (《立法法》): a county,
a district or a township has none."""

MOST_PER_PROJECT = Decimal(100_000)
"""万元: a milliard yuan for one purchase. Above, the amount was most likely meant in 元."""

AMOUNT = "t2.centralized_procurement.total_amount_10k_cny"
PROJECTS = "t2.centralized_procurement.project_count"

ENOUGH_CELLS = 150
"""Reported cells of a whole report; fewer zeros are no report of zeros."""


def check_forms(report: Report) -> Iterator[Finding]:
    """A table on a form that was not, or no longer, in force for the report year."""
    for table, code in report.forms.items():
        form = load_forms().get(code or "")
        if form is None or report.report_year is None or table == "t4":
            continue
        if not form.is_for(report.report_year):
            values = {"form": form.code, "year": report.report_year, "source": form.source}
            yield finding("form_outdated", table, **values)


def check_regulations(report: Report) -> Iterator[Finding]:
    """规章 reported by an office that cannot make any."""
    if report.agency and BELOW_CITY.search(report.agency):
        for figure in report.figures:
            if figure.id.startswith("t2.regulations.") and figure.value:
                yield finding(
                    "regulations_implausible", figure.id, agency=report.agency, value=figure.value
                )


def check_amounts(report: Report) -> Iterator[Finding]:
    """Purchases whose mean price says that the amount is in 元, not in 万元."""
    values = {f.id: f.value for f in report.figures if f.id in {AMOUNT, PROJECTS}}
    amount, projects = values.get(AMOUNT), values.get(PROJECTS)
    if amount and projects and projects > 0 and amount / projects > MOST_PER_PROJECT:
        yield finding("amount_implausible", AMOUNT, amount=amount, projects=projects)


def check_zeros(report: Report) -> Iterator[Finding]:
    """A report in which every single figure is 0: possible, and often a form left empty."""
    reported = [f.value for f in report.figures if f.state is CellState.REPORTED]
    if len(reported) >= ENOUGH_CELLS and not any(reported):
        yield finding("all_zero", "page", count=len(reported))
