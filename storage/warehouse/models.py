"""The tables. `doc` of each column is the data dictionary; `doc` and `comment` never differ."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.warehouse.agency_models import Agency, AgencyName
from storage.warehouse.base import Base
from storage.warehouse.types import ident


class Indicator(Base):
    """A cell of the statutory forms: the code list of the field, over all forms."""

    __tablename__ = "indicator"

    id: Mapped[str] = mapped_column(ident(), primary_key=True, doc="<table>.<row>.<column>")
    position: Mapped[int] = mapped_column(doc="order in the code list, from 1")
    form_table: Mapped[str] = mapped_column(
        ident(8),
        doc="t2 主动公开, t3 收到和处理申请, t4 复议和诉讼, s14 统计表 of 2014 to 2018",
    )
    form_row: Mapped[str] = mapped_column(ident(), doc="machine name of the row")
    form_column: Mapped[str] = mapped_column(ident(), doc="machine name of the column")
    row_label: Mapped[str] = mapped_column(doc="row label as the official form prints it")
    column_label: Mapped[str] = mapped_column(doc="column label as the official form prints it")
    unit: Mapped[str] = mapped_column(doc="件, 项, 个 or 万元; (signed): may be below zero")
    article: Mapped[str | None] = mapped_column(
        doc="article of the Regulations that the form names; null: it names none"
    )
    is_total: Mapped[bool] = mapped_column(
        doc="a total of other cells of its table: never add it to its parts"
    )


class IndicatorForm(Base):
    """Which official forms print an indicator; two rows: comparable across both forms."""

    __tablename__ = "indicator_form"

    indicator_id: Mapped[str] = mapped_column(
        ident(), ForeignKey("indicator.id"), primary_key=True, doc="the indicator"
    )
    form: Mapped[str] = mapped_column(ident(8), primary_key=True, doc="2019 or 2021")


class Capture(Base):
    """A page body as a site served it, once per address and body; the bytes are in a WARC file."""

    __tablename__ = "capture"
    __table_args__ = (UniqueConstraint("report_column", "claimed_year", "url", "digest"),)

    id: Mapped[str] = mapped_column(
        ident(24), primary_key=True, doc="c and 16 hex digits, made of the natural key"
    )
    region: Mapped[str] = mapped_column(ident(), doc="registry region, such as 41_henan")
    report_column: Mapped[str] = mapped_column(ident(), doc="registry id, such as henan_yjglt")
    claimed_year: Mapped[int | None] = mapped_column(
        doc="year that the link on the list page names; null: it names none"
    )
    url: Mapped[str] = mapped_column(doc="address it was served from")
    kind: Mapped[str] = mapped_column(ident(16), doc="report: list pages stay in the archive")
    status: Mapped[int] = mapped_column(doc="HTTP status of the first response with this body")
    content_type: Mapped[str | None] = mapped_column(doc="as the server labelled it")
    digest: Mapped[str] = mapped_column(ident(80), doc="sha256:<hex> of the body")
    warc: Mapped[str] = mapped_column(doc="archive file below the captures folder")
    warc_offset: Mapped[int] = mapped_column(
        BigInteger, doc="byte in that file where the record starts"
    )
    fetched_at: Mapped[datetime] = mapped_column(doc="UTC; first time this body was served")
    last_seen_at: Mapped[datetime] = mapped_column(
        doc="UTC; last visit known when this row last changed; later ones stand in the archive"
    )
    vanished_at: Mapped[datetime | None] = mapped_column(
        doc="UTC; since then no list names the page, or its site says it is gone; null: it is there"
    )


class Report(Base):
    """A version of one agency's annual report: one wording of it, as its first capture shows it."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("agency", "report_year", "scope", "digest"),
        Index(
            "uq_report_current",
            *("agency", "report_year", "scope"),
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        CheckConstraint("NOT (is_current AND retired_at IS NOT NULL)", name="retired_not_current"),
        Index(None, "region", "report_year"),
    )

    id: Mapped[str] = mapped_column(
        ident(24), primary_key=True, doc="report year, hyphen, 16 hex digits of the natural key"
    )
    agency: Mapped[str] = mapped_column(
        ForeignKey("agency_name.name"), doc="whose report it is, by the name of its year"
    )
    agency_by: Mapped[str | None] = mapped_column(
        ident(16),
        doc="what told whose: name, credit_code, succession (an older name of the office), or "
        "printed_name where no list knows it; null: not looked up",
    )
    report_year: Mapped[int] = mapped_column(doc="year reported on, never the year of publication")
    scope: Mapped[str] = mapped_column(
        ident(8), doc="agency: its own office alone; region: all agencies of its region, summed up"
    )
    digest: Mapped[str] = mapped_column(ident(80), doc="sha256:<hex> of the first capture's body")
    kind: Mapped[str] = mapped_column(
        ident(16),
        doc="first; republication: same figures, other prose; correction: other figures; other: "
        "another report mislabelled with this name and year, never current",
    )
    is_current: Mapped[bool] = mapped_column(
        doc="true for one version of each (agency, report_year, scope): the one seen last"
    )
    retired_at: Mapped[datetime | None] = mapped_column(
        doc="UTC; since then its pages are read as another version's; null: it stands"
    )
    region: Mapped[str] = mapped_column(ident(), doc="registry region of the first capture")
    report_column: Mapped[str] = mapped_column(ident(), doc="registry id of the first capture")
    capture_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("capture.id"), doc="the first capture: the page it was read from"
    )
    title: Mapped[str | None] = mapped_column(doc="as printed; null: the page prints none")
    published_on: Mapped[date | None] = mapped_column(
        doc="发布日期, named, or alone at the page's end as 2021-01-20; null: not printed"
    )
    index_number: Mapped[str | None] = mapped_column(doc="索引号; null: not printed")
    document_number: Mapped[str | None] = mapped_column(doc="文号; null: not printed")
    form_t2: Mapped[str | None] = mapped_column(
        ident(8), doc="form that table 二 follows; null: the page prints no such table"
    )
    form_t3: Mapped[str | None] = mapped_column(ident(8), doc="the same for table 三")
    form_t4: Mapped[str | None] = mapped_column(ident(8), doc="the same for table 四")
    form_s14: Mapped[str | None] = mapped_column(
        ident(8), doc="2014 where the page prints the list of 2014 to 2018; null: no such list"
    )
    body_copies: Mapped[int] = mapped_column(doc="how often the page prints the report")
    figures_fingerprint: Mapped[str] = mapped_column(
        ident(80), doc="hash of all cells with their states; equal: same figures"
    )
    prose_fingerprint: Mapped[str] = mapped_column(
        ident(80), doc="hash of the letters and digits of the prose; equal: same wording"
    )
    first_seen_at: Mapped[datetime] = mapped_column(doc="UTC; when this version was first fetched")
    changed_after: Mapped[datetime | None] = mapped_column(
        doc="UTC; when the version before it was last seen: the change was made between then and "
        "first_seen_at; null for the first version"
    )
    last_seen_at: Mapped[datetime] = mapped_column(
        doc="UTC; last visit known when this row last changed; later ones stand in the archive"
    )
    loaded_at: Mapped[datetime] = mapped_column(doc="UTC; when a load last changed anything in it")


