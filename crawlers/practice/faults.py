"""What can be wrong with a site, by name: `SITE_FAULTS` of its data, `ANSWER_FAULTS` of answers.

A new fault is one function in one of the two tables. `down` is in neither: nobody answers then, so
the server itself does not listen.
"""

from __future__ import annotations

import inspect
import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from crawlers.practice.exchange import Answer
from crawlers.practice.model import PracticeError, PracticeReport, Site

DOWN = "down"

TOUCHED_AFTER = timedelta(days=30)
"""A changed page is that much younger than its publication, in Last-Modified only."""

Faults = Mapping[str, Mapping[str, object]]
"""Fault name -> its options, for one site."""


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


def http_500(answer: Answer, *, path: str = "") -> Answer:
    """A server error in place of the page."""
    return replace(answer, status=500, body=b"<html><body>Server Error</body></html>", headers={})


def slow(answer: Answer, *, path: str = "", seconds: float = 1.0) -> Answer:
    """The answer comes late."""
    time.sleep(seconds)
    return answer


SITE_FAULTS: dict[str, Callable[..., Site]] = {
    function.__name__: function
    for function in (empty_list, robots_disallow_all, correct, reword, click_counter)
}
ANSWER_FAULTS: dict[str, Callable[..., Answer]] = {
    function.__name__: function for function in (http_500, slow)
}


def check_faults(faults: Faults) -> None:
    """Refuse a fault that nobody wrote, and options that it does not take."""
    known: dict[str, Callable[..., object]] = {DOWN: _down, **SITE_FAULTS, **ANSWER_FAULTS}
    for name, options in faults.items():
        if name not in known:
            raise PracticeError(f"no fault {name!r}; there are: {', '.join(sorted(known))}")
        try:
            inspect.signature(known[name]).bind(None, **options)
        except TypeError as error:
            raise PracticeError(f"fault {name}: {error}") from error


def _down(site: Site) -> Site:
    return site


def faulty_site(site: Site, faults: Faults) -> Site:
    """The site with its data faults applied."""
    for name, options in faults.items():
        if name in SITE_FAULTS:
            site = SITE_FAULTS[name](site, **options)
    return site


def faulty_answer(answer: Answer, faults: Faults, path: str) -> Answer:
    """The answer with its faults applied to pages whose path begins with the option `path`.

    robots.txt is spared unless asked for: a site that fails there is a different story.
    """
    for name, options in faults.items():
        wanted = str(options.get("path", "/"))
        if name not in ANSWER_FAULTS or not path.startswith(wanted):
            continue
        if path == "/robots.txt" and wanted != path:
            continue
        answer = ANSWER_FAULTS[name](answer, **options)
    return answer
