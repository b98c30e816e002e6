"""The practice data as it stands in TOML: what a row may say, and nothing else."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field


class StrictData(BaseModel):
    """Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoticeData(StrictData):
    """A `[[site.notice]]` row: a near miss in the list."""

    title: str
    published: datetime
    paragraphs: tuple[str, ...] = ()
    number: str = ""
    href: str | None = None


class SiteData(StrictData):
    """A `[[site]]` row."""

    id: str
    agency: str
    printed: str
    level: str
    division: str | None = None
    family: str
    host: str
    column: str
    column_name: str
    site_name: str
    site_id_code: str
    page_size: int = 15
    first_year: int
    last_year: int | None = None
    reason: str | None = None
    encoding: str = "utf-8"
    charset: str = "utf-8"
    notice: tuple[NoticeData, ...] = ()


class SectionData(StrictData):
    """A `[[section]]` of the prose."""

    heading: str
    blocks: tuple[str, ...] = ()


class ProseData(StrictData):
    """The running text of a report, its own or shared by several years."""

    preamble: tuple[str, ...] = ()
    section: tuple[SectionData, ...] = ()
    closing: tuple[str, ...] = ()


class ReportData(ProseData):
    """A `[[report]]` row; `figures` and `printed` are keyed by the ids of the code list."""

    site: str
    title: str
    agency: str
    report_year: int
    form: str | None = None
    forms: dict[str, str] = Field(default_factory=dict)
    published: datetime
    number: str = ""
    index_number: str = ""
    source: str = ""
    link_text: str = ""
    prose: str | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    figures: dict[str, dict[str, dict[str, Decimal]]] = Field(default_factory=dict)
    printed: dict[str, str] = Field(default_factory=dict)
    accident: tuple[dict[str, object], ...] = ()
    error: tuple[dict[str, str], ...] = ()
