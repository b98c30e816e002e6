"""Which cells are doubtful: what an error or a warning names, and the terms of failed sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.check.identities import Balance
from pipeline.model import Figure, Finding, Severity

GRAVITY = {severity: number for number, severity in enumerate(Severity)}
"""As the model lists them: error, warning, note."""


def doubts(
    findings: Iterable[Finding], figures: Mapping[str, Figure], sums: Iterable[Balance]
) -> dict[str, Severity]:
    """Cell -> its gravest finding. A cell that is not there is as good as the page prints it.

    A finding is about the cell, row or table it names. One of a sum that fails is about every term
    of it: which of them is wrong, the sum cannot say. Notes make nothing doubtful; what is said of
    the whole page (whose report, which year) is said of no cell.
    """
    grave = [finding for finding in findings if finding.severity is not Severity.NOTE]
    terms = _terms(grave, sums)
    found: dict[str, Severity] = {}
    for each in sorted(grave, key=lambda finding: GRAVITY[finding.severity]):
        for cell in terms.get((each.code, each.where)) or _named(each.where, figures):
            found.setdefault(cell, each.severity)
    return found


def _terms(
    findings: Iterable[Finding], sums: Iterable[Balance]
) -> dict[tuple[str, str], tuple[str, ...]]:
    said = {(finding.code, finding.where) for finding in findings}
    if not said:
        return {}
    return {
        named: (*equation.left, *equation.right)
        for equation in (each.equation for each in sums)
        if (named := (equation.code, equation.where)) in said
    }


def _named(where: str, figures: Mapping[str, Figure]) -> Iterator[str]:
    if where in figures:
        yield where
        return
    yield from (cell for cell in figures if cell.startswith(f"{where}."))
