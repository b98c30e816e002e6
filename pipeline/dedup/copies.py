"""Whose report is a page that does not say whose? The one that it copies, if exactly one.

The statutory form and its stock phrases are common to all reports, so similarity of whole texts
says nothing. Sentences that few reports print, and the figures, do; and no name or year that the
page does print may speak against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from pipeline.dedup.sketch import Sketch, share
from pipeline.model import Scope

RARE = 8
"""Reports that print a sentence; what more of them print is everybody's phrase. Measured: 8 to 20
tell reports apart equally well, and 8 keeps the lists short."""

SAME_FIGURES = 0.95
"""Of the cells that are not zero: a correction changes one or two of a hundred."""

SAME_WORDS = 0.3
"""Of the rare sentences, beside the same figures: a mirror may print an abridgement."""

TELLING_CELLS = 6
"""Fewer cells that are not zero stand alike in hundreds of reports: one request fills six."""


Key = tuple[str | None, int | None, Scope]
"""Agency, year, scope: the wordings of one report have one key and count once."""


class CopyIndex:
    """Reports by their figures and rare sentences; grows by one report at a time.

    A sentence keeps at most `RARE` reports and is dropped when one more prints it, so memory grows
    with the number of different sentences, not with the number of pairs.
    """

    def __init__(self) -> None:
        self._sketches: list[Sketch] = []
        self._by_sentence: dict[int, tuple[int, ...]] = {}
        """Numbers of sketches; empty: too many reports print it."""
        self._by_cells: dict[frozenset[tuple[str, Decimal]], list[int]] = defaultdict(list)

    def add(self, sketch: Sketch) -> None:
        """Take up a report whose agency and year are known."""
        number = len(self._sketches)
        self._sketches.append(sketch)
        if len(sketch.cells) > TELLING_CELLS:
            self._by_cells[sketch.cells].append(number)
        for sentence in sketch.sentences:
            known = self._by_sentence.get(sentence)
            if known is None:
                self._by_sentence[sentence] = (number,)
            elif known and self._is_new(sketch, known):
                self._by_sentence[sentence] = () if len(known) == RARE else (*known, number)

    def original(self, copy: Sketch) -> Sketch | None:
        """The one report that a page copies; None where there is none, or more than one."""
        rare = frozenset(s for s in copy.sentences if self._by_sentence.get(s))
        found = {
            _key(known): known
            for known in self._candidates(copy, rare)
            if _may_be(copy, known) and _is_copy(copy, known, rare)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _is_new(self, sketch: Sketch, known: tuple[int, ...]) -> bool:
        return _key(sketch) not in {_key(self._sketches[number]) for number in known}

    def _candidates(self, copy: Sketch, rare: frozenset[int]) -> Iterator[Sketch]:
        numbers = {number for sentence in rare for number in self._by_sentence[sentence]}
        numbers.update(self._by_cells.get(copy.cells, ()))
        return (self._sketches[number] for number in sorted(numbers))


def _key(sketch: Sketch) -> Key:
    return sketch.who, sketch.year, sketch.scope


def _may_be(copy: Sketch, known: Sketch) -> bool:
    """Nothing that the page prints speaks against it."""
    if copy.year is not None and copy.year != known.year:
        return False
    if copy.agency is None:
        return True
    if copy.has_place:
        return copy.agency == known.agency
    return known.agency is not None and known.agency.endswith(copy.agency)


def _is_copy(copy: Sketch, known: Sketch, rare: frozenset[int]) -> bool:
    if len(copy.cells) <= TELLING_CELLS:
        return bool(rare) and rare <= known.sentences and copy.cells == known.cells
    same_figures = min(share(copy.cells, known.cells), share(known.cells, copy.cells))
    return same_figures >= SAME_FIGURES and share(rare, known.sentences) >= SAME_WORDS
