"""Every note on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.model import Document, Finding, Section
from pipeline.parse.oddities.headings import oddities_of_headings, oddities_of_title
from pipeline.parse.oddities.places import ghosts, in_lines, shifted, split
from pipeline.parse.oddities.prose import oddities_of_prose
from pipeline.parse.oddities.seen import TableSeen
from pipeline.parse.oddities.wording import brackets_lost, half_width, headers, inner_blanks

OF_A_TABLE: tuple[Callable[[TableSeen], Iterator[Finding]], ...] = (
    split,
    shifted,
    ghosts,
    headers,
    brackets_lost,
)
OF_ALL_TABLES: tuple[Callable[[Sequence[TableSeen]], Iterator[Finding]], ...] = (
    in_lines,
    half_width,
    inner_blanks,
)


def oddities_of_tables(tables: Sequence[TableSeen]) -> Iterator[Finding]:
    """Table by table, then the habits of the whole report."""
    for seen in tables:
        for of_one in OF_A_TABLE:
            yield from of_one(seen)
    for of_all in OF_ALL_TABLES:
        yield from of_all(tables)


def oddities_of_text(
    document: Document, sections: Sequence[Section], title: str | None, year: int | None
) -> Iterator[Finding]:
    """Title, headings, prose."""
    yield from oddities_of_title(title, document.fields.titles, document.blocks)
    yield from oddities_of_headings(sections, year)
    yield from oddities_of_prose(sections)
