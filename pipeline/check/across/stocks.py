"""What one year hands on to the next: open applications, documents in force, items, open cases.

`forms.md` calls them X1, X2 and X3; they hold between two reports of one agency and scope about
two years that follow each other. Cells that either page does not print as a number say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.model import CellState, Finding, Report

Values = Mapping[str, Decimal]

APPLICANTS = tuple(column.id for column in load_forms()["2021"].tables["t3"].blocks[0].columns)
DOCUMENTS = ("regulations", "normative_documents")
ITEMS = tuple(
    row.id
    for block in load_forms()["2019"].tables["t2"].blocks
    if any(column.id == "prior_year_item_count" for column in block.columns)
    for row in block.rows
)
DISPUTES = tuple(block.rows[0].id for block in load_forms()["2021"].tables["t4"].blocks)


@dataclass(frozen=True, slots=True)
class Years:
    """The printed numbers of two years that follow each other."""

    before: Values
    after: Values
    year: int
    """Of the later report."""


def check_stocks(before: Report, after: Report) -> Iterator[Finding]:
    """Every figure of the later report that the earlier one foretells otherwise."""
    if before.report_year is None or after.report_year != before.report_year + 1:
        return
    years = Years(_values(before), _values(after), after.report_year)
    yield from _open_applications(years)
    yield from _in_force(years)
    yield from _items(years)
    yield from _open_cases(years)


def _values(report: Report) -> Values:
    return {
        f.id: f.value
        for f in report.figures
        if f.state is CellState.REPORTED and f.value is not None
    }


def _open_applications(years: Years) -> Iterator[Finding]:
    """X1: 结转下年度继续办理 of a year = 上年结转 of the next, for each kind of applicant."""
    for column in APPLICANTS:
        out = years.before.get(f"t3.carried_out.{column}")
        here = f"t3.carried_in.{column}"
        if out is not None and here in years.after and years.after[here] != out:
            yield _finding("carried_in_differs", here, years, out)


def _in_force(years: Years) -> Iterator[Finding]:
    """X2: 现行有效 = 上年现行有效 + 本年制发 − 本年废止. Expiry and recounts break it lawfully."""
    for row in DOCUMENTS:
        here = f"t2.{row}.in_force_count"
        parts = (
            years.before.get(here),
            years.after.get(f"t2.{row}.issued_count"),
            years.after.get(f"t2.{row}.repealed_count"),
        )
        was, issued, repealed = parts
        if was is None or issued is None or repealed is None or here not in years.after:
            continue
        if years.after[here] != was + issued - repealed:
            yield finding(
                "in_force_differs",
                here,
                now=years.after[here],
                expected=was + issued - repealed,
                sum=f"{was} + {issued} − {repealed}",
                before_year=years.year - 1,
            )


def _items(years: Years) -> Iterator[Finding]:
    """X3: 上一年项目数量 of a year = 上一年项目数量 + 本年增/减 of the year before."""
    for row in ITEMS:
        here = f"t2.{row}.prior_year_item_count"
        was, change = years.before.get(here), years.before.get(f"t2.{row}.item_change")
        if was is None or change is None or here not in years.after:
            continue
        if years.after[here] != was + change:
            yield _finding("prior_items_differ", here, years, was + change)


def _open_cases(years: Years) -> Iterator[Finding]:
    """尚未审结 of a year cannot exceed all cases of the next, where those are counted with them."""
    for block in DISPUTES:
        pending = years.before.get(f"t4.{block}.pending")
        here = f"t4.{block}.total"
        if pending is not None and here in years.after and years.after[here] < pending:
            yield _finding("pending_cases_dropped", here, years, pending)


def _finding(code: str, where: str, years: Years, expected: Decimal) -> Finding:
    now = years.after[where]
    return finding(code, where, now=now, expected=expected, before_year=years.year - 1)
