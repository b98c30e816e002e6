"""The tables of what a version says in words, and of what is said of it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.warehouse.base import Base
from storage.warehouse.types import ident


class Section(Base):
    """A statutory section of one version: its prose, with personal data masked by *."""

    __tablename__ = "section"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order on the page, from 1")
    section: Mapped[str] = mapped_column(ident(32), doc="overview, proactive_disclosure, ...")
    heading: Mapped[str] = mapped_column(doc="as printed")
    content: Mapped[str] = mapped_column(
        doc="prose, a paragraph a line, telephone numbers, e-mails and staff names masked"
    )


class Fact(Base):
    """A figure stated in the prose of one version; never mixed with table figures."""

    __tablename__ = "fact"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order on the page, from 1")
    fact: Mapped[str] = mapped_column(ident(), doc="what is counted")
    value: Mapped[Decimal | None] = mapped_column(doc="null: the words name no number")
    raw: Mapped[str] = mapped_column(doc="the number as printed")
    counter: Mapped[str | None] = mapped_column(doc="counting word as printed, such as 条")
    qualifier: Mapped[str] = mapped_column(doc="exact, or how the words blur it")
    scope: Mapped[str] = mapped_column(doc="whose number it is: agency or region")
    period: Mapped[str] = mapped_column(doc="which time it counts: year, prior_year, cumulative")
    section: Mapped[str] = mapped_column(ident(32), doc="section that it stands in")
    sentence: Mapped[str] = mapped_column(doc="the sentence, masked like a section")
    start_char: Mapped[int] = mapped_column(doc="where its clause starts in the section's content")
    end_char: Mapped[int] = mapped_column(doc="where the clause ends")


class FindingAcross(Base):
    """What a version says against another: the year before, or another agency of the same year."""

    __tablename__ = "finding_across"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version it stands on"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order of finding, from 1")
    other_report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), doc="the other side: the year before or another agency"
    )
    code: Mapped[str] = mapped_column(ident(), doc="what is wrong")
    severity: Mapped[str] = mapped_column(
        ident(8), doc="error: a figure is doubtful; warning; note: it explains"
    )
    place: Mapped[str] = mapped_column(ident(), doc="cell id, or page for the whole report")
    message_zh: Mapped[str] = mapped_column(doc="the sentence for people, in Chinese")
    message_en: Mapped[str] = mapped_column(doc="the sentence for people, in English")


class CopiedSentence(Base):
    """A sentence that stood in the report of the year before word for word."""

    __tablename__ = "copied_sentence"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version that copies"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order on the page, from 1")
    other_report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), doc="the version copied from"
    )
    section: Mapped[str] = mapped_column(ident(32), doc="section that it stands in")
    start_char: Mapped[int] = mapped_column(doc="where it starts in the section's content")
    end_char: Mapped[int] = mapped_column(doc="where it ends")
    sentence: Mapped[str] = mapped_column(doc="the sentence, masked like a section")
    other_section: Mapped[str] = mapped_column(ident(32), doc="section of the other report")
    other_start_char: Mapped[int] = mapped_column(doc="where it starts there")


class Attachment(Base):
    """A file that a page of one version links to; the bytes are in a WARC file, not read yet."""

    __tablename__ = "attachment"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order by address, from 1")
    url: Mapped[str] = mapped_column(doc="address it was served from")
    name: Mapped[str] = mapped_column(doc="as the page prints it, else the file's own name")
    media: Mapped[str] = mapped_column(
        ident(16), doc="what its bytes are: pdf, doc, docx, xls, xlsx, ofd, zip, png...; unknown"
    )
    size: Mapped[int] = mapped_column(BigInteger, doc="bytes")
    digest: Mapped[str] = mapped_column(ident(80), doc="sha256:<hex> of the bytes")
    warc: Mapped[str] = mapped_column(doc="archive file below the captures folder")
    warc_offset: Mapped[int] = mapped_column(
        BigInteger, doc="byte in that file where the record starts"
    )


class Finding(Base):
    """What a reader of one version must know; the page itself is never corrected."""

    __tablename__ = "finding"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order of finding, from 1")
    code: Mapped[str] = mapped_column(ident(), doc="what is wrong")
    severity: Mapped[str] = mapped_column(
        ident(8), doc="error: a figure is doubtful; warning; note: it explains"
    )
    place: Mapped[str] = mapped_column(ident(), doc="cell id, row, table, title, page or section")
    message_zh: Mapped[str] = mapped_column(doc="the sentence for people, in Chinese")
    message_en: Mapped[str] = mapped_column(doc="the sentence for people, in English")


class FactChange(Base):
    """A figure of the prose that a correction states otherwise than the version before it."""

    __tablename__ = "fact_change"

    report_id: Mapped[str] = mapped_column(
        ident(24), ForeignKey("report.id"), primary_key=True, doc="the version that corrects"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="order on the page, from 1")
    fact: Mapped[str] = mapped_column(ident(), doc="what is counted")
    before_value: Mapped[Decimal | None] = mapped_column(doc="value before; null: no number")
    before_raw: Mapped[str] = mapped_column(doc="the number as printed before")
    after_value: Mapped[Decimal | None] = mapped_column(doc="value now; null: no number")
    after_raw: Mapped[str] = mapped_column(doc="the number as printed now")
    before_sentence: Mapped[str] = mapped_column(doc="the sentence before, masked like a section")
    after_sentence: Mapped[str] = mapped_column(doc="the sentence now, masked like a section")
