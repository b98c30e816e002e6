"""Which captures show which wording of which report, from sketches alone: no report is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.dedup.copies import CopyIndex
from pipeline.dedup.fingerprint import figures_fingerprint, prose_fingerprint
from pipeline.dedup.kin import families
from pipeline.dedup.sketch import Sketch, sketch
from pipeline.model import Capture, CapturedReport, Scope

Key = tuple[str, int, Scope]
"""Agency by id or name, report year, scope: what makes two captures captures of one report."""

Prints = tuple[str, str]
"""Fingerprints of the figures and of the prose."""

DISPUTED = frozenset({"year_differs", "agency_differs"})
"""Findings on a report whose page is not of one mind about whose report it is, or of which year."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A captured report without its text. `key` is null where nothing says whose report it is."""

    capture: Capture
    prints: Prints
    sketch: Sketch
    disputed: bool
    key: Key | None = None
    agency: str = ""
    """Its official name, of which an agency that is renamed has two in one year."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A figures and a prose fingerprint with the captures that show them, oldest first."""

    prints: Prints
    first: Capture
    """Of those that are read, the first whose page says itself whose report it is."""
    captures: tuple[Capture, ...]
    sketch: Sketch
    disputed: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """The wordings of one key, oldest first; `others` are not of the same report as the rest."""

    key: Key
    agency: str
    """The name that the oldest wording is known by."""
    wordings: tuple[Wording, ...]
    others: frozenset[Prints]


def see(item: CapturedReport) -> Seen:
    """What grouping needs of a report."""
    report = item.report
    return Seen(
        capture=item.capture,
        prints=(figures_fingerprint(report), prose_fingerprint(report)),
        sketch=sketch(report),
        disputed=any(finding.code in DISPUTED for finding in report.findings),
    )


def identified(seen: Iterable[Seen]) -> list[Seen]:
    """Give each report its key.

    A page that says only half of whose report it is takes the key of the one report that it
    copies. If there is none, an office of nowhere is kept apart by its report column, so that the
    应急管理局 of two counties never become one; a page without name or year stays without key.
    """
    whole: list[Seen] = []
    partial: list[Seen] = []
    index = CopyIndex()
    for each in seen:
        if (each.sketch.has_place or each.sketch.agency_id) and each.sketch.year is not None:
            whole.append(_keyed(each, each.sketch))
            index.add(each.sketch)
        else:
            partial.append(each)
    copies = [_keyed(each, index.original(each.sketch)) for each in partial]
    return [*whole, *copies]


def _keyed(each: Seen, original: Sketch | None) -> Seen:
    own = original or each.sketch
    if own.agency is None or own.year is None:
        return each
    apart = "" if own.has_place or own.agency_id else f"（{each.capture.column}）"
    key = (f"{own.who}{apart}", own.year, own.scope)
    return replace(each, key=key, agency=f"{own.agency}{apart}")


def plan(seen: Iterable[Seen], captures: Iterable[Capture] = ()) -> list[Planned]:
    """The wordings of every key; `captures` are further captures of the same pages."""
    again = defaultdict(list)
    for capture in captures:
        again[capture.url, capture.digest].append(capture)
    by_key: dict[Key, dict[Prints, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for each in sorted(seen, key=lambda each: age(each.capture)):
        if each.key is not None:
            by_key[each.key][each.prints].append(each)
    return [
        _planned(key, _name(wordings), [_wording(group, again) for group in wordings.values()])
        for key, wordings in by_key.items()
    ]


def _name(wordings: dict[Prints, list[Seen]]) -> str:
    return next(each.agency for group in wordings.values() for each in group)


def contested(seen: Iterable[Seen]) -> set[str]:
    """The addresses of reports with several wordings.

    Which wording stands today depends on where each was seen last, though its bytes were read long
    ago. A report with one wording is that wording, whenever it was seen.
    """
    by_key: dict[Key, dict[Prints, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in seen:
        if each.key is not None:
            by_key[each.key][each.prints].add(each.capture.url)
    several = (wordings for wordings in by_key.values() if len(wordings) > 1)
    return {url for wordings in several for urls in wordings.values() for url in urls}


def age(capture: Capture) -> tuple[object, int]:
    """What orders captures: when they were fetched; in one second, their number."""
    return capture.fetched_at, capture.id


def _wording(group: Sequence[Seen], again: dict[tuple[str, str], list[Capture]]) -> Wording:
    own = {each.capture.id: each.capture for each in group}
    for each in group:
        own.update((c.id, c) for c in again.get((each.capture.url, each.capture.digest), []))
    first = min(group, key=lambda each: (not each.sketch.has_place, age(each.capture)))
    captures = tuple(sorted(own.values(), key=age))
    disputed = all(each.disputed for each in group)
    return Wording(first.prints, first.capture, captures, first.sketch, disputed)


def _planned(key: Key, agency: str, wordings: list[Wording]) -> Planned:
    ordered = sorted(wordings, key=lambda wording: age(wording.captures[0]))
    if len(ordered) == 1:
        return Planned(key, agency, tuple(ordered), frozenset())
    numbers = families([wording.sketch for wording in ordered])
    trusted = (n for n, wording in zip(numbers, ordered, strict=True) if not wording.disputed)
    own = next(trusted, numbers[0])
    others = (w.prints for n, w in zip(numbers, ordered, strict=True) if n != own)
    return Planned(key, agency, tuple(ordered), frozenset(others))
