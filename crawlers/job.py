"""One crawl in hand: what the spider and its middlewares share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawlers.breaker import Breaker
from crawlers.found_again import YearColumns
from crawlers.hosts import AllowList
from crawlers.registry import ReportColumn, is_government
from crawlers.summary import VERIFIED, HostSummary, Progress
from crawlers.tally import Tally
from crawlers.traps import trap
from storage.captures import CrawlWriter


@dataclass(slots=True)
class HostNote:
    """What is known of a host so far."""

    robots: str = "not asked"
    crawl_delay: float | None = None
    not_asked: int = 0
    """Requests that were not let out, whatever the reason."""
    certificate: list[str] | None = None
    """What speaks against its certificate; null: none was shown."""

    def note_certificate(self, problem: str | None) -> None:
        """A certificate was shown, and perhaps something speaks against it."""
        self.certificate = [] if self.certificate is None else self.certificate
        if problem is not None and problem not in self.certificate:
            self.certificate.append(problem)

    @property
    def certificate_state(self) -> str | None:
        """As `HostSummary.certificate` has it."""
        if self.certificate is None:
            return None
        return "; ".join(self.certificate) or VERIFIED


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

    hours: dict[str, set[str]] = field(default_factory=dict)
    """Host -> hours of the day that rows of the registry ask for."""
    year_columns: YearColumns = field(default_factory=YearColumns)
    """Which rows of the region lead to others."""
    breaker: Breaker = field(default_factory=Breaker)
    notes: dict[str, HostNote] = field(default_factory=dict)
    _owners: dict[str, list[str]] = field(default_factory=dict)

    def note(self, host: str) -> HostNote:
        """What is known of a host, to be added to."""
        return self.notes.setdefault(host, HostNote())

    def owner_of(self, url: str, lister: ReportColumn) -> str:
        """The column whose host serves the page: a province lists its departments' reports too."""
        host = urlsplit(url).hostname or ""
        owners = self._by_host().get(host, [])
        at_home = {lister.host, *self.tally[lister.id].hosts}
        is_foreign = host not in at_home and len(owners) == 1
        return owners[0] if is_foreign else lister.id

    def _by_host(self) -> dict[str, list[str]]:
        if not self._owners:
            for column in self.columns:
                self._owners.setdefault(column.host, []).append(column.id)
        return self._owners

    def outside(self, url: str) -> str | None:
        """Why a link is not followed; null if its host is on the allow-list, and it is no trap."""
        if why := trap(url):
            return why
        host = urlsplit(url).hostname or ""
        if host in self.hosts:
            return None
        if is_government(host):
            return f"host {host} is not in the registry of {self.writer.region}"
        return f"host {host} is not below .gov.cn"

    def host_summaries(self) -> tuple[HostSummary, ...]:
        """The hosts' part of the crawl summary."""
        return tuple(
            HostSummary(
                host=host,
                robots=note.robots,
                crawl_delay=note.crawl_delay,
                certificate=note.certificate_state,
                left=self.breaker.left.get(host),
                not_asked=note.not_asked,
            )
            for host, note in sorted(self.notes.items())
        )

    def say(self, column: str | None, message: str) -> None:
        """Report a step."""
        self.on_progress(self.tally.progress(column, message))
