"""Readings that copies of official pages print behind characters: 数(shù)据(jù)."""

from __future__ import annotations

import re

READING = re.compile(r"\([a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,4}\)")
"""A syllable in brackets; its tone mark tells it from a word."""

FEWEST = 3
"""Readings that make them a manner of the page; a report may explain one character."""


def without_readings(text: str) -> tuple[str, int]:
    """The text without the readings, and how many there were; as it is where they are few."""
    if text.find("(") < 0:
        return text, 0
    cut, count = READING.subn("", text)
    return (cut, count) if count >= FEWEST else (text, 0)
