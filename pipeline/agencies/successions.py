"""Which of the known agencies ended in which others, by the reforms that `offices.toml` names."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.agencies.book import AgencyBook, agency_id
from pipeline.agencies.model import Agency, Succession
from pipeline.agencies.offices import line_of, office_successions, stem_of

RULE = "reform"


def successions(book: AgencyBook) -> Iterator[Succession]:
    """Each pair of known agencies of one place of which the first ended in the second."""
    for agency in book.agencies.values():
        stem = stem_of(agency.line)
        for each in office_successions():
            if agency.division and stem in {line_of(before) for before in each.before}:
                yield from _after(book, agency, each.after, each.year, each.kind)


def _after(
    book: AgencyBook, agency: Agency, after: tuple[str, ...], year: int, kind: str
) -> Iterator[Succession]:
    lines = dict.fromkeys(line_of(office) for office in after)
    for line in lines:
        found = book.agencies.get(agency_id(agency.division, line))
        if found is not None and found.id != agency.id:
            yield Succession(agency.id, found.id, year, kind, RULE)
