"""What is asked of a crawl, what it says on the way, and what it says at the end."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, JsonValue, computed_field
from pydantic_core import to_json

from crawlers.coverage import MISSING, Coverage
from pipeline.errors import NianbaoError

# Scrapy's word for a crawl that ran out of work by itself.
FINISHED = "finished"
# Ours for one that reached `CLOSESPIDER_TIMEOUT`.
TIME_LIMIT = "time_limit"
VERIFIED = "verified"


class CrawlError(NianbaoError):
    """A crawl that could not run, or had to stop before it had a summary."""


# What is computed stands in the JSON too, and is computed again on reading.
AS_WRITTEN = ConfigDict(frozen=True, extra="ignore")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CrawlRequest(_Data):
    """Everything a crawl needs to know, so that any process can run it."""

    region: str
    years: tuple[int, ...]
    registry: Path
    captures: Path
    agencies: tuple[str, ...] = ()
    """Column ids or official names; none: all columns of the region."""
    sample: int | None = None
    """At most so many reports of each column, in list order; null: all."""
    settings: dict[str, JsonValue] = {}
    """Scrapy settings over ours; real hosts allow no ruder ones (`crawlers.manners`)."""
    log_file: bool = False
    """Scrapy's log goes to `<crawl>.log` beside the WARC file, not to stderr."""

    @property
    def options(self) -> dict[str, JsonValue]:
        """What narrows the crawl: two requests that differ in it are two crawls."""
        asked: dict[str, JsonValue] = {"agencies": [*sorted(self.agencies)], "sample": self.sample}
        return {name: value for name, value in asked.items() if value}


class Progress(_Data):
    """One step of a running crawl, for a progress bar and a run log."""

    column: str | None
    """The column this step is about; null for the crawl as a whole."""
    message: str
    columns: int
    columns_done: int
    """Columns whose lists were read, or given up, to the end."""
    pages: int
    """Pages kept so far, lists included."""
    reports: int
    """Report pages kept so far."""
    reports_found: int
    """Report pages known so far from the lists: what `reports` grows towards."""


class ColumnStatus(StrEnum):
    """How a column's list answered."""

    ANSWERED = "answered"
    UNREACHED = "unreached"
    """No list page: connection, time-out, HTTP error."""
    EMPTY = "empty"
    """A list page without a single annual report, of whatever year."""
    BLOCKED = "blocked"
    """A challenge, a soft 404 or a shell stands in place of the list."""
    ROBOTS = "robots"
    """robots.txt forbids the list."""
    OUT_OF_HOURS = "out_of_hours"
    """The host is crawled at other hours only."""


class PageProblem(_Data):
    """A page that was linked and not kept, or kept and not counted."""

    url: str
    why: str
    link_text: str | None = None


class ColumnSummary(_Data):
    """One report column of the crawl."""

    model_config = AS_WRITTEN

    column: str
    agency: str
    status: ColumnStatus
    why: str | None
    """The exact error; null when the list answered."""
    is_gone: bool = False
    """Its site says that there is no such list: it moved, or is no more."""
    years: tuple[int, ...]
    """The report years asked of this column."""
    lists: int
    """List pages read."""
    found: int
    """Report pages linked for the years asked, those without a year among them."""
    new: int
    unchanged: int
    """Byte for byte, or confirmed by a 304."""
    known: int
    """Kept in an earlier crawl, and not asked for: the list says nothing new of them."""
    deep: bool
    """Every page was asked for, whatever the list says: once a week (`DEEP_AFTER_DAYS`)."""
    vanished: tuple[str, ...]
    """Pages that the lists named before and name no more, or that are gone."""
    attachments: int
    """Files linked from report pages, and images there that may be tables."""
    left_out: int
    """Reports not asked for because a sample was asked for."""
    undated: int
    """Report pages whose link names no year and has no date: kept, in no year's partition."""
    blocked: int
    """Pages kept of which the body is a challenge, a soft 404 or a shell."""
    passed_over: int
    """Links that are no annual report: notices, interpretations, other reports."""
    skipped: tuple[PageProblem, ...]
    """Reports on hosts that the region's registry does not name: not fetched."""
    twins: dict[str, str] = {}
    """Other faces of reports, mobile or printed, and the page that stands for each: not fetched."""
    failed: tuple[PageProblem, ...]
    """Lists and reports that were linked and could not be had."""
    notes: tuple[str, ...] = ()
    """What people should look at though nothing is lost: the list of another CMS than claimed."""
    rows_to_add: tuple[str, ...] = ()
    """For the registry, as TOML to be reviewed: columns found below this one or in place of it."""
    coverage: dict[int, Coverage] = {}
    """How each year asked stands."""
    requests: int
    """Sent by this process, robots.txt aside; pages taken from the archive cost none."""
    bytes: int
    """Received, as on the wire."""
    seconds: float
    """Spent waiting for answers; the pauses between requests are not the site's doing."""

    def years_that_are(self, *kinds: Coverage) -> tuple[int, ...]:
        """The years asked that stand so."""
        return tuple(year for year, kind in self.coverage.items() if kind in kinds)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def missing(self) -> tuple[int, ...]:
        """Years asked whose report should be there: a gap in the list, or gone from it."""
        return self.years_that_are(*MISSING)


