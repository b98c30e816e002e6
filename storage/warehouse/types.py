"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Numeric, String
from sqlalchemy.dialects.postgresql import VARCHAR
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.errors import StorageError

SQLITE_DIGITS = 15
"""Decimal digits that an SQLite REAL (IEEE 754 double) always gives back unchanged."""
SQLITE_LARGEST_INTEGER = 2**63 - 1


class _PlainNumeric(Numeric[Any]):
    """NUMERIC as the sqlite3 module hands it over, without SQLAlchemy's detour over float."""

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class Exact(TypeDecorator[Decimal]):
    """A number as printed: NUMERIC without a scale, so that nothing is ever rounded to fit.

    SQLite knows no decimals. There a whole number is an INTEGER and any other a REAL, which gives
    back up to 15 digits unchanged: money of the forms has four after the point, so eleven are left
    before it. Both sort and add up in plain SQL, and a person who opens the file reads `521.0592`;
    scaled integers would be exact in sums too, and misread by everyone who opens the file.
    A number that would not come back equal is refused: see `to_sqlite`.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC on both; only the hand-over differs."""
        kind = _PlainNumeric if dialect.name == "sqlite" else Numeric
        return dialect.type_descriptor(kind())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Hand PostgreSQL the Decimal, SQLite what it can keep."""
        return to_sqlite(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Read an SQLite REAL by its shortest digits, which are the printed ones."""
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(repr(value))


class NotExactError(StorageError):
    """A number that the database would not give back as it was."""


def to_sqlite(value: Decimal | None) -> int | float | None:
    """The number as SQLite keeps it: whole numbers apart, so that counts stay integers.

    Raises:
        NotExactError: SQLite would give another number back.
    """
    if value is None:
        return None
    whole = int(value)
    if whole == value:
        if -SQLITE_LARGEST_INTEGER <= whole <= SQLITE_LARGEST_INTEGER:
            return whole
    elif Decimal(repr(kept := float(value))) == value:
        return kept
    raise NotExactError(
        f"{value} has more than the {SQLITE_DIGITS} digits that an SQLite warehouse keeps "
        "exactly. Look at the cell on the page; a PostgreSQL warehouse keeps any number."
    )


def unchanged(value: Decimal | None) -> Decimal | None:
    """The number as PostgreSQL keeps it: any, exactly."""
    return value


class Utc(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so a moment without one is refused there too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any time zone into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} names no time zone; expected an aware UTC time")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment its time zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def ident(length: int = 64) -> String:
    """An identifier of ours. Sorted by its bytes on every server, so that exports never reorder."""
    return String(length).with_variant(VARCHAR(length, collation="C"), "postgresql")
