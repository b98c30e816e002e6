"""A report gets its agency's id, and what a reader should know about the name that it bears."""

from __future__ import annotations

from dataclasses import replace

from pipeline.agencies.book import AgencyBook
from pipeline.agencies.codes import SITE_CODE, division_of_site
from pipeline.agencies.resolve import Asked, resolve
from pipeline.model import Report

WITHOUT_PLACE = "agency_without_place"


def settle_agency(report: Report, book: AgencyBook, division: str | None) -> Report:
    """The report with `agency_id` and the findings of the search; its name stays as read.

    An office of nowhere gets no id: which 应急管理局 of the country it is, is not known.

    Args:
        report: as read.
        book: the agencies known.
        division: of the report column that lists the page.
    """
    if report.agency is None or any(f.code == WITHOUT_PLACE for f in report.findings):
        return report
    near = division or division_of_site(site_code(report))
    asked = Asked(report.agency, report.report_year, near, report.fields.index_number)
    found = resolve(asked, book)
    findings = (*report.findings, *found.findings)
    return replace(report, agency_id=found.agency.id, agency_by=found.evidence, findings=findings)


def site_code(report: Report) -> str | None:
    """The 网站标识码 of the page's meta tags; None where it is a placeholder or not there."""
    code = dict(report.fields.meta).get("SiteIDCode", "").strip()
    return code if SITE_CODE.fullmatch(code) else None
