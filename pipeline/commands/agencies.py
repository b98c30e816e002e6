"""The agencies that this machine's registry and decisions name."""

from __future__ import annotations

from pipeline.agencies.book import AgencyBook, Listed, book_of
from pipeline.agencies.model import Succession
from pipeline.agencies.reviewed import decisions, packaged_decisions
from pipeline.agencies.successions import successions
from pipeline.commands.places import Places
from pipeline.errors import NianbaoError


def agency_book(places: Places) -> AgencyBook:
    """Every agency of the registry and of the decisions.

    Raises:
        NianbaoError: a row of either cannot be used; it names the row.
    """
    return book_of((*_registered(places), *_decided(places)[0]))


def known_successions(places: Places, book: AgencyBook) -> list[Succession]:
    """What people decided, and what follows from the reforms for the agencies of the book."""
    decided = _decided(places)[1]
    pairs = {(each.before, each.after) for each in decided}
    ruled = (s for s in successions(book) if (s.before, s.after) not in pairs)
    return [*decided, *ruled]


def _registered(places: Places) -> list[Listed]:
    """A list of many agencies is kept by one of another level than those that it names."""
    from crawlers.registry import load_registry  # noqa: PLC0415 - reads a few hundred rows

    return [
        Listed(column.agency, column.division, column.level, "registry")
        for columns in load_registry(places.registry).values()
        for column in columns
        if column.owner == "column"
    ]


def _decided(places: Places) -> tuple[tuple[Listed, ...], tuple[Succession, ...]]:
    if places.agencies is None:
        return decisions(packaged_decisions(), "agencies.toml")
    try:
        content = places.agencies.read_text("utf-8")
    except OSError as error:
        reason = error.strerror or error
        raise NianbaoError(f"NIANBAO_AGENCIES: {places.agencies}: {reason}") from error
    return decisions(content, places.agencies.name)
