"""Which lines head a statutory section."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

HEADING_LENGTH = 40
"""Longest heading line seen is 34 characters; prose that begins like one is longer."""

NUMBER = re.compile(r"^(?:第?[一二三四五六七八九十]{1,2}(?:部分)?|\d{1,2})?\s*[、.．,，:：]?\s*")
"""A section's number, or what is left of it; bracketed numbers head parts of a section."""

PUNCTUATION = re.compile(r"[\W_]+")


@cache
def load_sections() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Section id -> official heading and the pattern of its wordings, in statutory order."""
    rows = tomllib.loads(files("pipeline.forms").joinpath("sections.toml").read_text("utf-8"))
    return {id_: (row["label"], re.compile(row["pattern"])) for id_, row in rows.items()}


@cache
def _any_section() -> re.Pattern[str]:
    parts = (f"(?P<{id_}>{pattern.pattern})" for id_, (_, pattern) in load_sections().items())
    return re.compile("|".join(parts))


def section_of(line: str) -> str | None:
    """The id of the section that the line heads; None for any other line."""
    stripped = line.strip(" \t\u3000*#")
    if not stripped or len(stripped) > HEADING_LENGTH or stripped[0] in "（(":
        return None
    words = PUNCTUATION.sub("", unicodedata.normalize("NFKC", NUMBER.sub("", stripped, count=1)))
    match = _any_section().fullmatch(words)
    return match.lastgroup if match else None
