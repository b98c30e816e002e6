"""The surroundings of one figure: its clause, what follows it, what came before."""

from __future__ import annotations

import re

from pipeline.parse.facts.numbers import Number
from pipeline.parse.facts.sentences import Sentence
from pipeline.values import value

WIDEST = 80
"""Characters of a clause that are looked at; the longest subject seen has 41."""

AHEAD = re.compile(r"[^,;:。#(]{0,40}")
LOOK_BACK = 240


@value
class Clause:
    """A figure in its place."""

    sentence: Sentence
    number: Number
    left: str
    """The clause up to the figure, at most since the counted figure before."""
    start: int
    """Where the clause begins in the sentence; in a list, its item."""
    end: int
    """Where the clause, or the item, ends."""
    window: str
    """`left`, `#` for the figure, and what follows up to the next stop."""
    before: str
    """The sentence up to the figure, with the one before where it leans on that."""

    @property
    def background(self) -> str:
        """Section, topic and all that was said before: what a word of the clause may refer to."""
        return f"^{self.sentence.section.id}|{self.sentence.topic}|{self.before}"


def clause_of(sentence: Sentence, number: Number, reach: tuple[int, int]) -> Clause:
    """Cut out the clause of a figure.

    Args:
        sentence: the one that states it.
        number: the figure.
        reach: of the figure, see `reach_of`.
    """
    text = sentence.text
    start, ahead = reach
    left, behind = text[start : number.start], text[number.end : ahead]
    before = sentence.lead + text[max(0, number.start - LOOK_BACK) : number.start]
    item = len(left) - len(left.lstrip("、和及"))
    end = number.end + len(behind.split("、")[0])
    return Clause(sentence, number, left, start + item, end, f"{left}#{behind}", before)


def reach_of(text: str, start: int, end: int, since: int) -> tuple[int, int]:
    """Where the clause of a figure begins and where what follows the figure ends.

    Args:
        text: of the sentence.
        start: where the figure begins.
        end: where it ends.
        since: the end of the counted figure before it in the sentence, 0 for the first.
    """
    lowest = max(since, start - WIDEST)
    stop = max(
        text.rfind(",", lowest, start),
        text.rfind(";", lowest, start),
        text.rfind(":", lowest, (start or 1) - 1),  # 信息处理费:0元: no stop
    )
    ahead = AHEAD.match(text, end)
    return max(stop + 1, lowest), ahead.end() if ahead else end
