"""Writing figures, sections, facts and findings: nine rows of ten, so by the driver's own means.

SQLAlchemy's Core spends more time on preparing two hundred rows than SQLite on storing them; here
the tuples go to the driver as they are (on PostgreSQL by COPY), and rows that are there already are
compared as the driver reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.warehouse.models import Base
from storage.warehouse.rows import Children
from storage.warehouse.summary import Counts
from storage.warehouse.sync import insertion, parameter_mark

Values = tuple[Any, ...]
KEY = 2
"""The primary key of all these tables: report_id, then indicator_id or number."""


def insert_children(connection: Connection, children: Children) -> dict[str, Counts]:
    """Insert the rows of a version that is new."""
    for table, rows in children.items():
        _insert(connection, table, rows)
    return {table: Counts(inserted=len(rows)) for table, rows in children.items()}


def sync_children(connection: Connection, report_id: str, children: Children) -> dict[str, Counts]:
    """Write what differs from the rows that a version has already."""
    return {table: _sync(connection, table, report_id, rows) for table, rows in children.items()}


def _sync(connection: Connection, table: str, report_id: str, rows: Sequence[Values]) -> Counts:
    found = connection.exec_driver_sql(_select(table, parameter_mark(connection)), (report_id,))
    before = {row[:KEY]: row for row in map(tuple, found)}
    after = {tuple(row[:KEY]): row for row in rows}
    new = [row for key, row in after.items() if key not in before]
    changed = [row for key, row in after.items() if key in before and before[key] != row]
    gone = list(before.keys() - after.keys())
    if gone:
        connection.exec_driver_sql(_delete(table, parameter_mark(connection)), gone)
    if changed:
        values = [(*row[KEY:], *row[:KEY]) for row in changed]
        connection.exec_driver_sql(_update(table, parameter_mark(connection)), values)
    _insert(connection, table, new)
    return Counts(len(new), len(changed), len(after) - len(new) - len(changed), len(gone))


def _insert(connection: Connection, table: str, rows: Sequence[Values]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.exec_driver_sql(insertion(table, parameter_mark(connection)), list(rows))


def _copy(connection: Connection, table: str, rows: Sequence[Values]) -> None:
    """COPY is six times as fast as INSERT; its errors become SQLAlchemy's, as everywhere else."""
    statement = f"COPY {table} ({', '.join(_columns(table))}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    dbapi: Any = connection.dialect.loaded_dbapi
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except dbapi.Error as error:
        raise DBAPIError.instance(statement, None, error, dbapi.Error) from error


def _columns(table: str) -> tuple[str, ...]:
    return tuple(Base.metadata.tables[table].columns.keys())


@cache
def _select(table: str, mark: str) -> str:
    return f"SELECT {', '.join(_columns(table))} FROM {table} WHERE report_id = {mark}"  # noqa: S608


@cache
def _update(table: str, mark: str) -> str:
    sets = ", ".join(f"{name} = {mark}" for name in _columns(table)[KEY:])
    return f"UPDATE {table} SET {sets} WHERE {_same_key(table, mark)}"  # noqa: S608


@cache
def _delete(table: str, mark: str) -> str:
    return f"DELETE FROM {table} WHERE {_same_key(table, mark)}"  # noqa: S608


def _same_key(table: str, mark: str) -> str:
    """The names are those of our own models: no SQL comes from outside."""
    return " AND ".join(f"{name} = {mark}" for name in _columns(table)[:KEY])
