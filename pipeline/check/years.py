"""Whether the prose speaks of the year that the report is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.findings import finding
from pipeline.model import Finding, Section
from pipeline.parse.dates import fold

SAID = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年度?(?:我.|本.{1,4}|共|全年|累计)?"
    r"(?:主动公开|公开发布|发布|收到|受理)[^，；]{0,20}?\d{1,9}\s{0,3}[条件篇份起]"
)
"""A year right before what was disclosed or received, with its count: no plan, no document."""

SENTENCE_END = re.compile("[。\n]")


def check_years(year: int | None, sections: Iterable[Section]) -> Iterator[Finding]:
    """Sentences that give another year's count where this year's belongs, left over from a copy."""
    if year is None:
        return
    for section in sections:
        for sentence in SENTENCE_END.split(fold(section.text)):
            match = SAID.search(sentence)
            if match and int(match["year"]) != year:
                values = {"printed": match["year"], "year": year, "sentence": sentence.strip()[:60]}
                yield finding("year_in_body_differs", f"section.{section.id}", **values)
