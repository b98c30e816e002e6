"""Every check on one report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.check.identities import check_identities
from pipeline.check.plausibility import (
    check_amounts,
    check_forms,
    check_regulations,
    check_zeros,
)
from pipeline.check.prose import check_problems, check_requests
from pipeline.check.years import check_years
from pipeline.model import Finding, Report


def _identities(report: Report) -> Iterator[Finding]:
    return check_identities(report.forms, {figure.id: figure for figure in report.figures})


def _years(report: Report) -> Iterator[Finding]:
    return check_years(report.report_year, report.sections)


CHECKS: tuple[Callable[[Report], Iterator[Finding]], ...] = (
    _identities,
    _years,
    check_forms,
    check_regulations,
    check_amounts,
    check_zeros,
    check_requests,
    check_problems,
)
"""In the order of their findings; what each can say stands in `findings.toml`."""


def check(report: Report) -> Report:
    """The report with the findings of all checks behind those of the reading."""
    found = (finding for each in CHECKS for finding in each(report))
    return replace(report, findings=(*report.findings, *found))
