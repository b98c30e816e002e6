"""Whether prose, dates and forms are of the year that the report is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.check.evidence import QUOTED, Evidence
from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.model import Finding
from pipeline.parse.dates import read_date

COUNTED = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年度?(?:我.|本.{1,4}|共|全年|累计)?"
    r"(?:主动公开|公开发布|发布|收到|受理)[^，；]{0,20}?\d{1,9}\s{0,3}[条件篇份起]"
)
"""A year right before what was disclosed or received, with its count: no plan, no document."""

ANNOUNCED = re.compile(
    r"(?:现将|现就|特向社会公[布开]|现向社会公[布开]|编制(?:了|的|并公布)?|本报告[是为]?)"
    r"[^。；]{0,30}?(?<!\d)(?P<year>20\d\d)年度?"
    r"(?:的)?(?:政府|政务)信息公开(?:工作)?(?:情况|年度报告|年报)"
)
"""The sentence that says what is reported: 现将2021年政府信息公开工作情况报告如下."""

QUOTATION = re.compile("《[^《》]{0,80}》")
"""Titles of documents carry years of their own."""

SENTENCE_END = re.compile("[。\n]")

FIRST_OF_2021 = 2021
OLDER_NOTICE = re.compile(r"国办公开办函[〔\[（(【]2019[〕\]）)】]60号")
NEWER_NOTICE = re.compile(r"国办公开办函[〔\[（(【]2021[〕\]）)】]30号")

FIRST_MONTH_OF_WRITING = 12
"""Some agencies write their report in the last weeks of the year itself."""


def check_years(evidence: Evidence) -> Iterator[Finding]:
    """Sentences that speak of another year where this one belongs, left over from a copy."""
    year = evidence.report.report_year
    if year is None:
        return
    for section, text in evidence.prose:
        for sentence in SENTENCE_END.split(text) if "20" in text else ():
            if "20" not in sentence:
                continue
            plain = QUOTATION.sub("", sentence)
            match = COUNTED.search(plain) or ANNOUNCED.search(plain)
            if match and int(match["year"]) != year:
                values = {"printed": match["year"], "sentence": sentence.strip()[:QUOTED]}
                yield finding("year_in_body_differs", f"section.{section}", year=year, **values)


def check_dates(evidence: Evidence) -> Iterator[Finding]:
    """A report that was signed or published before its year was over."""
    report = evidence.report
    if report.report_year is None:
        return
    earliest = date(report.report_year, FIRST_MONTH_OF_WRITING, 1)
    closing = next((text for section, text in evidence.prose if section == "closing"), None)
    signed = read_date(closing)
    if signed and signed < earliest:
        yield _too_early("section.closing", "落款日期", "signature's date", signed, earliest)
    if report.published_on and report.published_on < earliest:
        at = report.published_on
        yield _too_early("page", "发布日期", "date of publication", at, earliest)


def _too_early(where: str, what: str, what_en: str, at: date, earliest: date) -> Finding:
    values = {"what": what, "what_en": what_en, "printed": at.isoformat()}
    return finding("date_too_early", where, year=earliest.year, **values)


def check_forms(evidence: Evidence) -> Iterator[Finding]:
    """A table on a form that was not, or no longer, in force for the report year."""
    report = evidence.report
    for table, code in report.forms.items():
        form = load_forms().get(code or "")
        if form is None or report.report_year is None or table == "t4":
            continue
        if not form.is_for(report.report_year):
            values = {"form": form.code, "year": report.report_year, "source": form.source}
            yield finding("form_outdated", table, **values)


def check_notice(evidence: Evidence) -> Iterator[Finding]:
    """The notice of the older form cited as the rule for a later year."""
    year = evidence.report.report_year
    if year is None or year < FIRST_OF_2021:
        return
    if any(NEWER_NOTICE.search(text) for _, text in evidence.prose):
        return
    for section, text in evidence.prose:
        for sentence in SENTENCE_END.split(text) if OLDER_NOTICE.search(text) else ():
            if OLDER_NOTICE.search(sentence):
                values = {"year": year, "sentence": sentence.strip()[:QUOTED]}
                yield finding("notice_outdated", f"section.{section}", **values)
                return
