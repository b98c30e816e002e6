"""Every check on one report."""

from __future__ import annotations

from dataclasses import replace

from pipeline.check.identities import check_identities
from pipeline.check.years import check_years
from pipeline.model import Report


def check(report: Report) -> Report:
    """The report with the findings of all checks behind those of the reading."""
    figures = {figure.id: figure for figure in report.figures}
    found = (
        *check_identities(report.forms, figures),
        *check_years(report.report_year, report.sections),
    )
    return replace(report, findings=(*report.findings, *found))
