"""An agency's name taken apart: of which place, and which line of offices."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.agencies.divisions import by_name
from pipeline.agencies.model import Division
from pipeline.extract.text import tight

KIND_OF_BODY = re.compile("(?:总局|局|厅|委员会|委|部|办公室|办|署|中心|处)$")
"""What an office is, once its line is known; 局 of a county is 厅 of a province."""

GOVERNMENT = "government"
"""The line of governments themselves: X市人民政府."""

GOVERNMENT_NAME = "人民政府"
LONGEST_PLACE = 15
"""Characters of 双江拉祜族佤族布朗族傣族自治县; no division has more."""


@dataclass(frozen=True, slots=True)
class LineName:
    """A name that a line of offices bore; years are 0 where it has no end."""

    stem: str
    first: int
    last: int

    def borne_in(self, year: int) -> bool:
        """Whether the name may stand on a report about the year."""
        return self.first <= year <= (self.last or 9999)


@dataclass(frozen=True, slots=True)
class OfficeSuccession:
    """Lines of which nobody alone continues another: merged, joined or divided."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    year: int
    kind: str


@dataclass(frozen=True, slots=True)
class AgencyParts:
    """A place and an office; `places` are all divisions of that name, wherever they are."""

    places: tuple[Division, ...]
    office: str
    """What is left of the name: 应急管理局."""
    line: str
    """Id of the line of offices, or the office itself where no line is known."""


@cache
def _data() -> Mapping[str, list[dict[str, object]]]:
    path = files("pipeline").joinpath("agencies/data/offices.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def lines() -> Mapping[str, tuple[LineName, ...]]:
    """Line -> the names that it bore, oldest first."""
    return {
        str(row["id"]): tuple(LineName(*each) for each in row["names"])  # type: ignore[attr-defined]
        for row in _data()["line"]
    }


@cache
def office_successions() -> tuple[OfficeSuccession, ...]:
    """Lines that end in others."""
    return tuple(
        OfficeSuccession(
            before=tuple(row["before"]),  # type: ignore[arg-type]
            after=tuple(row["after"]),  # type: ignore[arg-type]
            year=int(row["year"]),  # type: ignore[call-overload]
            kind=str(row["kind"]),
        )
        for row in _data()["succession"]
    )


@cache
def _line_of_stem() -> Mapping[str, str]:
    return {name.stem: line for line, names in lines().items() for name in names}


def stem_of(office: str) -> str:
    """应急管理 of 应急管理局."""
    return KIND_OF_BODY.sub("", office) or office


def line_of(office: str) -> str:
    """The line of an office by its name without place; the office itself where none is known."""
    if office == GOVERNMENT_NAME:
        return GOVERNMENT
    return _line_of_stem().get(stem_of(office)) or office


@lru_cache(maxsize=16384)
def parts_of(agency: str) -> AgencyParts | None:
    """Take an official name apart; None if no division stands at its beginning.

    The places named first may be above the one that is meant: 河南省济源市应急管理局 is of 济源市.
    """
    rest = tight(agency)
    places: tuple[Division, ...] = ()
    while found := _place(rest):
        named, rest = found
        places = _below(places, named)
    return AgencyParts(places, rest, line_of(rest)) if places and rest else None


def _place(name: str) -> tuple[tuple[Division, ...], str] | None:
    """The longest division that the name begins with, and what follows."""
    for end in range(min(len(name), LONGEST_PLACE), 1, -1):
        if places := by_name().get(name[:end]):
            return places, name[end:]
    return None


def _below(above: tuple[Division, ...], named: tuple[Division, ...]) -> tuple[Division, ...]:
    """Of the places named, those that lie in the one named before them."""
    if not above:
        return named
    inside = tuple(
        each for each in named if any(_lies_in(each.code, place.code) for place in above)
    )
    return inside or named


def _lies_in(code: str, place: str) -> bool:
    return code.startswith(place.rstrip("0") if place.endswith("00") else place)
