"""The amendments of all regions, refused loudly where they could not mean anything."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import NianbaoError
from pipeline.forms import load_indicators
from pipeline.model import Amendment

KEYS = frozenset(
    {"agency", "report_year", "cell", "printed", "value", "reason", "evidence", "decided_on"}
)
OPTIONAL = frozenset({"digest"})


class AmendmentError(NianbaoError):
    """An entry of an amendments file that says too little or nonsense."""


@cache
def load_amendments() -> dict[tuple[str, int], tuple[Amendment, ...]]:
    """Every amendment, by the agency and the year of the report that it is about.

    Raises:
        AmendmentError: an entry is not what it should be; it names file, entry and key.
    """
    folder = files("pipeline.amendments")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    every = (
        amendment
        for name in names
        for amendment in read_amendments(folder.joinpath(name).read_text("utf-8"), name)
    )
    found: dict[tuple[str, int], tuple[Amendment, ...]] = {}
    for amendment in every:
        key = amendment.agency, amendment.report_year
        found[key] = (*found.get(key, ()), amendment)
    return found


def read_amendments(text: str, name: str) -> Iterator[Amendment]:
    """The entries of one file.

    Raises:
        AmendmentError: see `load_amendments`.
    """
    seen: set[tuple[str, int, str, str | None]] = set()
    for number, row in enumerate(tomllib.loads(text, parse_float=Decimal)["amendment"], start=1):
        amendment = _amendment(row, f"pipeline/amendments/{name}, entry {number}")
        key = (amendment.agency, amendment.report_year, amendment.cell, amendment.digest)
        if key in seen:
            raise AmendmentError(f"pipeline/amendments/{name}, entry {number}: {key} stands twice")
        seen.add(key)
        yield amendment


def _amendment(row: dict[str, Any], at: str) -> Amendment:
    lacking, unknown = KEYS - set(row), set(row) - KEYS - OPTIONAL
    if lacking or unknown:
        raise AmendmentError(f"{at}: lacks {sorted(lacking)}, does not know {sorted(unknown)}")
    if row["cell"] not in {indicator.id for indicator in load_indicators()}:
        raise AmendmentError(
            f"{at}: there is no cell {row['cell']!r}; expected <table>.<row>.<col>"
        )
    blank = [key for key in ("agency", "reason", "evidence") if not str(row[key]).strip()]
    if blank or not isinstance(row["decided_on"], date):
        raise AmendmentError(
            f"{at}: {blank or 'decided_on'} must say something; a date has no quotes"
        )
    try:
        value = Decimal(str(row["value"]))
    except InvalidOperation as error:
        raise AmendmentError(f"{at}: value is {row['value']!r}, expected a number") from error
    return Amendment(**{**row, "value": value})
