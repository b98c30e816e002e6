"""What the warehouse already holds about the pages and the report that are being loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, bindparam, select

from storage.warehouse.models import Base
from storage.warehouse.rows import Row, Rows
from storage.warehouse.sync import parameter_mark, rows_of

TABLES = Base.metadata.tables
CAPTURE: Table = TABLES["capture"]
LINK: Table = TABLES["report_capture"]
REPORT: Table = TABLES["report"]


# Built once: SQLAlchemy takes longer to build a statement than SQLite to answer it.
_CAPTURES = (
    select(CAPTURE, LINK.c.report_id, LINK.c.showing)
    .outerjoin(LINK)
    .where(CAPTURE.c.id.in_(bindparam("ids", expanding=True)))
)
_REPORT_KEY = ("agency", "report_year", "scope")
_VERSIONS = select(REPORT).where(*(REPORT.c[name] == bindparam(name) for name in _REPORT_KEY))
_BY_ID = select(REPORT).where(REPORT.c.id.in_(bindparam("ids", expanding=True)))
_SHOWN = select(LINK).where(LINK.c.report_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Found:
    """Rows by id. `shown` says for each capture which version it shows."""

    captures: Rows
    shown: Rows
    reports: Rows
    """All versions of the report, and all of any report that loses a capture to it."""
    orphans: frozenset[str]
    """Versions that no capture shows once these captures show other ones."""


def find(connection: Connection, reports: Rows, links: Rows) -> Found:
    """Look up everything that a load of one report may change.

    Args:
        connection: within a transaction that writes.
        reports: the versions to be loaded, all of one report.
        links: capture -> the version that it shows from now on.
    """
    if _all_new(connection, next(iter(reports.values())), tuple(links)):
        return Found({}, {}, {}, frozenset())
    captures, shown = _captures(connection, links)
    known = _versions(connection, next(iter(reports.values())))
    losing = {row["report_id"] for row in shown.values()} - reports.keys()
    if not losing:
        return Found(captures, shown, known, frozenset())
    for row in rows_of(connection, _BY_ID, ids=list(losing)):
        known |= _versions(connection, row)
    links_of_losing = rows_of(connection, _SHOWN, ids=list(losing))
    kept = {row["report_id"] for row in links_of_losing if row["capture_id"] not in links}
    return Found(captures, shown, known, frozenset(losing - kept))


def _all_new(connection: Connection, row: Row, captures: tuple[str, ...]) -> bool:
    """Whether nothing of the report is there: most of a first load, told by one cheap question."""
    mark = parameter_mark(connection)
    question = (
        f"SELECT 1 FROM capture WHERE id IN ({', '.join([mark] * len(captures))})"  # noqa: S608
        " UNION ALL SELECT 1 FROM report WHERE "
        f"{' AND '.join(f'{name} = {mark}' for name in _REPORT_KEY)} LIMIT 1"
    )
    values = (*captures, *(row[name] for name in _REPORT_KEY))
    return connection.exec_driver_sql(question, values).first() is None


def _captures(connection: Connection, ids: Iterable[str]) -> tuple[Rows, Rows]:
    captures: Rows = {}
    shown: Rows = {}
    for row in rows_of(connection, _CAPTURES, ids=list(ids)):
        link = {name: row.pop(name) for name in ("report_id", "showing")}
        captures[row["id"]] = row
        if link["report_id"] is not None:
            shown[row["id"]] = {"capture_id": row["id"], **link}
    return captures, shown


def _versions(connection: Connection, row: Row) -> Rows:
    """All versions of the report that a row is a version of."""
    found = rows_of(connection, _VERSIONS, **{name: row[name] for name in _REPORT_KEY})
    return {version["id"]: version for version in found}
