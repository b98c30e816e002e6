"""Which lines head a statutory section."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.forms.characters import simplified

HEADING_LENGTH = 40
"""Longest heading line seen is 34 characters; prose that begins like one is longer."""

FIRST_YEAR_OF_TODAY = 2019
"""Since then six sections are prescribed; reports of earlier years have chapters of their own."""

NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,2}(?:部分|[章节篇])?|\d{1,2})?\s*+[、.．,，:：]?\s*+"
)
"""A section's number, or what is left of it; bracketed numbers head parts of a section."""

AROUND = " \t\u3000*#【】[]■●◆▲★※·•▎"
"""What stands round a heading: blanks, marks of Markdown, brackets and bullets."""

OWN_YEAR = re.compile(r"^20\d\d年度?")
"""二、2023年主动公开政府信息情况; without a number it is the title of another page."""

FONT = re.compile(r"[（(][^（）()]{0,12}[黑宋楷]体?[^（）()]{0,12}[）)]\s*$")
"""A template's word on the font, left standing behind the heading."""

PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str
    pattern: str
    older_pattern: str | None
    """Further wordings in reports before 2019."""
    numbered_pattern: str | None
    """Further wordings in those reports that head a section only with a number before them."""
    is_older: bool
    """Whether only reports before 2019 have the section."""
    required: frozenset[str]
    """`today`, `older`: the reports that the law asks it of."""


@cache
def _kinds() -> dict[str, _Kind]:
    rows = tomllib.loads(files("pipeline.forms").joinpath("sections.toml").read_text("utf-8"))
    return {
        id_: _Kind(
            row["label"],
            row["pattern"],
            row.get("older_pattern"),
            row.get("numbered_pattern"),
            row.get("only", "") == "older",
            frozenset(row["required"]),
        )
        for id_, row in rows.items()
    }


@cache
def load_sections(*, older: bool = False) -> dict[str, tuple[str, re.Pattern[str]]]:
    """Section id -> official heading and the pattern of its wordings, in statutory order.

    The six of today; with `older` the chapters of the reports before 2019, those six among them.
    """
    return {
        id_: (kind.label, re.compile(_pattern(kind, older=older)))
        for id_, kind in _kinds().items()
        if older or not kind.is_older
    }


def _pattern(kind: _Kind, *, older: bool) -> str:
    if older and kind.older_pattern:
        return f"(?:{kind.pattern})|(?:{kind.older_pattern})"
    return kind.pattern


def required_sections(year: int | None) -> dict[str, str]:
    """Section id -> official heading of what a report on that year must have."""
    generation = "older" if is_older(year) else "today"
    return {id_: kind.label for id_, kind in _kinds().items() if generation in kind.required}


def is_older(year: int | None) -> bool:
    """Whether reports on that year have the chapters from before 2019."""
    return year is not None and year < FIRST_YEAR_OF_TODAY


@cache
def _any_section(*, older: bool, numbered: bool) -> re.Pattern[str]:
    """Chapters of older reports first: 依申请公开政府信息收费情况 is about money."""
    kinds = sorted(load_sections(older=older), key=lambda id_: not _kinds()[id_].is_older)
    parts = [f"(?P<{id_}>{load_sections(older=older)[id_][1].pattern})" for id_ in kinds]
    short = {id_: kind.numbered_pattern for id_, kind in _kinds().items() if older and numbered}
    parts += [f"(?P<{id_}_>{words})" for id_, words in short.items() if words]
    return re.compile("|".join(parts))


def heading_words(line: str) -> str:
    """A heading without its number."""
    return NUMBER.sub("", line.strip(AROUND), count=1)


@lru_cache(maxsize=8192)  # each line of a page is asked by several stages
def section_of(line: str, *, older: bool = False) -> str | None:
    """The id of the section that the line heads; None for any other line."""
    stripped = line.strip(AROUND)
    if not stripped or len(stripped) > HEADING_LENGTH or stripped[0] in "（(":
        return None
    bare = NUMBER.sub("", stripped, count=1)
    plain = simplified(FONT.sub("", bare))
    words = PUNCTUATION.sub("", unicodedata.normalize("NFKC", plain))
    if bare != stripped:
        words = OWN_YEAR.sub("", words)
    match = _any_section(older=older, numbered=bare != stripped).fullmatch(words)
    return match.lastgroup.rstrip("_") if match and match.lastgroup else None
