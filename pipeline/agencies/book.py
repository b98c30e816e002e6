"""The agencies that are known, and who a name, a code or a place and an office belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.agencies.divisions import successor_of
from pipeline.agencies.model import Agency, AgencyName
from pipeline.agencies.offices import line_of, parts_of
from pipeline.errors import NianbaoError
from pipeline.extract.text import core


class AgencyError(NianbaoError):
    """A row about an agency that contradicts another, or itself."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that names an agency: of the registry, or of the reviewed list."""

    name: str
    division: str | None
    level: str
    source: str
    id: str | None = None
    """Given where a person has decided that this name is that agency's."""
    first: int | None = None
    last: int | None = None
    credit_code: str | None = None


@dataclass(slots=True)
class AgencyBook:
    """All known agencies, found by name, by code, and by place and line of offices."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_code: dict[str, str] = field(default_factory=dict)

    def named(self, name: str) -> tuple[Agency, ...]:
        """The agencies that bear a name, or bore it; usually one or none."""
        return tuple(self.agencies[id_] for id_ in self._by_name.get(core(name), ()))

    def with_code(self, credit_code: str) -> Agency | None:
        """The agency that has the 统一社会信用代码."""
        id_ = self._by_code.get(credit_code)
        return self.agencies[id_] if id_ else None

    def at(self, division: str, line: str) -> Agency | None:
        """The office of a line in a place, under the code that the place has today."""
        return self.agencies.get(agency_id(division, line))

    def add(self, agency: Agency) -> None:
        """Take up an agency, or more names of one that is known.

        Raises:
            AgencyError: its credit code is another agency's.
        """
        known = self.agencies.get(agency.id)
        merged = _merged(known, agency) if known else agency
        self.agencies[agency.id] = merged
        for name in merged.names:
            ids = self._by_name[core(name.name)]
            if agency.id not in ids:
                ids.append(agency.id)
        if merged.credit_code:
            owner = self._by_code.setdefault(merged.credit_code, agency.id)
            if owner != agency.id:
                raise AgencyError(
                    f"{agency.name}: credit code {merged.credit_code} is that of "
                    f"{self.agencies[owner].name}; one of the rows is wrong"
                )


def agency_id(division: str | None, line: str) -> str:
    """The id of the office of a line in a place; a place that was renamed keeps its agencies."""
    return f"{successor_of(division) if division else '000000'}:{line}"


def book_of(rows: Iterable[Listed]) -> AgencyBook:
    """The book that these rows make; the same whatever their order, but for the last name."""
    book = AgencyBook()
    for row in rows:
        book.add(agency_of(row))
    return book


def agency_of(row: Listed, *, reviewed: bool = True) -> Agency:
    """The agency that a row is about."""
    parts = parts_of(row.name)
    office = parts.office if parts else row.name
    line = parts.line if parts else line_of(office)
    return Agency(
        id=row.id or agency_id(row.division, line),
        name=row.name,
        division=row.division,
        level=row.level,
        line=line,
        names=(AgencyName(row.name, row.first, row.last, row.source),),
        credit_code=row.credit_code,
        reviewed=reviewed,
    )


def _merged(known: Agency, more: Agency) -> Agency:
    """Both rows' names; what the first row says of the agency stands."""
    names = {(core(each.name), each.first, each.last): each for each in more.names}
    names.update({(core(each.name), each.first, each.last): each for each in known.names})
    return replace(
        known,
        names=tuple(sorted(names.values(), key=lambda n: (n.first or 0, n.name))),
        credit_code=known.credit_code or more.credit_code,
        reviewed=known.reviewed or more.reviewed,
    )
