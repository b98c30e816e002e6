"""One crawl in hand: what the spider and its middlewares share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawlers.hosts import AllowList
from crawlers.registry import ReportColumn
from crawlers.summary import Progress
from crawlers.tally import Tally
from storage.captures import CrawlWriter


@dataclass(slots=True)
class CrawlJob:
    """A crawl being run. Handed to the spider as an argument; settings would be deep-copied."""

    columns: tuple[ReportColumn, ...]
    """The columns that hold one of the years."""
    hosts: AllowList
    """What all columns of the region speak for."""
    years: frozenset[int]
    writer: CrawlWriter
    tally: Tally
    on_progress: Callable[[Progress], None]
    reason: str | None = None
    """Why the spider closed; null while it runs."""
    error: Exception | None = field(default=None)
    """What makes going on pointless: the archive cannot be written."""

    def say(self, column: str | None, message: str) -> None:
        """Report a step."""
        self.on_progress(self.tally.progress(column, message))
