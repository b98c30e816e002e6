"""Amendments laid over a report, or refused where the page no longer prints what they amend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.amendments.load import load_amendments
from pipeline.extract.text import squeeze
from pipeline.findings import finding
from pipeline.model import Amendment, Figure, Finding, Report, Severity


def amendments_of(report: Report) -> tuple[Amendment, ...]:
    """The amendments of the report's agency and year, of whatever wording."""
    if report.agency is None or report.report_year is None:
        return ()
    return load_amendments().get((report.agency, report.report_year), ())


def lay_over(report: Report, known: Iterable[Amendment], digest: str) -> Report:
    """The report with those of its amendments that apply, and a finding about each.

    The figures stay as printed. An amendment that names another page body is about another wording
    and passed over; one whose printed figure is not what stands there is refused: somebody has to
    look at it again.

    Args:
        report: checked.
        known: amendments of its agency and year.
        digest: `sha256:<hex>` of the page's body.
    """
    figures = {figure.id: figure for figure in report.figures}
    own = [each for each in known if digest.startswith(each.digest or "")]
    fitting = tuple(each for each in own if _fits(each, figures))
    findings = (*report.findings, *(_finding(each, figures, each in fitting) for each in own))
    refused = {each.cell: Severity.ERROR for each in own if each not in fitting}
    doubts = {**report.doubts, **refused}
    return replace(report, amended=fitting, findings=findings, doubts=doubts)


def _fits(amendment: Amendment, figures: Mapping[str, Figure]) -> bool:
    figure = figures.get(amendment.cell)
    return figure is not None and squeeze(figure.raw or "") == squeeze(amendment.printed)


def _finding(amendment: Amendment, figures: Mapping[str, Figure], fits: bool) -> Finding:
    if fits:
        values = {"value": amendment.value, "reason": amendment.reason}
        return finding("figure_amended", amendment.cell, printed=amendment.printed, **values)
    figure = figures.get(amendment.cell)
    stands = figure.raw if figure and figure.raw is not None else "-"
    values = {"printed": amendment.printed, "value": amendment.value}
    return finding("amendment_refused", amendment.cell, stands=squeeze(stands), **values)
