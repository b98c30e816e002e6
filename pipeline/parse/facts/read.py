"""Sections -> facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Fact, Scope, Section
from pipeline.parse.facts.hit import Hit
from pipeline.parse.facts.items import read_items
from pipeline.parse.facts.reader import ParagraphReader
from pipeline.parse.facts.sentences import sentences
from pipeline.parse.facts.settle import settle

UNREAD = frozenset({"closing"})
PROBLEMS = "problems"


def read_facts(
    sections: Sequence[Section], report_year: int | None, scope: Scope
) -> tuple[Fact, ...]:
    """Figures stated in the prose, in page order; two equal ones are one.

    Args:
        sections: as read; their tables are not in them.
        report_year: what years in the prose are compared with.
        scope: of the report: whose a figure is where its sentence does not say.
    """
    read = [section for section in sections if section.id not in UNREAD]
    hits = [hit for section in read for hit in _in_section(section, report_year, scope)]
    items = (
        item for section in read if section.id == PROBLEMS for item in read_items(section, scope)
    )
    return (*(hit.fact() for hit in settle(hits, report_year)), *items)


def _in_section(section: Section, report_year: int | None, scope: Scope) -> Iterator[Hit]:
    reader = ParagraphReader(report_year, scope)
    for sentence in sentences(section):
        yield from reader.read(sentence)
