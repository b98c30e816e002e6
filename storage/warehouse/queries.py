"""What people ask first: how far is each region and year, and how good is each report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, ScalarSelect, Select, and_, case, func, or_, select

from pipeline.forms.load import TABLES
from pipeline.forms.model import forms_said
from storage.warehouse.models import Capture, Finding, Report
from storage.warehouse.views import figure_current, report_current


@dataclass(frozen=True, slots=True)
class PartitionStatus:
    """One region and report year, current versions alone."""

    region: str
    report_year: int
    reports: int
    with_tables: int
    """Reports that print at least one of the three statutory tables."""
    figures: int
    """Cells with a number, a printed 0 among them."""
    errors: int
    warnings: int
    last_fetched: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class AgencyStatus:
    """The current report of one agency."""

    agency: str
    report_column: str
    report_year: int
    scope: str
    title: str | None
    published_on: date | None
    forms: str
    """The form of its tables, `2019`; where they differ, `t2 2021, t3 2019`; empty: no table."""
    figures: int
    errors: int
    warnings: int
    notes: int
    versions: int
    """Wordings of this report that were ever seen, this one included."""
    url: str
    vanished_at: datetime | None
    """UTC; since then its page is gone from the list, or from the site."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An error of a current report, in the words of its finding."""

    agency: str
    place: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class PageAt:
    """Where the bytes of a version stand."""

    report_id: str
    scope: str
    url: str
    digest: str
    warc: str
    warc_offset: int


_REPORT = report_current.c


def status(engine: Engine) -> list[PartitionStatus]:
    """A row for each region and report year that has a report, in that order."""
    reports = select(
        _REPORT.region,
        _REPORT.report_year,
        _REPORT.last_seen_at,
        case((_has_table(), 1), else_=0).label("has_table"),
        _figures().label("figures"),
        _findings("error").label("errors"),
        _findings("warning").label("warnings"),
    ).subquery()
    query = (
        select(
            reports.c.region,
            reports.c.report_year,
            func.count().label("reports"),
            func.sum(reports.c.has_table).label("with_tables"),
            func.sum(reports.c.figures).label("figures"),
            func.sum(reports.c.errors).label("errors"),
            func.sum(reports.c.warnings).label("warnings"),
            func.max(reports.c.last_seen_at).label("last_fetched"),
        )
        .group_by(reports.c.region, reports.c.report_year)
        .order_by(reports.c.region, reports.c.report_year)
    )
    return [PartitionStatus(**_whole(row)) for row in _rows(engine, query)]


def agencies(engine: Engine, region: str, report_year: int) -> list[AgencyStatus]:
    """The current report of each agency of a partition, those with most errors first."""
    errors = _findings("error").label("errors")
    query = (
        select(
            *(_REPORT.agency, _REPORT.report_column, _REPORT.report_year, _REPORT.scope),
            *(_REPORT.title, _REPORT.published_on),
            *(_REPORT[f"form_{table}"] for table in TABLES),
            _figures().label("figures"),
            errors,
            _findings("warning").label("warnings"),
            _findings("note").label("notes"),
            _versions().label("versions"),
            _REPORT.url,
            _REPORT.vanished_at,
        )
        .where(_REPORT.region == region, _REPORT.report_year == report_year)
        .order_by(errors.desc(), _REPORT.report_column, _REPORT.report_id)
    )
    return [AgencyStatus(**_with_forms(row)) for row in _rows(engine, query)]


def doubts(engine: Engine, region: str, report_year: int) -> list[Doubt]:
    """The errors of a partition's current reports, report by report in the order of finding."""
    query = (
        select(_REPORT.agency, Finding.place, Finding.message_zh)
        .join_from(report_current, Finding, Finding.report_id == _REPORT.report_id)
        .where(_REPORT.region == region, _REPORT.report_year == report_year)
        .where(Finding.severity == "error")
        .order_by(_REPORT.report_column, _REPORT.report_id, Finding.number)
    )
    return [Doubt(**row) for row in _rows(engine, query)]


def pages(engine: Engine, report: str, report_year: int | None) -> list[PageAt]:
    """The page of a version by its id, or those of an agency's current reports on a year."""
    table = Report.__table__.c
    asked = (
        table.id == report
        if report_year is None
        else and_(table.agency == report, table.report_year == report_year, table.is_current)
    )
    capture = (Capture.url, Capture.digest, Capture.warc, Capture.warc_offset)
    query = (
        select(table.id.label("report_id"), table.scope, *capture)
        .join_from(Report, Capture, Report.capture_id == Capture.id)
        .where(asked)
        .order_by(table.id)
    )
    return [PageAt(**row) for row in _rows(engine, query)]


def _has_table() -> ColumnElement[bool]:
    return or_(*(_REPORT[f"form_{table}"].is_not(None) for table in TABLES))


def _figures() -> ScalarSelect[int]:
    figure = figure_current.c
    return (
        select(func.count())
        .where(figure.report_id == _REPORT.report_id, figure.state == "reported")
        .scalar_subquery()
    )


def _findings(severity: str) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(Finding.report_id == _REPORT.report_id, Finding.severity == severity)
        .scalar_subquery()
    )


def _versions() -> ScalarSelect[int]:
    same = (getattr(Report, name) == _REPORT[name] for name in ("agency", "report_year", "scope"))
    return select(func.count()).where(Report.retired_at.is_(None), *same).scalar_subquery()


def _rows(engine: Engine, query: Select[Any]) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL adds whole numbers up to a Decimal."""
    sums = ("with_tables", "figures", "errors", "warnings")
    return {**row, **{name: int(row[name]) for name in sums}}


def _with_forms(row: dict[str, Any]) -> dict[str, Any]:
    forms = {table: row.pop(f"form_{table}") for table in TABLES}
    return {**row, "forms": forms_said(forms)}
