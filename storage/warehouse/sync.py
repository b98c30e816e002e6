"""Making the rows of a table what they should be, writing only what differs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    update,
)

from storage.warehouse.rows import Row
from storage.warehouse.summary import Counts

Key = tuple[Any, ...]


def rows_of(connection: Connection, query: Select[Any], **values: object) -> list[Row]:
    """The rows that a query finds with these parameters, as plain dictionaries."""
    result = connection.execute(query, values)
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result]


def sync(
    connection: Connection,
    table: Table,
    known: Iterable[Row],
    wanted: Iterable[Row],
    *,
    remove: bool = True,
) -> Counts:
    """Write what differs between the rows that are there and the rows that should be.

    Args:
        connection: within a transaction that writes.
        table: rows are the same thing when its primary key is the same.
        known: rows as they are in the table now.
        wanted: rows as they should be; updates are made in this order, then inserts.
        remove: delete known rows that are not wanted. Without it they stay.
    """
    before = {_key(table, row): row for row in known}
    after = {_key(table, row): row for row in wanted}
    new = [row for key, row in after.items() if key not in before]
    changed = [row for key, row in after.items() if key in before and before[key] != row]
    gone = [_renamed(before[key]) for key in before.keys() - after.keys() if remove]
    if gone:
        connection.execute(_delete(table), gone)
    if changed:
        connection.execute(_update(table), [_renamed(row) for row in changed])
    if new:
        connection.execute(_insert(table), new)
    return Counts(len(new), len(changed), len(after) - len(new) - len(changed), len(gone))


def _key(table: Table, row: Row) -> Key:
    return tuple(row[column.name] for column in table.primary_key)


def _renamed(row: Row) -> Row:
    """Parameters may not bear the name of a column that the statement sets."""
    return {f"new_{name}": value for name, value in row.items()}


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _update(table: Table) -> Update:
    keys = {column.name for column in table.primary_key}
    values: dict[str, Any] = {
        c.name: bindparam(f"new_{c.name}") for c in table.columns if c.name not in keys
    }
    return update(table).where(*_same_key(table)).values(values)


@cache
def _delete(table: Table) -> Delete:
    return delete(table).where(*_same_key(table))


def _same_key(table: Table) -> list[Any]:
    return [column == bindparam(f"new_{column.name}") for column in table.primary_key]
