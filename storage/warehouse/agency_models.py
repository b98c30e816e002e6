"""The tables of places and agencies; `doc` of each column is the data dictionary."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.warehouse.base import Base
from storage.warehouse.types import ident


class Division(Base):
    """A place of GB/T 2260 under one name, with the years in which it stood."""

    __tablename__ = "division"

    code: Mapped[str] = mapped_column(ident(6), primary_key=True, doc="GB/T 2260, six digits")
    name: Mapped[str] = mapped_column(primary_key=True, doc="official name, without those above it")
    level: Mapped[str] = mapped_column(ident(16), doc="province, prefecture or county")
    parent: Mapped[str | None] = mapped_column(
        ident(6), doc="code one level up; null for provinces"
    )
    valid_from: Mapped[int | None] = mapped_column(doc="year; null: before 1983")
    valid_to: Mapped[int | None] = mapped_column(doc="year; null: it stands")
    successors: Mapped[str] = mapped_column(
        doc="codes of what it became or was joined to, by blanks; its own code: it was renamed"
    )


class Agency(Base):
    """An agency through time, whatever it was called."""

    __tablename__ = "agency"

    id: Mapped[str] = mapped_column(
        primary_key=True,
        doc="<division>:<line of offices>, such as 419001:emergency_management",
    )
    name: Mapped[str] = mapped_column(doc="official name today, or the last one known")
    division: Mapped[str | None] = mapped_column(
        ident(6), index=True, doc="code of its place; null: central, or not known"
    )
    level: Mapped[str] = mapped_column(
        ident(32), doc="province, prefecture_department, ...; other: not known"
    )
    line: Mapped[str] = mapped_column(doc="line of offices; the office's name where none is known")
    credit_code: Mapped[str | None] = mapped_column(
        ident(18), doc="统一社会信用代码, both check digits right; null: not known"
    )
    reviewed: Mapped[bool] = mapped_column(
        doc="false: known from a printed name alone; nobody has looked at it yet"
    )


class AgencyName(Base):
    """A name that an agency bears or bore on its reports."""

    __tablename__ = "agency_name"

    name: Mapped[str] = mapped_column(primary_key=True, doc="full official name, as read")
    agency_id: Mapped[str] = mapped_column(ForeignKey("agency.id"), index=True, doc="whose name")
    region: Mapped[str] = mapped_column(
        ident(), index=True, doc="registry region of the report column it was first seen in"
    )


class AgencySite(Base):
    """A host that shows reports of an agency; one host may speak for many agencies."""

    __tablename__ = "agency_site"

    agency_id: Mapped[str] = mapped_column(
        ForeignKey("agency.id"), primary_key=True, doc="whose reports"
    )
    host: Mapped[str] = mapped_column(primary_key=True, doc="host name, as captured")
    site_code: Mapped[str | None] = mapped_column(
        ident(16), doc="网站标识码 of its pages: of the site, not the agency; null: not printed"
    )


class AgencySuccession(Base):
    """An agency that ended in another which does not continue it alone."""

    __tablename__ = "agency_succession"

    before_id: Mapped[str] = mapped_column(
        ForeignKey("agency.id"), primary_key=True, doc="the agency that ended"
    )
    after_id: Mapped[str] = mapped_column(
        ForeignKey("agency.id"), primary_key=True, doc="the agency that it ended in"
    )
    year: Mapped[int] = mapped_column(doc="year of the reform or decision")
    kind: Mapped[str] = mapped_column(ident(16), doc="merged, joined or divided")
    source: Mapped[str] = mapped_column(ident(16), doc="reform: by a rule; reviewed: by a person")
