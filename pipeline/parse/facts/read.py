"""Sections -> facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.findings import finding
from pipeline.model import Fact, Finding, Scope, Section
from pipeline.parse.facts.hit import Hit
from pipeline.parse.facts.items import read_items
from pipeline.parse.facts.reader import PROBLEMS, ParagraphReader
from pipeline.parse.facts.sentences import sentences
from pipeline.parse.facts.settle import settle

UNREAD = frozenset({"closing"})

MOST_PROSE = 200_000
"""Characters; the longest report seen has 40,000. Searching them takes half a second at worst."""


def read_facts(
    sections: Sequence[Section], report_year: int | None, scope: Scope
) -> tuple[Fact, ...]:
    """Figures stated in the prose, in page order; two equal ones are one.

    Args:
        sections: as read; their tables are not in them.
        report_year: what years in the prose are compared with.
        scope: of the report: whose a figure is where its sentence does not say.
    """
    read = list(_within_limit(section for section in sections if section.id not in UNREAD))
    hits = [hit for section in read for hit in _in_section(section, report_year, scope)]
    items = (
        item for section in read if section.id == PROBLEMS for item in read_items(section, scope)
    )
    return (*(hit.fact() for hit in settle(hits, report_year)), *items)


def unread_prose(sections: Sequence[Section]) -> list[Finding]:
    """A finding where there is more prose than is searched for facts."""
    count = sum(len(section.text) for section in sections if section.id not in UNREAD)
    too_long = count > MOST_PROSE
    return [finding("facts_cut", "page", count=count, limit=MOST_PROSE)] if too_long else []


def _within_limit(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections, the last of them cut, as far as they are searched."""
    left = MOST_PROSE
    for section in sections:
        yield section if len(section.text) <= left else replace(section, text=section.text[:left])
        left = max(left - len(section.text), 0)


def _in_section(section: Section, report_year: int | None, scope: Scope) -> Iterator[Hit]:
    reader = ParagraphReader(report_year, scope)
    for sentence in sentences(section):
        yield from reader.read(sentence)
