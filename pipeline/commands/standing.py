"""`nianbao status` and the demo's summary: how far each region and year is, and how good."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from pipeline.commands.places import Cell, Places
from pipeline.commands.show import plain_table
from storage.warehouse.engine import warehouse_at
from storage.warehouse.queries import (
    AgencyStatus,
    Doubt,
    PartitionStatus,
    agencies,
    doubts,
    status,
)

HEADINGS = ("region", "year", "reports", "with tables", "figures", "errors", "warnings", "fetched")


def partitions(places: Places) -> list[PartitionStatus]:
    """A row per region and report year with a report in the warehouse."""
    with warehouse_at(places.warehouse) as engine:
        return status(engine)


def reports_of(places: Places, cell: Cell) -> list[AgencyStatus]:
    """The current report of each agency of one region and year."""
    with warehouse_at(places.warehouse) as engine:
        return agencies(engine, cell.region, cell.year)


def doubts_of(places: Places, cell: Cell) -> list[Doubt]:
    """What makes figures of one region and year doubtful."""
    with warehouse_at(places.warehouse) as engine:
        return doubts(engine, cell.region, cell.year)


def partition_table(rows: Iterable[PartitionStatus]) -> Table:
    """For people."""
    table = plain_table(*HEADINGS)
    for row in rows:
        counts = (row.reports, row.with_tables, row.figures, row.errors, row.warnings)
        fetched = f"{row.last_fetched:%Y-%m-%d %H:%M}"
        style = "yellow" if row.errors else ""
        table.add_row(row.region, str(row.report_year), *map(str, counts), fetched, style=style)
    return table


def agency_table(rows: Iterable[AgencyStatus]) -> Table:
    """For people: whose report, what was read, what is doubtful, where it stands."""
    table = plain_table("agency", "forms", "figures", "errors", "warnings", "versions", "url")
    for row in rows:
        counts = (row.figures, row.errors, row.warnings, row.versions)
        style = "yellow" if row.errors else ""
        gone = f" (gone since {row.vanished_at:%Y-%m-%d})" if row.vanished_at else ""
        table.add_row(row.agency, row.forms, *map(str, counts), row.url + gone, style=style)
    return table
