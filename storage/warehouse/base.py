"""What all tables of the warehouse share: how constraints are named, how types are kept."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from storage.warehouse.types import Exact, Utc

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can speak of it on any database."""


class Base(DeclarativeBase):
    """All tables of the warehouse."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, datetime: Utc, Decimal: Exact}  # noqa: RUF012 (SQLAlchemy's)
