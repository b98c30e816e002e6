"""A report with what several checks look up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.identities import Balance, balances, empty_totals, values_of
from pipeline.model import Figure, Finding, Report
from pipeline.parse.dates import fold

QUOTED = 60
"""Characters of a sentence that a message quotes."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report, its figures by id, and its prose."""

    report: Report
    figures: dict[str, Figure]
    values: dict[str, Decimal]
    """The cells that print a number."""
    empty: dict[str, frozenset[str]]
    """Table -> its totals that print nothing, where that is its habit."""
    sums: tuple[Balance, ...]
    """Both sides of each identity of the forms."""
    prose: tuple[tuple[str, str], ...]
    """Section id and text of each section, digits narrow, Chinese years in digits."""

    @classmethod
    def of(cls, report: Report) -> Evidence:
        """Gathered once for all checks."""
        figures = {figure.id: figure for figure in report.figures}
        values = values_of(figures)
        prose = tuple((section.id, fold(section.text)) for section in report.sections)
        empty = empty_totals(report.forms, figures)
        sums = balances(report.forms, figures, values, empty)
        return cls(report, figures, values, empty, sums, prose)


Check = Callable[[Evidence], Iterator[Finding]]
