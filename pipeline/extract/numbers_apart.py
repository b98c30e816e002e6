"""Prose whose numbers have lines of their own: a page's spans, each taken for a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.unwrap import is_label

NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,4})?")

COUNTED = re.compile(
    r"[年月日件条次期份个人篇场余万亿多起项家户名元页卷本回处天部种类例批类%％）、]"
)
"""What follows a number in a sentence."""

ENDED = re.compile(r"[。；！？：:;]$")

STOP = re.compile("[，。；]")
"""Without one of these behind any of its numbers it is a row: a label, a figure, its unit."""

LEAST_PROSE = 4
"""Characters before a number that are the beginning of a sentence, and no cell's words."""

LEAST_TIMES = 3
"""Numbers in lines of their own that make it the text's manner."""


def joined_numbers(lines: list[str]) -> list[str]:
    """The lines; numbers between pieces of a sentence join them in the first one's place."""
    chains = list(_chains([line.strip() for line in lines]))
    if sum(map(len, chains)) < LEAST_TIMES:
        return lines
    joined = list(lines)
    for chain in chains:
        first = chain[0] - 1
        joined[first] = "".join(line.strip() for line in lines[first : chain[-1] + 2])
        joined[chain[0] : chain[-1] + 2] = [""] * (chain[-1] + 2 - chain[0])
    return joined


def _chains(lines: Sequence[str]) -> Iterator[list[int]]:
    """The places of the numbers of one sentence, each two below the one before."""
    n = 1
    while n < len(lines) - 1:
        chain = []
        if _begins(lines[n - 1]):
            while NUMBER.fullmatch(lines[n]) and n + 1 < len(lines) and COUNTED.match(lines[n + 1]):
                chain.append(n)
                n += 2
        if chain and any(STOP.search(lines[at + 1]) for at in chain):
            yield chain
        n += not chain


def _begins(line: str) -> bool:
    """Whether a sentence may begin with the line: it is long, not ended, and no label."""
    return len(line) >= LEAST_PROSE and not ENDED.search(line) and not is_label(line)
