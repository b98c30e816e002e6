"""What the parts of this package hand to each other: a fact with its sentence still at hand."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.model import Fact
from pipeline.parse.facts.sentences import Sentence


class Hit(NamedTuple):
    """A fact found in a sentence; `start` and `end` cut its clause out of the sentence."""

    id: str
    value: Decimal | None
    raw: str
    counter: str | None
    qualifier: str
    scope: str
    period: str
    sentence: Sentence
    start: int
    end: int
    label: str = ""
    """What an item of a list counts; the items of one list differ by it alone."""
    year: int | None = None
    """The year that the words name, where they name one."""

    def fact(self) -> Fact:
        """The fact with its places in the stored text."""
        start, end = self.sentence.stored(self.start, self.end)
        return Fact(
            id=self.id,
            value=self.value,
            raw=self.raw,
            counter=self.counter,
            qualifier=self.qualifier,
            scope=self.scope,
            period=self.period,
            sentence=self.sentence.as_printed(),
            section=self.sentence.section.id,
            start=start,
            end=end,
        )
