"""Prose of any length in our own words, from `data/prose.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from crawlers.practice.corpus.model import Prose

DATA = Path(__file__).parent / "data"
SENTENCES_OF_A_PARAGRAPH = 4
NUMERALS = "一二三四五六七八九十"


@cache
def words() -> Mapping[str, Any]:
    """The sentences and what fills them."""
    return tomllib.loads((DATA / "prose.toml").read_text("utf-8"))


def preamble(agency: str, year: int, random: Random) -> Prose:
    """The sentence that says what is reported on."""
    return Prose(filled(random.choice(words()["preamble"]), agency, year, random))


def section(name: str, agency: str, year: int, random: Random, length: int) -> list[Prose]:
    """Paragraphs of 总体情况 or 问题 with at least so many characters, under sub-heads."""
    part, written = words()[name], 0
    paragraphs: list[Prose] = []
    sentences = _drawn(part["sentences"], agency, year, random)
    while written < length or len(paragraphs) < len(part["leads"]):
        place = len(paragraphs)
        lead = part["leads"][place] if place < len(part["leads"]) else "其他做法"
        number = NUMERALS[place] if place < len(NUMERALS) else f"{place + 1}"
        text = "".join(next(sentences) for _ in range(SENTENCES_OF_A_PARAGRAPH))
        paragraphs.append(Prose(f"（{number}）{lead}。{text}"))
        written += len(text)
    return paragraphs


def other(year: int, random: Random) -> Prose:
    """What stands under 其他需要报告的事项."""
    return Prose(filled(random.choice(words()["other"]["none"]), "", year, random))


def _drawn(sentences: list[str], agency: str, year: int, random: Random) -> Iterator[str]:
    while True:
        for sentence in random.sample(sentences, len(sentences)):
            yield filled(sentence, agency, year, random)


def filled(sentence: str, agency: str, year: int, random: Random) -> str:
    """A sentence with its places taken."""
    fill = words()["fill"]
    return sentence.format(
        agency=agency,
        year=year,
        n=random.randint(100, 4000),
        m=random.randint(2, 60),
        month=random.randint(2, 11),
        place=random.choice(fill["place"]),
        topic=random.choice(fill["topic"]),
    )
