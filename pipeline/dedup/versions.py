"""Captured reports -> versions: which captures show the same report, and in which wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.dedup.changes import changed_cells, changed_facts
from pipeline.dedup.plan import Planned, Wording, age, identified, plan, see
from pipeline.findings import finding
from pipeline.model import Capture, CapturedReport, Report
from pipeline.versions import Version, VersionKind


def group(reports: Iterable[CapturedReport], captures: Iterable[Capture] = ()) -> Iterator[Version]:
    """`plan` and `versions` in one go; `reports` is iterated twice.

    `captures` are further captures of the same pages: one with the URL and bytes of a report's
    capture shows the same version.
    """
    return versions(plan(identified(map(see, reports)), captures), reports)


def versions(planned: Iterable[Planned], reports: Iterable[CapturedReport]) -> Iterator[Version]:
    """Versions as planned, those of one report one after another; nothing is deleted.

    The current version of a key is, among those seen in its latest crawl, the one that appeared
    last: a correction beats the copy that a mirror still shows, and a correction that was withdrawn
    gives way to what stands there now. A wording that agrees with the others in neither figures nor
    words is another report under the same name: never current. Of the reports, read here a second
    time, only those of keys with several wordings are held.
    """
    waiting = {w.first.id: each for each in planned for w in each.wordings}
    held: dict[int, Report] = {}
    for item in reports:
        each = waiting.get(item.capture.id)
        if each is None:
            continue
        held[item.capture.id] = item.report
        if all(wording.first.id in held for wording in each.wordings):
            yield from _versions(each, held)
            for wording in each.wordings:
                del held[wording.first.id], waiting[wording.first.id]


def _versions(planned: Planned, reports: Mapping[int, Report]) -> Iterator[Version]:
    own = [w for w in planned.wordings if w.prints not in planned.others]
    latest = max((c for w in own for c in w.captures), key=age).crawl
    current = [w for w in own if any(c.crawl == latest for c in w.captures)][-1]
    before: Wording | None = None
    for wording in planned.wordings:
        if wording not in own:
            yield _other(planned, wording, reports[wording.first.id], own[0])
            continue
        first = Version(
            planned.agency,
            *planned.key[1:],
            *wording.prints,
            kind=VersionKind.FIRST,
            is_current=wording is current,
            captures=wording.captures,
            report=reports[wording.first.id],
        )
        yield _since(first, before, wording, reports[before.first.id]) if before else first
        before = wording


def _since(version: Version, before: Wording, now: Wording, was: Report) -> Version:
    """The version as what it is to the one before it."""
    cells, facts = changed_cells(was, version.report), changed_facts(was, version.report)
    corrects = before.prints[0] != now.prints[0] or facts
    return replace(
        version,
        kind=VersionKind.CORRECTION if corrects else VersionKind.REPUBLICATION,
        changes=cells,
        stated=facts,
        changed_after=_last_seen(before, now),
    )


def _other(planned: Planned, wording: Wording, report: Report, own: Wording) -> Version:
    found = finding("another_report", "page", url=own.first.url)
    return Version(
        planned.agency,
        *planned.key[1:],
        *wording.prints,
        kind=VersionKind.OTHER,
        is_current=False,
        captures=wording.captures,
        report=replace(report, findings=(*report.findings, found)),
    )


def _last_seen(before: Wording, now: Wording) -> datetime:
    """A mirror may show the old wording long after: only what was seen earlier counts."""
    appeared = age(now.captures[0])
    return max(c.fetched_at for c in before.captures if age(c) < appeared)
