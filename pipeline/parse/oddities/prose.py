"""Prose that was damaged or typed oddly: lost characters, torn paragraphs, unpaired quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from pipeline.extract.text import SENTENCE
from pipeline.findings import finding
from pipeline.model import Finding, Section
from pipeline.parse.facts.flat import ITEM

DAMAGED = re.compile(
    r"(?<!\d)20\d\d(?:[1-9]|1[0-2])(?:[1-9]|[12]\d|3[01])日"  # 201911日
    r"|[〔\[(（]20\d{3,6}号"  # 〔201932号
    r"|(?<!\d)20\d{4}年"  # 202020年
    r"|(?m:^20\d{5,6}$)"  # 2020120, a date on a line of its own
)
"""Single characters (年, 月, 〕) that some extractors drop: what the digits mean cannot be said."""

MAY_BE_DAMAGED = re.compile(r"20\d{3}")
"""Tried first, for it is quick: digits that no year has stand in each of them."""

SAMPLES = 3

HALF_COMMA = re.compile(r",(?<=[一-鿿],)(?=[一-鿿])")
LEAST_COMMAS = 20
"""A sentence typed with the wrong keyboard has a few; a text that lost its full-width ones, all."""

BLANK_BY_NUMBER = re.compile(r" (?:(?<=[一-鿿] )(?=\d)|(?<=\d )(?=[一-鿿]))")
NUMBER_BY_WORD = re.compile(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])")
LEAST_BLANKS = 5

DIGITS_APART = re.compile(r"[ \n](?<=\d[ \n])\d")
"""Tried first, for it is quick."""

CUT_COUNT = re.compile(
    r"(?<![年月第\d])(?<=[一-鿿：:（(]) ?\d{1,6}[ \n]\d{1,6} ?[余多万]?[条件篇份期起次人元]"
)
"""No date: 号 and 日 are no counters."""

TORN = re.compile(r"\A.{30,}[一-鿿，、]", re.DOTALL)
"""A line of prose that does not end; a heading is shorter."""

GOES_ON = re.compile("[一-鿿]")

CONTEXT = 12
"""Characters on each side of an unpaired quotation mark that are quoted."""


def oddities_of_prose(sections: Sequence[Section]) -> Iterator[Finding]:
    """Each kind once, at the first section that shows it; torn paragraphs each."""
    found = (_damaged, _half_width, _blanks, _cut_counts, _quotes)
    yield from chain.from_iterable(kind(sections) for kind in found)
    for section in sections:
        yield from _torn(section)


def _damaged(sections: Sequence[Section]) -> Iterator[Finding]:
    suspect = (section for section in sections if MAY_BE_DAMAGED.search(section.text))
    hits = [(s.id, match[0]) for s in suspect for match in DAMAGED.finditer(s.text)]
    if hits:
        samples = "、".join(f"“{text}”" for _, text in hits[:SAMPLES])
        values = {"samples": samples, "count": len(hits)}
        yield finding("characters_lost_in_numbers", f"section.{hits[0][0]}", **values)


def _half_width(sections: Sequence[Section]) -> Iterator[Finding]:
    half = sum(len(HALF_COMMA.findall(section.text)) for section in sections)
    if half >= LEAST_COMMAS and half > sum(section.text.count("，") for section in sections):
        yield finding("prose_half_width", "page", count=half)


def _blanks(sections: Sequence[Section]) -> Iterator[Finding]:
    blanks = sum(len(BLANK_BY_NUMBER.findall(section.text)) for section in sections)
    if blanks < LEAST_BLANKS:
        return
    joined = sum(len(NUMBER_BY_WORD.findall(section.text)) for section in sections)
    if blanks > joined:
        yield finding("blanks_by_numbers", "page", count=blanks)


def _cut_counts(sections: Sequence[Section]) -> Iterator[Finding]:
    """公开信息3 12条: what is counted cannot be said."""
    hits = [
        (section.id, match[0])
        for section in sections
        if DIGITS_APART.search(section.text)
        for match in CUT_COUNT.finditer(section.text)
    ]
    if hits:
        values = {"count": len(hits), "text": hits[0][1].replace("\n", " ")}
        yield finding("count_cut", f"section.{hits[0][0]}", **values)


def _quotes(sections: Sequence[Section]) -> Iterator[Finding]:
    """Unpaired “ or ”, paragraph by paragraph."""
    hits = [
        (section.id, line[max(at - CONTEXT, 0) : at + CONTEXT])
        for section in sections
        if "“" in section.text or "”" in section.text
        for line in section.text.split("\n")
        for at in _unpaired(line)
    ]
    if hits:
        values = {"count": len(hits), "text": hits[0][1]}
        yield finding("quotes_unpaired", f"section.{hits[0][0]}", **values)


def _unpaired(line: str) -> list[int]:
    opened: list[int] = []
    lost: list[int] = []
    for match in re.finditer("[“”]", line):
        if match[0] == "“":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            lost.append(match.start())
    return lost + opened


def _torn(section: Section) -> Iterator[Finding]:
    for above, below in pairwise(section.text.split("\n")):
        if (
            TORN.fullmatch(above)
            and GOES_ON.match(below)
            and not ITEM.match(below)
            and SENTENCE.search(above)
            and SENTENCE.search(below)
        ):
            values = {"above": above[-CONTEXT:], "below": below[:CONTEXT]}
            yield finding("paragraph_cut", f"section.{section.id}", **values)
