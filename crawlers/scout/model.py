"""What is asked of a scout, and what it saw."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

# The way from a home page to its report column is four clicks at most; 政府信息公开 pages have some
# ten links that look like one. At two seconds a page that is a minute.
MOST_PAGES = 30
# A list that names a single report may be the news of a home page.
ENOUGH_REPORTS = 2


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScoutRequest(_Data):
    """One look at one host, so that any process can take it."""

    task: Literal["probe", "discover"]
    url: str
    family: str = "generic"
    """As claimed by the registry; `generic` where nothing is claimed."""
    hosts: tuple[str, ...]
    """What may be asked, as registry rows have them."""
    links_to: tuple[str, ...] = ()
    """Hosts whose rows count as inside, though no page of them is asked for."""
    lists_agencies: bool = False
    column_year: int | None = None
    hours: str | None = None
    legacy_tls: bool = False
    """Speak what old servers speak: as the row says, or as somebody asked for this once."""
    captures: Path
    most_pages: int = MOST_PAGES
    settings: dict[str, JsonValue] = {}
    """Scrapy settings over ours; real hosts allow no ruder ones."""


class SeenRow(_Data):
    """A row of a list, and what a crawl would make of it."""

    url: str
    text: str
    published: str | None
    years: tuple[int, ...] = ()
    why_not: str | None
    """Why it would not be followed; null: it would."""


class SeenList(_Data):
    """What a list page says."""

    url: str
    family: str
    """That reads it: the one that left its mark, where it finds more than the one claimed."""
    mark: str | None
    """By which its family is known; null: none was found."""
    note: str | None = None
    """Where the page contradicts the claim."""
    rows: tuple[SeenRow, ...]
    more: tuple[str, ...]
    """The pages after this one."""
    columns: tuple[tuple[str, str], ...]
    """Text and address of the columns below."""
    total: int | None
    """Rows that the site says the list has."""
    is_article: bool

    @property
    def reports(self) -> tuple[SeenRow, ...]:
        """The rows that would be followed."""
        return tuple(row for row in self.rows if row.why_not is None)


class Refusal(_Data):
    """A page that was asked for and not had."""

    url: str
    why: str
    line: str | None = None
    """What would let it be had, as a line of its registry row: for people to decide."""
    is_gone: bool = False
    """The site says that there is no such page."""


class Candidate(_Data):
    """A link that may lead to a report column."""

    url: str
    text: str
    score: int
    evidence: tuple[str, ...]
    found_on: str
    seen: SeenList | None = None
    """Null: not looked at."""

    @property
    def is_column(self) -> bool:
        """Looked at, and it lists reports, or is one."""
        seen = self.seen
        return seen is not None and (len(seen.reports) >= ENOUGH_REPORTS or seen.is_article)


class Scouted(_Data):
    """What a scout brought home."""

    request: ScoutRequest
    crawl: str
    """Of the archive, which keeps every page that was asked for."""
    asked: int
    seen: SeenList | None = None
    """The list that was probed."""
    candidates: tuple[Candidate, ...] = ()
    """What was discovered, best first."""
    meta: dict[str, str] = {}
    """The government meta tags of the first page: SiteName, SiteIDCode."""
    refusals: tuple[Refusal, ...] = ()
    certificate: str | None = None
    """Of the host, as `HostSummary.certificate` has it."""
