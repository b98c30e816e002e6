"""Data only: places, agencies and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE, PREFECTURE, COUNTY = "province", "prefecture", "county"


@dataclass(frozen=True, slots=True)
class Division:
    """A place under one name. `valid_from` and `valid_to` are years; null: before 1983, still."""

    code: str
    """GB/T 2260."""
    name: str
    valid_from: int | None
    valid_to: int | None
    successors: tuple[str, ...]
    """Codes of what it became or was joined to; its own code where only the name changed. Empty
    for what stands, and for a few forest districts that were divided among several."""

    @property
    def level(self) -> str:
        """What its code says: `province`, `prefecture` or `county`."""
        if self.code.endswith("0000"):
            return PROVINCE
        return PREFECTURE if self.code.endswith("00") else COUNTY

    @property
    def parent(self) -> str | None:
        """The code one level up; null for provinces."""
        if self.level == PROVINCE:
            return None
        return f"{self.code[:2]}0000" if self.level == PREFECTURE else f"{self.code[:4]}00"

    def stood_in(self, year: int) -> bool:
        """Whether the place bore this name and code at any time of the year."""
        return (self.valid_from or 0) <= year <= (self.valid_to or 9999)


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name of an agency and the years of the reports it stands on; null where not known."""

    name: str
    first: int | None = None
    last: int | None = None
    source: str = ""
    """Who says so: `registry`, `reviewed`, or `printed`."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency through time: one id, whatever it was called."""

    id: str
    """`<division>:<line>`, such as 419001:emergency_management; 000000 for central agencies."""
    name: str
    """Its official name today, or the last one known."""
    division: str | None
    level: str
    line: str
    """Of offices, such as `emergency_management`; the office's name where no line is known."""
    names: tuple[AgencyName, ...]
    credit_code: str | None = None
    """统一社会信用代码; null: not known."""
    reviewed: bool = True
    """False: it is known from a printed name alone, and waits for somebody to look at it."""


@dataclass(frozen=True, slots=True)
class Succession:
    """An agency that ends in another one which does not continue it alone."""

    before: str
    """Id of the agency that ended."""
    after: str
    year: int
    kind: str
    """`merged`: several made a new one; `joined`: it became part of another; `divided`."""
    source: str
