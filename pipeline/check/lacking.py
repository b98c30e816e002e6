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

FIRST_WORD = re.compile(r"[^\W_]")
NONE = re.compile(r"(?:无|没有|暂无|略)[\W_]*")
"""All that is said where the law asks for problems and improvements (条例第五十条)."""

FEE_YEAR = 2021
"""《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号) is in force since 2021."""

WITH_TABLES = frozenset({"proactive_disclosure", "applications"})
"""Sections whose tables speak of fees: where they are printed in lines, as if the prose did."""

FEE = re.compile("处理费|收费|收取|费用")
APPRAISAL = re.compile("考核|评议|责任追究|问责|追责|评估")


def check_sections(evidence: Evidence) -> Iterator[Finding]:
    """Sections of prose without prose."""
    for section in evidence.report.sections:
        if section.id in REQUIRED_TEXT and _says_nothing(section.text):
            yield finding("section_empty", f"section.{section.id}", label=section.heading)


def _says_nothing(text: str) -> bool:
    first = FIRST_WORD.search(text)
    return first is None or NONE.fullmatch(text, first.start()) is not None


def check_fee_said(evidence: Evidence) -> Iterator[Finding]:
    """Whether the fee for handling information was charged; a page in parts says nothing here."""
    year = evidence.report.report_year
    if year is None or year < FEE_YEAR or not _has(evidence, "other_matters"):
        return
    said = (text for section, text in evidence.prose if section not in WITH_TABLES)
    if not any(map(FEE.search, said)):
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
