"""Reports of two agencies about one year that print the same figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.check.across.compare import key_of
from pipeline.findings import finding
from pipeline.model import CellState
from pipeline.versions import Comparison, Version

TELLING_FIGURES = 6
"""Cells that are not zero. Offices without requests print the same few figures by the hundred: one
request granted fills six cells of table 三 already."""


def twins(versions: Iterable[Version]) -> Iterator[Comparison]:
    """Each current version against the first agency that prints exactly its figures.

    One year at a time. A government's own report that sums up one office alone may lawfully equal
    that office's: reports of different scope are not compared.
    """
    by_figures: dict[tuple[str, str, int], list[Version]] = defaultdict(list)
    for version in versions:
        if version.is_current and nonzero(version) > TELLING_FIGURES:
            key = (version.figures_fingerprint, version.scope.value, version.report_year)
            by_figures[key].append(version)
    for alike in by_figures.values():
        ordered = sorted(alike, key=lambda v: (v.captures[0].fetched_at, v.agency))
        for other in ordered[1:]:
            yield _twin(ordered[0], other)


def nonzero(version: Version) -> int:
    """How many printed numbers are not zero."""
    return sum(bool(f.value) for f in version.report.figures if f.state is CellState.REPORTED)


def _twin(first: Version, other: Version) -> Comparison:
    values = {"agency": first.agency, "count": nonzero(other)}
    found = finding("figures_equal_elsewhere", "page", **values)
    return Comparison(key_of(first), key_of(other), (found,))
