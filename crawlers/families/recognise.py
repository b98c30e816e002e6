"""Which CMS built a page, told by its marks; and who reads it where that is not who was claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.families import FAMILIES
from crawlers.families.base import Ask, Listing

ANY = "generic"
ELSEWHERE = re.compile(
    r"""(?:href|src)\s*=\s*["']?(?:https?:)?//([^/"'\s>]{1,253})[^"'\s>]*""", re.I
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A family and the mark by which it is known."""

    family: str
    evidence: str
    is_text: bool = True
    """False: told by the shape of the address alone, which other families may share."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a first list page says, by whom, and what the registry should hear about it."""

    family: str
    listing: Listing
    note: str | None = None


def recognise(text: str, url: str) -> Recognised | None:
    """The first family, in the order of `FAMILIES`, of which the page has a mark.

    Marks in the text come before the shape of the address; null where there is neither.
    """
    for name, family in FAMILIES.items():
        if evidence := family.marks.in_text(text):
            return Recognised(name, evidence)
    for name, family in FAMILIES.items():
        if evidence := family.marks.in_address(url):
            return Recognised(name, evidence, is_text=False)
    return None


def contradiction(claimed: str, text: str, url: str) -> Recognised | None:
    """Another family that left its mark in the page, where the claimed one left none."""
    if FAMILIES[claimed].marks.in_text(text):
        return None
    found = recognise(text, url)
    if found and found.is_text and found.family != claimed:
        # A row may lead to a site of another CMS: its address is no mark of this page.
        found = recognise(_without_other_hosts(text, url), url)
    return found if found and found.is_text and found.family != claimed else None


def _without_other_hosts(text: str, url: str) -> str:
    here = urlsplit(url).netloc
    return ELSEWHERE.sub(lambda link: link[0] if link[1] == here else "", text)


def first_reading(claimed: str, text: str, asked: Ask) -> Reading:
    """Read the first page of a list by the family that the registry claims, if that can be.

    Where the page bears another's mark and that one finds more in it, that one reads. Where nobody
    finds anything, rows are looked for as in any list.
    """
    listing = FAMILIES[claimed].listing(text, asked)
    found = contradiction(claimed, text, asked.url)
    if found is not None:
        note = (
            f"{asked.url} is claimed to be of family {claimed} and bears a mark of {found.family}: "
            f"{found.evidence!r}"
        )
        other = FAMILIES[found.family].listing(text, asked)
        if _is_richer(other, listing):
            return Reading(found.family, other, f"{note}; read as {found.family}")
        return Reading(claimed, listing, note)
    if _weight(listing) > _weight(Listing()):
        return Reading(claimed, listing)
    as_any = FAMILIES[ANY].listing(text, asked)
    if not _is_richer(as_any, listing):
        return Reading(claimed, listing)
    note = f"{asked.url} has no row as family {claimed} prints them; read as {ANY}"
    return Reading(ANY, as_any, note)


def _is_richer(one: Listing, other: Listing) -> bool:
    """Whether `one` finds more: rows first, then pages after them, then columns below."""
    return _weight(one) > _weight(other)


def _weight(listing: Listing) -> tuple[int, int, int]:
    return len(listing.links), len(listing.more), len(listing.columns)
