"""What a practice province is made of: sites, reports with known figures, near misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pipeline.errors import NianbaoError

DEFAULT_PORT = 8741
"""Free of well-known services; every practice site answers on it at an address of its own."""


class PracticeError(NianbaoError):
    """The practice data or a request to the practice province makes no sense."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """One accident as a report's data asks for it: a name of `ACCIDENTS` and its options."""

    name: str
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class KnownError:
    """An identity that the printed figures break on purpose: a check has something to say."""

    identity: str
    where: str
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its blocks: paragraphs, `[t2]` for a table, `[image:name.png|alt]`."""

    heading: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PracticeReport:
    """An annual report whose every figure is known."""

    title: str
    agency: str
    report_year: int
    forms: Mapping[str, str]
    """`t2`, `t3`, `t4` -> form; empty where the report prints no table."""
    figures: Mapping[str, Decimal]
    """Cells that are not zero; every other cell of the form is a printed 0."""
    printed: Mapping[str, str]
    """Cells that print something other than their figure, such as `/` or nothing at all."""
    published: datetime
    preamble: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    """Signature lines, set to the right."""
    accidents: tuple[Mishap, ...]
    errors: tuple[KnownError, ...]
    link_text: str
    index_number: str
    source: str
    path: str
    changed: datetime | None = None
    """When the page was changed after its publication, if it was."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A near miss: it stands in the same list and is no annual report."""

    title: str
    published: datetime
    paragraphs: tuple[str, ...]
    path: str
    href: str | None = None
    """Where the list row leads if not to a page of this site."""

    @property
    def link_text(self) -> str:
        """The text of the list row."""
        return self.title


Entry = PracticeReport | Notice


@dataclass(frozen=True, slots=True)
class Site:
    """One agency's site with its report column; `id` is the column's id in the registry."""

    id: str
    region: str
    agency: str
    """Full official name, as the registry has it."""
    printed: str
    """The name as the site prints it."""
    level: str
    division: str | None
    family: str
    host: str
    column: str
    """Family's own address of the column: a folder, or an organ and category number."""
    column_name: str
    site_name: str
    site_id_code: str
    page_size: int
    first_year: int
    last_year: int | None
    reason: str | None
    entries: tuple[Entry, ...]
    """Newest first, as lists print them."""
    encoding: str = "utf-8"
    charset: str = "utf-8"
    """The label; older sites say gb2312 and mean GB18030."""
    port: int = DEFAULT_PORT
    hits: int = 0
    robots: str = "User-agent: *\nDisallow: /admin/\n"

    @property
    def base_url(self) -> str:
        """Scheme, address and port, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    @property
    def reports(self) -> tuple[PracticeReport, ...]:
        """The annual reports among the entries."""
        return tuple(entry for entry in self.entries if isinstance(entry, PracticeReport))

    def report(self, year: int) -> PracticeReport:
        """The report on a year; a `PracticeError` if the site has none."""
        for report in self.reports:
            if report.report_year == year:
                return report
        years = ", ".join(str(report.report_year) for report in self.reports)
        raise PracticeError(f"{self.id} has no report on {year}; it has: {years}")
