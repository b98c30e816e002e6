"""Which cells, rows and tables of a page are doubtful, and the links between them and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pipeline.commands.checking.checked import Checked, Remark
from pipeline.commands.checking.markup import Markup, join, tag
from pipeline.commands.checking.spots import Spots
from pipeline.commands.checking.verdicts import NAMED
from pipeline.commands.checking.words import SEVERITIES, Language
from pipeline.model import Report, Severity

WORST_FIRST = tuple(Severity)
"""As the model lists them: error, warning, note."""


class Suggested(NamedTuple):
    """What a cell would have to print; `alone` where no other cell explains the same."""

    value: Decimal
    alone: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one report, the `number`-th of its page; ids carry the number."""

    number: int
    language: Language
    spots: Spots
    numbered: Mapping[str, tuple[tuple[int, Remark], ...]] = field(default_factory=dict)
    """`where` -> its findings with the number they have in the list."""
    suggested: Mapping[str, Suggested] = field(default_factory=dict)
    """Cell -> the value that would make all identities of its trail hold."""

    def anchor(self, where: str) -> str:
        """The id of a place."""
        return f"r{self.number}-{where}"

    def finding_anchor(self, number: int) -> str:
        """The id of a finding in the list."""
        return f"r{self.number}-f{number}"

    def severity(self, where: str) -> str:
        """The class of the gravest finding there; empty without one."""
        there = {remark.finding.severity for _, remark in self.numbered.get(where, ())}
        return next((s.value for s in WORST_FIRST if s in there), "")

    def links(self, where: str) -> Markup:
        """Links to the findings there, as small numbers."""
        return join(*(self._link(n, remark) for n, remark in self.numbered.get(where, ())))

    def _link(self, number: int, remark: Remark) -> Markup:
        severity = remark.finding.severity
        title = SEVERITIES[severity].said(self.language)
        link = tag(
            "a", str(number), href=f"#{self.finding_anchor(number)}", title=f"{title} {number}"
        )
        return tag("sup", link, class_=f"mark {severity.value}")


def marks_of(result: Checked, report: Report, number: int, language: Language) -> Marks:
    """The marks of a report's findings."""
    numbered: dict[str, tuple[tuple[int, Remark], ...]] = {}
    suggested: dict[str, Suggested] = {}
    for n, remark in enumerate(result.remarks, 1):
        where = remark.finding.where
        numbered[where] = (*numbered.get(where, ()), (n, remark))
        explaining = remark.hint.trail.explaining if remark.hint else ()
        for suspect in explaining[:NAMED]:
            suggested[suspect.where] = Suggested(suspect.value, len(explaining) == 1)
    return Marks(number, language, Spots(report), numbered, suggested)
