"""Why a version cannot be loaded. Each reason names the cell, so that a person can look."""

from __future__ import annotations

from collections import Counter
from functools import cache

from pipeline.forms import load_indicators
from pipeline.model import CellState, Figure, Version
from storage.warehouse.types import SQLITE_DIGITS, fits_sqlite


def reason_to_refuse(version: Version, dialect: str) -> str | None:
    """The first reason against loading a version into this kind of database, or null."""
    if not version.captures:
        return "no capture shows this version; expected at least the one it was read from"
    twice = [key for key, n in Counter(f.id for f in version.report.figures).items() if n > 1]
    if twice:
        return f"{twice[0]} is there twice; expected each cell once"
    reasons = (_reason_against(figure, dialect) for figure in version.report.figures)
    return next((reason for reason in reasons if reason), None)


def _reason_against(figure: Figure, dialect: str) -> str | None:
    if figure.id not in _code_list():
        return f"{figure.id} is not in the code list of pipeline/forms; the parser made it up"
    if (figure.value is not None) != (figure.state is CellState.REPORTED):
        return f"{figure.id} is {figure.state} with the value {figure.value}; only reported has one"
    if dialect == "sqlite" and figure.value is not None and not fits_sqlite(figure.value):
        return (
            f"{figure.id} is {figure.value}: more than the {SQLITE_DIGITS} digits that an SQLite "
            f"warehouse keeps exactly. Look at {figure.raw!r} on the page; PostgreSQL keeps any"
        )
    return None


@cache
def _code_list() -> frozenset[str]:
    return frozenset(indicator.id for indicator in load_indicators())
