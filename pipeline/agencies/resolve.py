"""Whose report a page is: the agency behind the name that it prints, with what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.agencies.book import AgencyBook, Listed, agency_of
from pipeline.agencies.codes import credit_code_in
from pipeline.agencies.divisions import successor_of
from pipeline.agencies.model import Agency, Division
from pipeline.agencies.offices import AgencyParts, lines, parts_of, stem_of
from pipeline.findings import finding
from pipeline.model import Finding


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a page's agency before the book is opened."""

    name: str
    """As read from the page, completed where title, source or registry allow it."""
    year: int | None
    division: str | None = None
    """Of the report column that lists the page."""
    index_number: str | None = None
    """索引号: of many agencies it begins with the credit code."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The agency, what decided, and what a reader should know.

    `agency.reviewed` is false where no row of the registry or of the reviewed list knows it: then
    `findings` say so, and the agency is to be reviewed before anybody relies on its series.
    """

    agency: Agency
    evidence: str
    """`name`, `credit_code`, `succession`, or `printed_name` where only that is known."""
    findings: tuple[Finding, ...] = ()


def resolve(asked: Asked, book: AgencyBook) -> Resolved:
    """Find the agency: by its name, its code, or as the office that its place's office was.

    Never by likeness of names: two offices may differ in one character. What is not found becomes
    an agency that waits for review, under an id that the next run makes again.
    """
    named = book.named(asked.name)
    if len(named) == 1:
        return Resolved(named[0], "name", _outdated(asked, named[0]))
    parts = parts_of(asked.name)
    if len(named) > 1 and (own := _nearest(named, asked)):
        return Resolved(own, "name", _outdated(asked, own))
    code = credit_code_in(asked.index_number)
    if code and (agency := book.with_code(code)):
        values = {"printed": asked.name, "agency": agency.name}
        return Resolved(agency, "credit_code", (finding("agency_known_as", "agency", **values),))
    place = _place(parts, asked) if parts else None
    if parts and place and (agency := book.at(place.code, parts.line)):
        return Resolved(agency, "succession", _outdated(asked, agency))
    return _unlisted(asked, place, code)


def _nearest(named: tuple[Agency, ...], asked: Asked) -> Agency | None:
    """Of several agencies of one name, the one in the place of the report column."""
    if asked.division is None:
        return None
    here = [a for a in named if a.division and a.division[:4] == asked.division[:4]]
    return here[0] if len(here) == 1 else None


def _place(parts: AgencyParts, asked: Asked) -> Division | None:
    """The division that is meant: the only one, or the only one near the report column's."""
    current = {successor_of(place.code): place for place in parts.places}
    if len(current) == 1:
        return next(iter(current.values()))
    for digits in (6, 4, 2) if asked.division else ():
        near = [p for c, p in current.items() if c[:digits] == (asked.division or "")[:digits]]
        if len(near) == 1:
            return near[0]
    return None


def _outdated(asked: Asked, agency: Agency) -> tuple[Finding, ...]:
    """A name that the office gave up before the year: an old template, or an old column."""
    names = lines().get(agency.line, ())
    parts = parts_of(asked.name)
    if asked.year is None or not parts:
        return ()
    borne = [name for name in names if name.stem == stem_of(parts.office)]
    if borne and not any(name.borne_in(asked.year) for name in borne):
        values = {"printed": asked.name, "year": asked.year, "agency": agency.name}
        return (finding("agency_name_outdated", "agency", **values),)
    return ()


def _unlisted(asked: Asked, place: Division | None, code: str | None) -> Resolved:
    """The office of a division, or a name of which not even the place is certain."""
    row = Listed(
        name=asked.name,
        division=place.code if place else asked.division,
        level="other",
        source="printed",
        credit_code=code,
    )
    agency = agency_of(row, reviewed=False)
    found = finding("agency_unlisted", "agency", printed=asked.name, id=agency.id)
    return Resolved(agency, "printed_name", (found,))
