"""Administrative divisions (GB/T 2260) with the years in which they stood, and what followed them.

Facts from the revisions of GB/T 2260 and the yearly decrees of the Ministry of Civil Affairs, since
1999; a code that was given up before the Regulations is kept, for credit codes still begin with it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from operator import attrgetter

from pipeline.agencies.model import Division


@cache
def load_divisions() -> tuple[Division, ...]:
    """All divisions, ordered by code and year."""
    path = files("pipeline").joinpath("agencies/data/divisions.tsv")
    rows = csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t")
    return tuple(
        Division(
            code=row["code"],
            name=row["name"],
            valid_from=int(row["valid_from"]) if row["valid_from"] else None,
            valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            successors=tuple(row["successors"].split()),
        )
        for row in rows
    )


@cache
def by_code() -> Mapping[str, tuple[Division, ...]]:
    """Code -> what bore it, in order of time."""
    return _grouped(attrgetter("code"))


@cache
def by_name() -> Mapping[str, tuple[Division, ...]]:
    """Name -> the places that bear or bore it: there are several 鼓楼区."""
    return _grouped(attrgetter("name"))


def _grouped(key: Callable[[Division], str]) -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = defaultdict(list)
    for division in load_divisions():
        found[key(division)].append(division)
    return {value: tuple(each) for value, each in found.items()}


def division_at(code: str, year: int) -> Division | None:
    """What bore the code in a year; None if nothing did."""
    return next((each for each in by_code().get(code, ()) if each.stood_in(year)), None)


@cache
def successor_of(code: str) -> str:
    """Where a place is to be looked for today: its own code, or that of its only successor.

    A place that was divided or joined to several keeps its own: nobody continues it alone.
    """
    seen = {code}
    while True:
        last = by_code().get(code, ())[-1:]
        if not last or last[0].valid_to is None or len(last[0].successors) != 1:
            return code
        (after,) = last[0].successors
        if after in seen:
            return code
        seen.add(after)
        code = after
