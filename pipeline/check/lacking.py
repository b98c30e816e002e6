"""What the law asks for and the prose does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.evidence import Evidence
from pipeline.findings import finding
from pipeline.forms.sections import is_older
from pipeline.model import Finding, Scope

REQUIRED_TEXT = frozenset({"overview", "problems"})
"""Sections that hold no table: without prose they hold nothing."""

NOTHING_SAID = re.compile(r"[\W_]*(?:无|没有|暂无|略)?[\W_]*")
"""A bare heading, or 无 where the law asks for problems and improvements (条例第五十条)."""

FEE_YEAR = 2021
"""《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号) is in force since 2021."""

FEE = re.compile("处理费|收费|收取|费用")
APPRAISAL = re.compile("考核|评议|责任追究|问责|追责|评估")


def check_sections(evidence: Evidence) -> Iterator[Finding]:
    """Sections of prose without prose."""
    for section in evidence.report.sections:
        if section.id in REQUIRED_TEXT and NOTHING_SAID.fullmatch(section.text):
            yield finding("section_empty", f"section.{section.id}", label=section.heading)


def check_fee_said(evidence: Evidence) -> Iterator[Finding]:
    """Whether the fee for handling information was charged; a page in parts says nothing here."""
    year = evidence.report.report_year
    if year is None or year < FEE_YEAR or not _has(evidence, "other_matters"):
        return
    if not any(FEE.search(text) for section, text in evidence.prose if section != "applications"):
        yield finding("fee_not_mentioned", "section.other_matters")


def check_accountability_said(evidence: Evidence) -> Iterator[Finding]:
    """Evaluation, appraisal and accountability, which governments report."""
    report = evidence.report
    if report.scope is not Scope.REGION or is_older(report.report_year):
        return
    if _has(evidence, "problems") and not any(APPRAISAL.search(t) for _, t in evidence.prose):
        yield finding("accountability_not_mentioned", "section.problems")


def _has(evidence: Evidence, id_: str) -> bool:
    return any(section == id_ for section, _ in evidence.prose)
