"""Failed sums that hold once two digits of one cell are swapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.check.culprits import find_culprits
from pipeline.check.evidence import Evidence
from pipeline.findings import finding
from pipeline.model import Finding

SWAP = 9
"""Swapping two digits changes a number by a multiple of 9."""


def check_transposed(evidence: Evidence, failed: Iterable[Finding]) -> Iterator[Finding]:
    """A hint at the one cell of each trail that would mend all of it so; none where two would."""
    for trail in find_culprits(evidence.report.forms, evidence.figures, failed):
        swapped = [
            suspect
            for suspect in trail.explaining
            if not suspect.is_limit and _is_swap(evidence.values.get(suspect.where), suspect.value)
        ]
        if len(swapped) == 1:
            printed = evidence.figures[swapped[0].where].raw
            values = {"printed": printed, "value": swapped[0].value, "count": len(trail.failed)}
            yield finding("digits_transposed", swapped[0].where, **values)


def _is_swap(printed: Decimal | None, meant: Decimal) -> bool:
    """Whether two digits, and no more, stand in each other's place."""
    if printed is None or (printed - meant) % SWAP:
        return False
    one, other = format(printed, "f"), format(meant, "f")
    apart = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and len(apart) == 2 and apart[0] == apart[1][::-1]