class ReportCapture(Base):
    """Which captures show a version: the first one, and its copies elsewhere or later."""

    __tablename__ = "report_capture"

    capture_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("capture.id"), primary_key=True, doc="a capture shows one version"
    )
    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), index=True, doc="the version it shows"
    )
    showing: Mapped[str] = mapped_column(
        ident(16),
        doc="first; reformatted: same address, other bytes, same words and figures; copy: same "
        "bytes elsewhere; reprint: another page elsewhere, such as a mirror or a print page",
    )


class FigureChange(Base):
    """A cell that a correction prints otherwise than the version before it."""

    __tablename__ = "figure_change"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version that corrects"
    )
    indicator_id: Mapped[str] = mapped_column(
        ident(), ForeignKey("indicator.id"), primary_key=True, doc="which cell"
    )
    before_value: Mapped[Decimal | None] = mapped_column(doc="value before; null: no number")
    before_raw: Mapped[str | None] = mapped_column(doc="text before; null: no such cell")
    before_state: Mapped[str | None] = mapped_column(
        ident(16), doc="state before; null: no such cell"
    )
    after_value: Mapped[Decimal | None] = mapped_column(doc="value now; null: no number")
    after_raw: Mapped[str | None] = mapped_column(doc="text now; null: no such cell")
    after_state: Mapped[str | None] = mapped_column(ident(16), doc="state now; null: no such cell")


