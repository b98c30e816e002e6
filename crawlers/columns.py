"""A registry row: one (agency, report column), with what speaks for it and how it stands."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from crawlers.families import FAMILIES
from crawlers.hosts import address_of, host_of, is_government, is_loopback
from crawlers.hours import parse_hours

# The Regulations came into force in May 2008: the first report is about 2008.
FIRST_REPORT_YEAR = 2008
# GB/T 2260; 99 is not assigned there: places that do not exist have it.
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
    " 71 81 82 99".split()
)
CENTRAL_FILE = "00"
"""File name prefix of agencies without a division."""
CODE_SHAPES = {
    "province": re.compile(r"\d\d0000"),
    "prefecture": re.compile(r"\d\d(?!00)\d\d00"),
    "county": re.compile(r"\d\d(?!00)\d\d(?!00)\d\d"),
}
"""What a code looks like at each level of government; departments have that of their government."""
GOVERNMENT_OF = {
    "province": "province",
    "province_department": "province",
    "prefecture": "prefecture",
    "prefecture_department": "prefecture",
    "county": "county",
    "county_department": "county",
    "township": "county",
}
DIRECTLY_GOVERNED = re.compile(r"\d\d90\d\d")
"""Counties without a prefecture above them, such as 济源: their departments have either level."""
LEGACY_LINE = 'tls = "legacy"'
"""Allows a row's host to be spoken to as old servers speak."""

Level = Literal[
    "central",
    "province",
    "province_department",
    "prefecture",
    "prefecture_department",
    "county",
    "county_department",
    "township",
    "other",
]
Year = Annotated[int, Field(ge=FIRST_REPORT_YEAR, le=2099)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=2)]


class Status(StrEnum):
    """How a column was found to stand, last time somebody looked."""

    UNPROBED = "unprobed"
    WORKING = "working"
    MOVED = "moved"
    """It stands elsewhere now, and has another row there: not asked any more."""
    BLOCKED = "blocked"
    """A challenge or refusal was met. Asked again: that depends on the network and passes."""
    STOPPED = "stopped"
    """It is gone: not asked any more."""


class ReportColumn(BaseModel):
    """One (agency, report column): the unit of a crawl."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    region: str
    """Stem of the file that the row stands in."""
    id: Name
    agency: Text
    """Full official name: of the agency whose reports these are, else of who keeps the column."""
    owner: Literal["column", "row"] = "column"
    """`row`: the column lists many agencies, and each row says itself whose report it is."""
    level: Level
    division: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    """GB/T 2260; null for central agencies alone."""
    family: str
    """Key of `crawlers.families.FAMILIES`, as claimed: pages are asked for their fingerprint."""
    list_url: str
    parent: Name | None = None
    """Id of the column that leads to this one: where a column per year is found again."""
    links_to: tuple[Text, ...] = ()
    """Other hosts, or domains such as `.henan.gov.cn`, whose reports the list names by right."""
    host_listed: Text | None = None
    """Why a host that is no name below .gov.cn is accepted: a public address without a name."""
    first_year: Year
    """The first report year that the column can hold; 2008 where nothing else is known."""
    last_year: Year | None = None
    evidence: Literal["seen", "directory", "derived"] | None = None
    """The list address was seen; is the folder of a report that was; follows from others."""
    source: Text | None = None
    """Where that was seen."""
    status: Annotated[Status, Field(strict=False)] = Status.UNPROBED
    as_of: date | None = None
    """The day of `status`."""
    reason: Text | None = None
    """Why the column ends with `last_year`, or has its status."""
    note: Text | None = None
    hours: str | None = None
    """Hours of the day in China in which alone the host is asked, such as `22-06`."""
    tls: Literal["standard", "legacy"] = "standard"
    """`legacy`: a host that speaks no TLS that is safe today; only for pages that are public."""

    @property
    def host(self) -> str:
        """The host that serves the list, without port."""
        return host_of(self.list_url)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host, or domain, that the row speaks for."""
        return (self.host, *self.links_to)

    @property
    def is_asked(self) -> bool:
        """False for a column that is known to be gone or elsewhere."""
        return self.status not in {Status.STOPPED, Status.MOVED}

    @property
    def only_year(self) -> int | None:
        """The one report year that it holds; null where it holds several."""
        return self.first_year if self.first_year == self.last_year else None

    def due(self, years: set[int]) -> set[int]:
        """The years of `years` that this column can hold; none once it is gone."""
        last = self.last_year or max(years, default=0)
        return {year for year in years if self.first_year <= year <= last and self.is_asked}

    def due_by(self, year: int) -> date:
        """The last day on which its report about a year is in time (条例 第四十九条).

        An agency has a month; the report on a whole government, two more.
        """
        return date(year + 1, 3, 31) if self.level in CODE_SHAPES else date(year + 1, 1, 31)

    @field_validator("links_to", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value  # TOML has no tuples

    @field_validator("family")
    @classmethod
    def _known_family(cls, family: str) -> str:
        if family not in FAMILIES:
            raise ValueError(f"unknown family {family!r}; known: {', '.join(FAMILIES)}")
        return family

    @field_validator("hours")
    @classmethod
    def _known_hours(cls, hours: str | None) -> str | None:
        if hours is not None:
            parse_hours(hours)
        return hours

    @field_validator("list_url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.username is not None:
            raise ValueError(f"expected an http or https address without a user name, got {url!r}")
        return url

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> ReportColumn:
        practice = bool((info.context or {}).get("loopback"))
        self._check_hosts(practice=practice)
        self._check_division()
        self._check_years()
        if self.status is not Status.UNPROBED and not (self.reason and self.as_of):
            raise ValueError(f"status {self.status} needs a reason and the day, as_of = 2026-01-31")
        if is_government(self.host) and not (self.evidence and self.source):
            raise ValueError("evidence and source are missing: say how the address is known")
        return self

    def _check_hosts(self, *, practice: bool) -> None:
        for host in self.hosts:
            name = host.removeprefix(".")
            if not (is_government(f".{name}") or (practice and is_loopback(name))):
                self._check_listed(name)

    def _check_listed(self, host: str) -> None:
        """A host outside .gov.cn: only a public address, and only with its reason in the row."""
        address = address_of(host)
        if address is None or not address.is_global:
            raise ValueError(f"host {host!r} is not below .gov.cn")
        if host != self.host or self.host_listed is None:
            raise ValueError(f"host {host!r} is a bare address: host_listed must say why it is one")

    def _check_division(self) -> None:
        if self.level == "central":
            if self.division is not None:
                raise ValueError(f"a central agency has no division, got {self.division}")
            return
        if self.division is None:
            raise ValueError("division is missing; only central agencies have none")
        if self.division[:2] not in PROVINCES:
            raise ValueError(f"division {self.division}: GB/T 2260 has no province of this code")
        place = re.match(r"\d+", self.region)
        if place and not self.division.startswith(place[0]):
            raise ValueError(f"division {self.division} is not in {self.region}, where it stands")
        self._check_code_shape(self.division)

    def _check_code_shape(self, division: str) -> None:
        government = GOVERNMENT_OF.get(self.level)
        if government is None or CODE_SHAPES[government].fullmatch(division):
            return
        if government == "prefecture" and DIRECTLY_GOVERNED.fullmatch(division):
            return
        raise ValueError(f"division {division} is not that of a {government}, as level says")

    def _check_years(self) -> None:
        if self.last_year is None:
            return
        if not self.reason:
            raise ValueError("last_year needs a reason")
        if self.last_year < self.first_year:
            raise ValueError(f"last_year {self.last_year} is before first_year {self.first_year}")
