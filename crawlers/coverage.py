"""What a crawl found of one agency's report about one year: a gap is not a list unread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Coverage(StrEnum):
    """How a report year of a column stands after a crawl."""

    HAD = "had"
    """A list names its report, and the page is in the archive."""
    NOT_HAD = "not_had"
    """A list names it, and the page could not be had: see the failed and skipped pages."""
    LEFT_OUT = "left_out"
    """A list names it; a sample was asked for."""
    VANISHED = "vanished"
    """An earlier crawl saw it listed; no list names it any more."""
    GAP = "gap"
    """Never seen listed, though the list reaches further back."""
    EARLIER = "earlier"
    """Never seen listed, nor anything as old: nobody can say whether it was published here."""
    NOT_DUE = "not_due"
    """Never seen listed, and the law leaves time until later (条例 第四十九条)."""
    UNKNOWN = "unknown"
    """No list came, or not all of it, or a report there names no year."""


MISSING = frozenset({Coverage.VANISHED, Coverage.GAP})
"""Reports that should be there and are not: news about the agency."""

WORDS = {
    Coverage.HAD: "had",
    Coverage.NOT_HAD: "listed, not had",
    Coverage.LEFT_OUT: "listed, left out by the sample",
    Coverage.VANISHED: "missing: listed before, not any more",
    Coverage.GAP: "missing: not listed, older ones are",
    Coverage.EARLIER: "never seen listed, nor anything older",
    Coverage.NOT_DUE: "not due yet",
    Coverage.UNKNOWN: "unknown: the list was not had, or names no years",
}
"""What a crawl found of a report, for people."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lists of a column name, by report year."""

    had: Collection[int]
    named: Collection[int]
    beside: Collection[int]
    """What columns below are named by that were not asked for, because of their year."""
    left_out: Collection[int]
    before: Collection[int]
    """What lists of earlier crawls named."""
    is_whole: bool
    """Every list was read to its end, and every report there names its year."""

    def of(self, year: int, due_by: date, today: date) -> Coverage:
        """How one report year stands."""
        if year in self.had:
            return Coverage.HAD
        if year in self.named:
            return Coverage.LEFT_OUT if year in self.left_out else Coverage.NOT_HAD
        if not self.is_whole:
            return Coverage.UNKNOWN
        if year in self.before:
            return Coverage.VANISHED
        if today <= due_by:
            return Coverage.NOT_DUE
        oldest = min([*self.named, *self.before, *self.beside], default=None)
        return Coverage.EARLIER if oldest is None or year < oldest else Coverage.GAP
