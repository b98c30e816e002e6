"""What the warehouse already holds about the pages and the report that are being loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, or_, select
from sqlalchemy.dialects import postgresql

from storage.warehouse.models import Base
from storage.warehouse.rows import Row
from storage.warehouse.summary import Counts
from storage.warehouse.sync import rows_of

TABLES = Base.metadata.tables
CAPTURE: Table = TABLES["capture"]
LINK: Table = TABLES["report_capture"]
REPORT: Table = TABLES["report"]
AGENCY: Table = TABLES["agency"]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows by id. `shown` says for each capture which version it shows."""

    captures: dict[str, Row]
    shown: dict[str, str]
    reports: dict[str, Row]
    """All versions of the report, and all of any report that loses a capture to it."""
    orphans: frozenset[str]
    """Versions that no capture shows once these captures show other ones."""


def find(connection: Connection, reports: dict[str, Row], links: dict[str, str]) -> Found:
    """Look up everything that a load of one report may change.

    Args:
        connection: within a transaction that writes.
        reports: the versions to be loaded, all of one report.
        links: capture -> the version that it shows from now on.
    """
    captures, shown = _captures(connection, links)
    losing = {report for report in shown.values() if report not in reports}
    keys = [_same_report(next(iter(reports.values())))]
    orphans: frozenset[str] = frozenset()
    if losing:
        orphans = _orphans(connection, losing, links)
        losers = rows_of(connection, select(REPORT).where(REPORT.c.id.in_(losing)))
        keys += [_same_report(row) for row in losers]
    known = rows_of(connection, select(REPORT).where(or_(*keys)))
    return Found(captures, shown, {row["id"]: row for row in known}, orphans)


def claim_agency(connection: Connection, name: str, region: str) -> Counts:
    """Make sure the agency is there, and on a server let nobody else load its reports meanwhile."""
    wanted = select(AGENCY.c.name).where(AGENCY.c.name == name).with_for_update()
    if connection.execute(wanted).first():
        return Counts(unchanged=1)
    if connection.dialect.name == "sqlite":
        connection.execute(AGENCY.insert(), {"name": name, "region": region})
    else:
        polite = postgresql.insert(AGENCY).on_conflict_do_nothing()
        connection.execute(polite, {"name": name, "region": region})
        connection.execute(wanted)
    return Counts(inserted=1)


def _captures(connection: Connection, ids: Iterable[str]) -> tuple[dict[str, Row], dict[str, str]]:
    query = select(CAPTURE, LINK.c.report_id).outerjoin(LINK).where(CAPTURE.c.id.in_(list(ids)))
    captures: dict[str, Row] = {}
    shown: dict[str, str] = {}
    for row in rows_of(connection, query):
        report = row.pop("report_id")
        captures[row["id"]] = row
        if report is not None:
            shown[row["id"]] = report
    return captures, shown


def _orphans(
    connection: Connection, losing: Iterable[str], links: dict[str, str]
) -> frozenset[str]:
    query = select(LINK.c.capture_id, LINK.c.report_id).where(LINK.c.report_id.in_(list(losing)))
    kept = {row.report_id for row in connection.execute(query) if row.capture_id not in links}
    return frozenset(losing) - kept


def _same_report(row: Row) -> Any:
    return and_(*(REPORT.c[name] == row[name] for name in ("agency", "report_year", "scope")))
