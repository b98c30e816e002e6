"""Which amendments the warehouse holds, and of which reports it holds none."""

from __future__ import annotations

from sqlalchemy import Engine, select

from storage.warehouse.models import Amendment, Report

Cell = tuple[str, int, str]
"""Agency, report year, indicator."""


def amended_cells(engine: Engine) -> set[Cell]:
    """The cells that were amended in a version that stands."""
    query = (
        select(Report.agency, Report.report_year, Amendment.indicator_id)
        .join_from(Amendment, Report)
        .where(Report.retired_at.is_(None))
    )
    with engine.connect() as connection:
        return {(agency, year, cell) for agency, year, cell in connection.execute(query)}


def reports_held(engine: Engine) -> set[tuple[str, int]]:
    """Agency and year of every report of which a version stands."""
    query = select(Report.agency, Report.report_year).where(Report.retired_at.is_(None)).distinct()
    with engine.connect() as connection:
        return {(agency, year) for agency, year in connection.execute(query)}
