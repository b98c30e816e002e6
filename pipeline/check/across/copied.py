"""Sentences of a report that stood in last year's word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.text import core
from pipeline.model import CopiedSentence, Report, Section

SECTIONS = frozenset({"overview", "problems", "other_matters"})
"""What an agency says in its own words; the rest is tables and fixed wording."""

SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
YEAR = re.compile(r"20\d\d|二[〇○零][〇○零一二三四五六七八九]{2}")
SHORTEST = 16
"""Letters and digits; shorter ones, such as 无其他需要报告的事项, are everybody's words."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of a section with its place in the section's stored text."""

    key: str
    section: Section
    start: int
    end: int


def copied_sentences(before: Report, after: Report) -> tuple[CopiedSentence, ...]:
    """The sentences of `after` that `before` prints too, in page order.

    Blanks, punctuation, traditional script and the year named do not count; another number does:
    a sentence with this year's figure in it was written again.
    """
    known = {said.key: said for said in reversed(list(_sentences(before)))}
    return tuple(
        CopiedSentence(
            section=said.section.id,
            start=said.start,
            end=said.end,
            text=said.section.text[said.start : said.end],
            before_section=known[said.key].section.id,
            before_start=known[said.key].start,
        )
        for said in _sentences(after)
        if said.key in known
    )


def copied_share(copied: tuple[CopiedSentence, ...], after: Report) -> float:
    """The share of the prose, by characters, that is copied; 0 where there is no prose."""
    written = sum(said.end - said.start for said in _sentences(after))
    return sum(each.end - each.start for each in copied) / written if written else 0.0


def _sentences(report: Report) -> Iterator[_Said]:
    for section in report.sections:
        if section.id in SECTIONS:
            for match in SENTENCE.finditer(section.text):
                key = YEAR.sub("year", core(match[0]))
                if len(key) >= SHORTEST:
                    yield _Said(key, section, *match.span())
