"""The registry of report columns: TOML rows, a file per region, refused loudly if wrong."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from crawlers.families import FAMILIES
from crawlers.hours import parse_hours
from pipeline.errors import NianbaoError

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
# The Regulations came into force in May 2008: the first report is about 2008.
FIRST_REPORT_YEAR = 2008
Year = Annotated[int, Field(ge=FIRST_REPORT_YEAR, le=2099)]
REGION = re.compile(r"[a-z0-9][a-z0-9_]*")


class RegistryError(NianbaoError):
    """A registry folder, file or row that cannot be used."""


class ReportColumn(BaseModel):
    """One (agency, report column): the unit of a crawl."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    region: str
    """Stem of the file that the row stands in."""
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
    agency: Annotated[str, Field(min_length=2)]
    """Full official name, 省市县 included."""
    level: Level
    division: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    """GB/T 2260; null for central agencies alone."""
    family: str
    """Key of `crawlers.families.FAMILIES`."""
    list_url: str
    first_year: Year
    """The first report year that the column can hold."""
    last_year: Year | None = None
    stopped: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    """Month since which the column is gone: it is not requested any more."""
    reason: str | None = None
    hours: str | None = None
    """Hours of the day in China in which alone the host is asked, such as `22-06`."""
    tls: Literal["standard", "legacy"] = "standard"
    """`legacy`: a host that speaks no TLS that is safe today; only for pages that are public."""

    @property
    def host(self) -> str:
        """The host that serves the list, without port."""
        return urlsplit(self.list_url).hostname or ""

    def due(self, years: set[int]) -> set[int]:
        """The years of `years` that this column can hold; none once it is gone."""
        last = self.last_year or max(years, default=0)
        return {year for year in years if self.first_year <= year <= last and not self.stopped}

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
    def _allowed_host(cls, url: str, info: ValidationInfo) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.username is not None:
            raise ValueError(f"expected an http or https address without a user name, got {url!r}")
        context: dict[str, Any] = info.context or {}
        host = parts.hostname or ""
        if not (is_government(host) or (context.get("loopback") and is_loopback(host))):
            raise ValueError(f"host {host!r} is not below .gov.cn")
        return url

    @model_validator(mode="after")
    def _complete(self) -> ReportColumn:
        if self.division is None and self.level != "central":
            raise ValueError("division is missing; only central agencies have none")
        if (self.last_year or self.stopped) and not self.reason:
            raise ValueError("last_year and stopped need a reason")
        if self.last_year is not None and self.last_year < self.first_year:
            raise ValueError(f"last_year {self.last_year} is before first_year {self.first_year}")
        return self


def is_government(host: str) -> bool:
    """Below `.gov.cn`: clone hosts republish reports with altered text under other names."""
    return host.endswith(".gov.cn")


def is_loopback(host: str) -> bool:
    """An address of this machine, where the practice province lives."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def default_registry() -> Path:
    """The registry that comes with the program."""
    return Path(__file__).parent / "sites"


def load_registry(folder: Path) -> dict[str, tuple[ReportColumn, ...]]:
    """Region -> its columns, in file order. Loopback hosts only outside the packaged registry."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise RegistryError(
            f"{folder}: no registry there; expected one TOML file per region, such as 41_henan.toml"
        )
    loopback = folder.resolve() != default_registry().resolve()
    registry = {path.stem: _load_region(path, loopback=loopback) for path in files}
    _refuse_repeats(registry)
    return registry


def columns_of(folder: Path, region: str) -> tuple[ReportColumn, ...]:
    """The columns of one region; `RegistryError` names the regions there are."""
    registry = load_registry(folder)
    if region not in registry:
        raise RegistryError(
            f"no region {region!r} in {folder}; there are: {', '.join(sorted(registry))}"
        )
    return registry[region]


def _load_region(path: Path, *, loopback: bool) -> tuple[ReportColumn, ...]:
    if not REGION.fullmatch(path.stem):
        raise RegistryError(f"{path.name}: a region is named like 41_henan, in lower-case ASCII")
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path.name}: not TOML: {error}") from error
    rows = content.pop("column", None)
    if content or not isinstance(rows, list) or not rows:
        raise RegistryError(f"{path.name}: expected [[column]] rows and nothing else")
    return tuple(
        _load_row(path, number, row, loopback=loopback) for number, row in enumerate(rows, start=1)
    )


def _load_row(path: Path, number: int, row: Any, *, loopback: bool) -> ReportColumn:
    name = row.get("id", "without id") if isinstance(row, dict) else "not a table"
    place = f"{path.name}, [[column]] {number} ({name})"
    if not isinstance(row, dict) or "region" in row:
        raise RegistryError(f"{place}: expected a table without `region`: the file name gives it")
    try:
        return ReportColumn.model_validate(
            {**row, "region": path.stem}, context={"loopback": loopback}
        )
    except ValidationError as error:
        problems = "; ".join(_problem(dict(detail)) for detail in error.errors())
        raise RegistryError(f"{place}: {problems}. See crawlers/README.md, 'Add a site'") from error


def _problem(detail: dict[str, Any]) -> str:
    field = ".".join(str(part) for part in detail["loc"])
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{field}: {message}" if field else message


def _refuse_repeats(registry: dict[str, tuple[ReportColumn, ...]]) -> None:
    seen: dict[str, ReportColumn] = {}
    for column in (column for columns in registry.values() for column in columns):
        for key in (column.id, column.list_url):
            if other := seen.get(key):
                raise RegistryError(
                    f"{column.region}.toml ({column.id}): {key!r} stands already in "
                    f"{other.region}.toml ({other.id}); a column has one row"
                )
            seen[key] = column
