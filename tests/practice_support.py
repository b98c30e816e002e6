"""The reports of the practice sites, their pages as text, and what is read from them."""

from __future__ import annotations

from functools import cache
from typing import Any

from crawlers.practice.library import load_site, load_sites
from crawlers.practice.model import PracticeReport
from crawlers.practice.render import render_report
from crawlers.practice.truth import truth
from pipeline.model import Claim, Report
from pipeline.read import read_page

REPORTS = [(site.id, report.report_year) for site in load_sites() for report in site.reports]


def cells(report: PracticeReport) -> dict[str, Any]:
    """What the report prints, cell by cell."""
    found = truth(report)["cells"]
    assert isinstance(found, dict)
    return found


@cache
def rendered(column: str, year: int) -> str:
    """A report page as text, decoded by trial and not by its label."""
    site = load_site(column)
    body = render_report(site.report(year), site)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030")


@cache
def read(column: str, year: int) -> Report:
    """A report page read as one that is linked under its agency and year."""
    site = load_site(column)
    return read_page(render_report(site.report(year), site), claim=Claim(site.agency, year))
