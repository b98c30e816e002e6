"""Every check on one report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.check.copied import check_leftovers, check_paragraphs
from pipeline.check.doubts import doubts
from pipeline.check.evidence import Check, Evidence
from pipeline.check.identities import failures
from pipeline.check.lacking import check_accountability_said, check_fee_said, check_sections
from pipeline.check.names import check_body, check_signature
from pipeline.check.plausibility import (
    check_amounts,
    check_blanks,
    check_decisions,
    check_regulations,
    check_totals,
    check_zeros,
)
from pipeline.check.prose import check_prose
from pipeline.check.recompute import recompute
from pipeline.check.repeated import check_repeated
from pipeline.check.transposed import check_transposed
from pipeline.check.years import check_dates, check_forms, check_notice, check_years
from pipeline.model import Finding, Report, ReportKind


def _arithmetic(evidence: Evidence) -> Iterator[Finding]:
    failed = tuple(failures(evidence.sums))
    yield from failed
    yield from check_transposed(evidence, failed)


CHECKS: tuple[Check, ...] = (
    check_totals,
    _arithmetic,
    check_regulations,
    check_amounts,
    check_decisions,
    check_zeros,
    check_blanks,
    check_repeated,
    check_sections,
    check_fee_said,
    check_accountability_said,
    check_prose,
    check_years,
    check_dates,
    check_signature,
    check_body,
    check_forms,
    check_notice,
    check_paragraphs,
    check_leftovers,
)
"""In the order of their findings. What each can say, and pages that show it, stand in
`checks.toml`; those that are listed there and not made here are made while a page is read."""


def check(report: Report) -> Report:
    """The report with the findings of all checks behind those of the reading.

    Beside the figures stands what the sums of the form give for them, and which are doubtful. A
    paper that is no report is not checked as one.
    """
    if report.kind is ReportKind.OTHER:
        return report
    evidence = Evidence.of(report)
    found = (finding for each in CHECKS for finding in each(evidence))
    findings = (*report.findings, *found)
    recomputed = recompute(evidence.sums, evidence.figures, evidence.values.keys())
    doubtful = doubts(findings, evidence.figures, evidence.sums)
    return replace(report, findings=findings, recomputed=recomputed, doubts=doubtful)