class HostSummary(_Data):
    """How one host was treated."""

    host: str
    robots: str
    """`rules`, `none: ...` (RFC 9309: everything may be asked), or why it could not be had."""
    crawl_delay: float | None
    """Seconds between two requests that robots.txt asks for, as far as we honour them."""
    certificate: str | None = None
    """`verified`, or what speaks against it: expired, signed by itself; null: it showed none."""
    left: str | None
    """Why the host was left before its pages were through; null: it was not."""
    not_asked: int
    """Requests not let out: forbidden, out of hours, or after the host was left."""


class CrawlSummary(_Data):
    """The outcome of a crawl, as JSON beside its WARC file."""

    model_config = AS_WRITTEN

    crawl: str
    region: str
    years: tuple[int, ...]
    warc: str
    """Path below the captures folder."""
    started_at: datetime
    ended_at: datetime
    reason: str
    """Why the crawl ended: `finished`, or what stopped it."""
    resumed: bool
    """True: went on where a killed crawl of the same region and years had stopped."""
    from_archive: int
    """Pages not asked for because this crawl had them: kept before a kill, or a list that is the
    report as well."""
    columns: tuple[ColumnSummary, ...]
    not_asked: dict[str, str]
    """Columns of the region that hold none of the years, and why."""
    hosts: tuple[HostSummary, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def complete(self) -> bool:
        """Every list answered with reports, every report linked was kept, nothing cut it short."""
        return self.reason == FINISHED and not self.unreached and not self.failed

    @computed_field  # type: ignore[prop-decorator]
    @property
    def unreached(self) -> dict[str, str]:
        """Column -> why its list gave nothing: unreached, empty, blocked, forbidden."""
        silent = (c for c in self.columns if c.status is not ColumnStatus.ANSWERED)
        return {c.column: f"{c.status}: {c.why}" for c in silent}

    @property
    def failed(self) -> tuple[PageProblem, ...]:
        """Pages that were linked and could not be had, of all columns."""
        return tuple(problem for column in self.columns for problem in column.failed)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def missing(self) -> tuple[tuple[str, int], ...]:
        """(column, year) pairs whose report should be there and is not listed."""
        return tuple((c.column, year) for c in self.columns for year in c.missing)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def totals(self) -> dict[str, int]:
        """The counts of all columns summed up."""
        kinds = ("found", "new", "unchanged", "known", "undated", "blocked")
        names = ("lists", *kinds, "requests", "bytes")
        return {name: sum(getattr(c, name) for c in self.columns) for name in names}

    def write(self, path: Path) -> None:
        """Write the JSON whole or not at all."""
        partial = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
        try:
            partial.write_bytes(to_json(self, indent=2))
            partial.replace(path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise CrawlError(f"{path}: the summary could not be written: {error}") from error

    @classmethod
    def from_json(cls, text: str) -> CrawlSummary:
        """Read what `write` wrote."""
        return cls.model_validate_json(text)
