"""Figures that the agency itself printed wrong: to be read as printed, and said to be doubtful."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from crawlers.practice.corpus.edit import print_as
from crawlers.practice.corpus.model import Draft, Step
from crawlers.practice.model import PracticeError


def more(draft: Draft, random: Random, *, cell: str, by: int = 1) -> Draft:
    """A figure higher than the sums allow; the truth is what is printed."""
    return _printed(draft, cell, (draft.truth[cell] or Decimal(0)) + by)


def transposed(draft: Draft, random: Random, row: str = "new_received") -> Draft:
    """Two neighbouring digits of a figure of table 三 in the other order."""
    for cell, value in draft.truth.items():
        digits = str(value)
        if cell.startswith(f"t3.{row}.") and len(digits) > 1 and digits[0] != digits[1]:
            return _printed(draft, cell, Decimal(digits[1] + digits[0] + digits[2:]))
    raise PracticeError(f"{draft.title}: row {row} has no figure with two digits to swap")


def all_zero(draft: Draft, random: Random) -> Draft:
    """Nothing happened all year: every figure is a printed 0."""
    zero = dict.fromkeys(draft.truth, Decimal(0))
    return print_as(replace(draft, truth=zero), dict.fromkeys(zero, "0"))


def _printed(draft: Draft, cell: str, value: Decimal) -> Draft:
    wrong = replace(draft, truth={**draft.truth, cell: value}, violations=(*draft.violations, cell))
    return print_as(wrong, {cell: str(value)})


STEPS: dict[str, Step] = {f.__name__: f for f in (more, transposed, all_zero)}
