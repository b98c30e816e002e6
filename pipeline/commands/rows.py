"""One line per document, report or version, as a person wants to see it in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pipeline.model import CapturedDocument, CapturedReport, Report, Severity, Table
from pipeline.versions import Version

Row = Mapping[str, str | float | None]
"""A line of a table: heading -> value; null is shown as an empty cell."""

SHOWN_FIGURES = {
    "新收": "t3.new_received.total",
    "结转": "t3.carried_in.total",
    "予以公开": "t3.granted.total",
    "总计": "t3.processed_total.total",
    "结转下年": "t3.carried_out.total",
    "复议": "t4.reconsideration.total",
    "诉讼": "t4.litigation_direct.total",
}
"""Heading -> cell id: the totals by which a reader recognises a report."""


def document_row(item: CapturedDocument) -> Row:
    """What extraction made of a page."""
    document = item.document
    return {
        "column": item.capture.column,
        "title": document.fields.titles[0] if document.fields.titles else None,
        "tables": sum(isinstance(block, Table) for block in document.blocks),
        "blocks": len(document.blocks),
        "copies": document.body_copies,
        "charset": document.charset,
        "url": item.capture.url,
    }


def report_row(item: CapturedReport) -> Row:
    """Who reports, the best known figures as printed, and how many findings."""
    report = item.report
    printed = {figure.id: figure.raw for figure in report.figures}
    weights = Counter(finding.severity for finding in report.findings)
    return {
        "agency": report.agency or item.capture.column,
        "year": report.report_year,
        "form": _forms(report),
        "errors": weights[Severity.ERROR],
        "warnings": weights[Severity.WARNING],
        **{heading: printed.get(cell) for heading, cell in SHOWN_FIGURES.items()},
        "figures": sum(figure.value is not None for figure in report.figures),
        "facts": len(report.facts),
    }


def finding_rows(item: CapturedReport, severity: Severity) -> list[Row]:
    """The findings of one weight, each with its sentence in both languages."""
    return [
        {
            "agency": item.report.agency or item.capture.column,
            "where": f"{item.report.report_year} {finding.where}",
            "finding": f"{finding.message_zh} {finding.message_en}",
        }
        for finding in item.report.findings
        if finding.severity is severity
    ]


def version_row(version: Version) -> Row:
    """Which wording of which report, and how often it was seen."""
    return {
        "agency": version.agency,
        "year": version.report_year,
        "scope": version.scope.value,
        "kind": version.kind.value,
        "current": "yes" if version.is_current else None,
        "captures": len(version.captures),
        "figures": sum(figure.value is not None for figure in version.report.figures),
        "first seen": version.captures[0].fetched_at.isoformat(timespec="seconds"),
    }


def _forms(report: Report) -> str | None:
    """`2021`, or `t2 2021, t3 2019` where the tables follow different forms."""
    printed = {table: form for table, form in report.forms.items() if form}
    if len(set(printed.values())) <= 1:
        return next(iter(printed.values()), None)
    return ", ".join(f"{table} {form}" for table, form in printed.items())
