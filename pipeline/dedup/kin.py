"""Two wordings under one name and year: wordings of one report, or is one mislabelled.

An office that copies last year's page and forgets to change the year in the title publishes two
reports under one key. They must not be taken for a report and its correction.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dedup.sketch import Sketch, share

KIN_CELLS = 0.5
"""Of the cells that are not zero. Corrections change a few; two years agree in few but zeros."""

KIN_WORDS = 0.3
"""Of the sentences: a report that was rewritten keeps more; two years share the set phrases."""

TELLING = 6
"""Cells or sentences; fewer cannot speak against a name and a year that agree."""


def are_kin(one: Sketch, other: Sketch) -> bool:
    """Whether figures or words say that both are one report, or too little speaks at all."""
    cells = _alike(one.cells, other.cells)
    words = _alike(one.sentences, other.sentences)
    if cells is None and words is None:
        return True
    return (cells or 0.0) >= KIN_CELLS or (words or 0.0) >= KIN_WORDS


def families(sketches: Sequence[Sketch]) -> list[int]:
    """For each wording the number of its family, from 0, in the order they appear.

    A wording joins the first family that any of whose members is its kin.
    """
    found: list[list[Sketch]] = []
    numbers: list[int] = []
    for each in sketches:
        number = next((n for n, f in enumerate(found) if any(are_kin(k, each) for k in f)), None)
        if number is None:
            number = len(found)
            found.append([])
        found[number].append(each)
        numbers.append(number)
    return numbers


def _alike(one: frozenset[object], other: frozenset[object]) -> float | None:
    """The larger share that one has in common with the other; None where one has too little."""
    if min(len(one), len(other)) < TELLING:
        return None
    return max(share(one, other), share(other, one))
