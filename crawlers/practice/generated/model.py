"""What a generated province is made of: sites of one family each, columns, rows of their lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawlers.practice.corpus.model import Number
from crawlers.practice.model import DEFAULT_PORT

FIRST_YEAR, LAST_YEAR = 2016, 2025
REGION = "99_hengchuan"
"""Stem of the registry file; 99 is not assigned in GB/T 2260."""

Kind = Literal["report", "correction", "notice", "interpretation", "graphic", "sheet", "special",
               "paper", "paper2"]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "report",
    "correction",
    "notice",
    "interpretation",
    "graphic",
    "sheet",
    "special",
    "paper",
    "paper2",
)
"""What a list row can lead to: the first two are annual reports, the rest stands beside them.

`sheet` is the 政府网站工作年度报表, `special` a report on something else, `paper` any other paper.
"""
REPORTS = frozenset({"report", "correction"})


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a generated province depends on."""

    size: int = 48
    """How many agencies."""
    seed: int = 1
    years: range = range(FIRST_YEAR, LAST_YEAR + 1)
    port: int = DEFAULT_PORT
    largest_site: int = 8
    """Agencies of one host: large provinces have more hosts, a crawl being polite to each."""
    layouts: tuple[str, ...] = ()
    """Only sites of these families; none: of all."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented agency; its number makes everything else."""

    number: int
    name: str
    """Full official name."""
    county: str
    office: str
    """The name without its county."""
    slug: str
    """What stands for it in addresses."""
    level: str
    division: str
    credit_code: str
    """统一社会信用代码 with both check digits right."""


@dataclass(frozen=True, slots=True)
class GeneratedSite:
    """A host with the report columns of some agencies, all in one family."""

    id: str
    layout: str
    """Key of `layouts()`."""
    host: str
    agencies: range
    plan: Plan

    @property
    def base_url(self) -> str:
        """Scheme, address and port, without a slash at the end."""
        return f"http://{self.host}:{self.plan.port}"


@dataclass(frozen=True, slots=True)
class Column:
    """One (agency, report column): a row of the registry."""

    id: str
    site: GeneratedSite
    agency: Agency


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list and the page it leads to."""

    kind: Kind
    year: int
    """The year reported on; for a `paper` its place."""
    title: str
    published: datetime
    number: int
    """Unique in the province; article addresses carry it."""
    revision: int = 0
    """How often it was corrected where it stands."""
    href: str | None = None
    """Where the row leads, if not to this site's page of the entry."""
    mark: str = ""
    """What stands behind its address in the row."""

    @property
    def is_report(self) -> bool:
        """An annual report, not something beside one."""
        return self.kind in REPORTS


@dataclass(frozen=True, slots=True)
class Listed:
    """A column's list as it is now: its rows, and how many it says there are."""

    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class KnownReport:
    """The truth about one report page."""

    url: str
    column: str
    agency: str
    report_year: int
    title: str
    form: str
    """`2014`, `2019` or `2021`."""
    cells: Mapping[str, Number]
    """Every cell of its tables; null where no number is printed."""
    violations: tuple[tuple[str, str], ...]
    """Identities that its figures break on purpose, and where."""
