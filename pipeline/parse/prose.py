"""The sentences that an agency wrote itself, in a form in which two printings of one are equal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.text import core
from pipeline.model import Report, Section

NOT_OWN_WORDS = frozenset({"preamble", "closing"})
"""Greetings and signatures: the same words every year, with the name and the dates."""

SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
YEAR = re.compile(r"20\d\d|二[〇○零][〇○零一二三四五六七八九]{2}")
SHORTEST = 16
"""Letters and digits; shorter ones, such as 无其他需要报告的事项, are everybody's words."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence; `start` and `end` cut it out of the section's stored text.

    `key` is its letters and digits with the years masked: blanks, punctuation, traditional script
    and the year named do not count, any other number does.
    """

    key: str
    section: Section
    start: int
    end: int


def own_sentences(report: Report) -> Iterator[Said]:
    """In page order, without greeting, signature and everybody's words."""
    for section in report.sections:
        if section.id not in NOT_OWN_WORDS:
            for match in SENTENCE.finditer(section.text):
                key = YEAR.sub("year", core(match[0]))
                if len(key) >= SHORTEST:
                    yield Said(key, section, *match.span())
