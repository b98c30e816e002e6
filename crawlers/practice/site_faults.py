"""What can be wrong with the data of a hand-written site: `SITE_FAULTS`."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from crawlers.practice.model import PracticeReport, Site

TOUCHED_AFTER = timedelta(days=30)
"""A changed page is that much younger than its publication, in Last-Modified only."""


def empty_list(site: Site) -> Site:
    """The column is there and lists nothing."""
    return replace(site, entries=())


def robots_disallow_all(site: Site) -> Site:
    """robots.txt shuts everybody out."""
    return replace(site, robots="User-agent: *\nDisallow: /\n")


def correct(site: Site, *, year: int, cell: str, value: int) -> Site:
    """One figure of a published report is another one from now on, at the same address."""

    def corrected(report: PracticeReport) -> PracticeReport:
        figures = {**report.figures, cell: Decimal(value)}
        return replace(report, figures=figures, changed=report.published + TOUCHED_AFTER)

    return _with_report(site, year, corrected)


def reword(site: Site, *, year: int, old: str, new: str) -> Site:
    """Prose changes and no figure does: a republication."""

    def reworded(report: PracticeReport) -> PracticeReport:
        sections = tuple(
            replace(s, blocks=tuple(text.replace(old, new) for text in s.blocks))
            for s in report.sections
        )
        return replace(report, sections=sections, changed=report.published + TOUCHED_AFTER)

    return _with_report(site, year, reworded)


def _with_report(site: Site, year: int, change: Callable[[PracticeReport], PracticeReport]) -> Site:
    wanted = site.report(year)
    entries = tuple(change(wanted) if e is wanted else e for e in site.entries)
    return replace(site, entries=entries)


_hits = itertools.count(1)


def click_counter(site: Site) -> Site:
    """The counter of visits in every page shows another number at every request."""
    return replace(site, hits=next(_hits))


SITE_FAULTS: dict[str, Callable[..., Site]] = {
    function.__name__: function
    for function in (empty_list, robots_disallow_all, correct, reword, click_counter)
}