class Figure(Base):
    """A cell of a statutory table of one version."""

    # No index on indicator_id: one report would touch a page of it for each of its cells, which
    # makes loading four times slower; `figure_current` reaches a cell through its report anyway.
    __tablename__ = "figure"
    __table_args__ = (
        CheckConstraint("(state = 'reported') = (value IS NOT NULL)", name="value_if_reported"),
        {"sqlite_with_rowid": False},
    )

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version"
    )
    indicator_id: Mapped[str] = mapped_column(
        ident(), ForeignKey("indicator.id"), primary_key=True, doc="which cell"
    )
    value: Mapped[Decimal | None] = mapped_column(
        doc="as printed, in the indicator's unit; null unless state is reported"
    )
    recomputed: Mapped[Decimal | None] = mapped_column(
        doc="what the form's sums give for the cell by the others; null: they give nothing for it"
    )
    corrected: Mapped[Decimal | None] = mapped_column(
        doc="what it should be by an amendment, which gives the reason; null: nobody amended it"
    )
    raw: Mapped[str | None] = mapped_column(doc="text as printed; null: no such cell on the page")
    state: Mapped[str] = mapped_column(
        ident(16),
        doc="reported, blank, slash, dash, none, unreadable, absent or not_on_form",
    )
    doubt: Mapped[str | None] = mapped_column(
        ident(8),
        doc="error or warning: the gravest finding of this report on the cell, its row, its table "
        "or a sum that it is a term of; null: none",
    )
    page_table: Mapped[int | None] = mapped_column(doc="table of the page, from 1; 0: in none")
    page_row: Mapped[int | None] = mapped_column(
        doc="row of that table, from 1; in none: line of the report's text"
    )
    page_column: Mapped[int | None] = mapped_column(doc="column of that table, from 1")
    page_line: Mapped[int | None] = mapped_column(doc="line of the source; null: not known")
    read_by: Mapped[str | None] = mapped_column(
        ident(16), doc="strategy that found the cell: grid, sequence, runs; null: none did"
    )


class Amendment(Base):
    """A figure of one version corrected by hand, and why; `figure.value` stays as printed."""

    __tablename__ = "amendment"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version"
    )
    indicator_id: Mapped[str] = mapped_column(
        ident(), ForeignKey("indicator.id"), primary_key=True, doc="which cell"
    )
    printed: Mapped[str] = mapped_column(doc="text of the cell that the amendment is about")
    value: Mapped[Decimal] = mapped_column(doc="what it should be")
    reason: Mapped[str] = mapped_column(doc="why")
    evidence: Mapped[str] = mapped_column(doc="where the right figure can be seen")
    decided_on: Mapped[str] = mapped_column(ident(10), doc="day of the decision: 2026-11-22")


class LocalFigure(Base):
    """A figure of a row or column that an agency adds to a statutory table; no form has it."""

    __tablename__ = "local_figure"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order on the page, from 1")
    local_id: Mapped[str] = mapped_column(
        ident(), doc="<table>x.<row>.<figure>, such as t2x.1.2: where on this page, not what"
    )
    form_table: Mapped[str] = mapped_column(
        ident(8), doc="table it was added to: t2, s14, or s08 for a place's own statistics"
    )
    label: Mapped[str] = mapped_column(doc="label of its row as printed: what it counts")
    column_label: Mapped[str | None] = mapped_column(
        doc="heading of its column as printed; null: the row does not say which column it is in"
    )
    unit: Mapped[str | None] = mapped_column(doc="as printed; null: none is")
    value: Mapped[Decimal | None] = mapped_column(doc="null unless state is reported")
    raw: Mapped[str] = mapped_column(doc="text as printed")
    state: Mapped[str] = mapped_column(ident(16), doc="reported, blank, slash, dash, ...")
    page_table: Mapped[int] = mapped_column(doc="table of the page, from 1; 0: in none")
    page_row: Mapped[int] = mapped_column(
        doc="row of that table, from 1; in none: line of the report's text"
    )
    page_column: Mapped[int] = mapped_column(doc="column of that table, from 1")
    page_line: Mapped[int | None] = mapped_column(doc="line of the source; null: not known")


# Declared behind the others: the schema and its dictionary go from agencies to findings.
from storage.warehouse.said import (  # noqa: E402
    Attachment,
    CopiedSentence,
    Fact,
    FactChange,
    Finding,
    FindingAcross,
    Section,
)

__all__ = [
    "Agency",
    "AgencyName",
    "Amendment",
    "Attachment",
    "Base",
    "Capture",
    "CopiedSentence",
    "Fact",
    "FactChange",
    "Figure",
    "FigureChange",
    "Finding",
    "FindingAcross",
    "Indicator",
    "IndicatorForm",
    "LocalFigure",
    "Report",
    "ReportCapture",
    "Section",
]
