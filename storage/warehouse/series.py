"""Agencies with the names and years of their reports."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, or_, select

from storage.warehouse.models import Agency, AgencyName
from storage.warehouse.views import report_current

_REPORT = report_current.c
_AGENCY, _NAME = Agency.__table__.c, AgencyName.__table__.c


@dataclass(frozen=True, slots=True)
class AgencySeries:
    """One agency: its names, and the years of its current reports under each of them."""

    id: str
    division: str | None
    reviewed: bool
    years: dict[str, tuple[int, ...]]
    """Name -> report years; names without a current report have none."""
    url: str | None
    """Of its latest report."""


def series(
    engine: Engine, name: str | None = None, *, unreviewed: bool = False
) -> list[AgencySeries]:
    """Every agency that a report names, by id; `name` may be part of a name or an id."""
    query = (
        select(
            _AGENCY.id,
            _AGENCY.division,
            _AGENCY.reviewed,
            _NAME.name,
            _REPORT.report_year,
            _REPORT.url,
        )
        .join_from(AgencyName, Agency, _NAME.agency_id == _AGENCY.id)
        .outerjoin(report_current, _REPORT.agency == _NAME.name)
        .order_by(_AGENCY.id, _REPORT.report_year, _NAME.name)
    )
    if unreviewed:
        query = query.where(_AGENCY.reviewed.is_(False))
    if name is not None:
        same = select(_NAME.agency_id).where(or_(_NAME.name.contains(name), _AGENCY.id == name))
        query = query.where(_AGENCY.id.in_(same.join_from(AgencyName, Agency)))
    found: dict[str, AgencySeries] = {}
    with engine.connect() as connection:
        for row in connection.execute(query):
            before = found.get(row.id)
            years = dict(before.years) if before else {}
            year = () if row.report_year is None else (row.report_year,)
            years[row.name] = tuple(sorted({*years.get(row.name, ()), *year}))
            url = row.url or (before.url if before else None)
            found[row.id] = AgencySeries(row.id, row.division, row.reviewed, years, url)
    return list(found.values())
