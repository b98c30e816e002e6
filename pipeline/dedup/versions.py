"""Captured reports -> versions: which captures show the same report, and in which wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.dedup.changes import changed_cells
from pipeline.dedup.fingerprint import figures_fingerprint, prose_fingerprint
from pipeline.model import Capture, CapturedReport, Scope, Version, VersionKind

Key = tuple[str, int, Scope]
"""Agency, report year, scope: what makes two captures captures of one report."""

Prints = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Wording:
    """A figures and a prose fingerprint with the captures that show them, oldest first."""

    prints: Prints
    first: CapturedReport
    captures: tuple[Capture, ...]


def unidentified(reports: Iterable[CapturedReport]) -> list[CapturedReport]:
    """Reports without agency or year: they have no key and cannot become versions."""
    return [each for each in reports if _key(each) is None]


def group(
    reports: Iterable[CapturedReport], captures: Iterable[Capture] = ()
) -> tuple[Version, ...]:
    """Versions by key, in the order they were first seen; nothing is deleted.

    `captures` are further captures of the same pages: one with the URL and bytes of a report's
    capture shows the same version. The current version of a key is, among those seen in its latest
    crawl, the one that appeared last: a correction beats the copy that a mirror still shows, and a
    correction that was withdrawn gives way to what stands there now.
    """
    seen = defaultdict(list)
    for capture in captures:
        seen[capture.url, capture.digest].append(capture)
    by_key: dict[Key, dict[Prints, list[CapturedReport]]] = defaultdict(lambda: defaultdict(list))
    for each in sorted(reports, key=lambda each: _age(each.capture)):
        key = _key(each)
        if key is not None:
            prints = figures_fingerprint(each.report), prose_fingerprint(each.report)
            by_key[key][prints].append(each)
    return tuple(
        version
        for key, wordings in by_key.items()
        for version in _versions(key, [_wording(p, rs, seen) for p, rs in wordings.items()])
    )


def _key(each: CapturedReport) -> Key | None:
    report = each.report
    if report.agency is None or report.report_year is None:
        return None
    return report.agency, report.report_year, report.scope


def _age(capture: Capture) -> tuple[object, int]:
    return capture.fetched_at, capture.id


def _wording(
    prints: Prints,
    reports: Sequence[CapturedReport],
    seen: dict[tuple[str, str], list[Capture]],
) -> _Wording:
    own = {each.capture.id: each.capture for each in reports}
    for each in reports:
        own.update((c.id, c) for c in seen.get((each.capture.url, each.capture.digest), []))
    return _Wording(prints, reports[0], tuple(sorted(own.values(), key=_age)))


def _versions(key: Key, wordings: Sequence[_Wording]) -> list[Version]:
    ordered = sorted(wordings, key=lambda wording: _age(wording.captures[0]))
    latest = max((c for w in ordered for c in w.captures), key=_age).crawl
    standing = [w for w in ordered if any(c.crawl == latest for c in w.captures)]
    before: _Wording | None = None
    versions = []
    for wording in ordered:
        kind = _kind(before, wording)
        corrected = before if kind is VersionKind.CORRECTION else None
        report = wording.first.report
        versions.append(
            Version(
                *key,
                *wording.prints,
                kind=kind,
                is_current=wording is standing[-1],
                captures=wording.captures,
                report=report,
                changes=changed_cells(corrected.first.report, report) if corrected else (),
                changed_after=_last_seen(before, wording) if before else None,
            )
        )
        before = wording
    return versions


def _kind(before: _Wording | None, now: _Wording) -> VersionKind:
    if before is None:
        return VersionKind.FIRST
    same_figures = before.prints[0] == now.prints[0]
    return VersionKind.REPUBLICATION if same_figures else VersionKind.CORRECTION


def _last_seen(before: _Wording, now: _Wording) -> datetime:
    """A mirror may show the old wording long after: only what was seen earlier counts."""
    appeared = _age(now.captures[0])
    return max(c.fetched_at for c in before.captures if _age(c) < appeared)
