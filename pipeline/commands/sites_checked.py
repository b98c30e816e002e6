"""Registry rows against the divisions there are: what the crawler alone cannot know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawlers.registry import ReportColumn
from pipeline.agencies.divisions import by_code, division_at, successor_of
from pipeline.agencies.model import Division

NO_PLACE = "99"
"""Codes of places that do not exist."""

KIND_OF_PLACE = re.compile("(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|盟|旗)$")


def place_problems(columns: Iterable[ReportColumn], year: int) -> Iterator[str]:
    """Codes that no revision of GB/T 2260 has, that were given up, or that are another place's.

    A column may stand for years before its place bore the code (重庆荣昌 was a county until 2015);
    it must bear it in the last of them.
    """
    for column in columns:
        if column.division is None or column.division.startswith(NO_PLACE):
            continue
        if said := _problem(column, column.division, min(column.last_year or year, year)):
            yield f"{column.region}.toml ({column.id}): division {column.division} {said}"


def _problem(column: ReportColumn, code: str, year: int) -> str | None:
    if code not in by_code():
        return "is in no revision of GB/T 2260"
    place = division_at(code, year)
    if place is None:
        today = successor_of(code)
        follows = f"; {today} follows it" if today != code else ""
        return f"was nobody's in {year}{follows}"
    if not _names(column, place):
        return f"is {place.name}, which the name {column.agency} does not say"
    return None


def _names(column: ReportColumn, place: Division) -> bool:
    """湖北省 in 湖北省人民政府, 武汉 in 武汉东湖新技术开发区."""
    return KIND_OF_PLACE.sub("", place.name) in column.agency
