"""What two wordings of a report print differently, cell by cell and fact by fact."""

from __future__ import annotations

from collections import defaultdict

from pipeline.dedup.fingerprint import NOT_PRINTED
from pipeline.model import Fact, Figure, Report
from pipeline.versions import CellChange, FactChange

Shown = tuple[str, object]
Statement = tuple[str, str, str, str]
"""Id, scope, period and section: what makes two facts statements about one thing."""


def changed_cells(before: Report, after: Report) -> tuple[CellChange, ...]:
    """The cells whose state or value differs, in the order of the code list's ids.

    `5` and `5 件` are the same figure; a cell that neither page prints is no change.
    """
    old, new = _printed(before), _printed(after)
    return tuple(
        CellChange(id_, old.get(id_), new.get(id_))
        for id_ in sorted(old.keys() | new.keys())
        if _shown(old.get(id_)) != _shown(new.get(id_))
    )


def changed_facts(before: Report, after: Report) -> tuple[FactChange, ...]:
    """The figures of the prose that are stated with another value, in page order.

    A fact that only one wording states is other prose, no other figure. Where one thing is stated
    several times, the statements are taken in their order; if their number differs, they are not
    compared. 全部答复 takes its number from another statement, and changes with that one only.
    """
    old, new = _stated(before), _stated(after)
    pairs = (
        (was, now)
        for key, facts in new.items()
        if len(facts) == len(old.get(key, ()))
        for was, now in zip(old[key], facts, strict=True)
    )
    return tuple(
        FactChange(was, now) for was, now in pairs if was.value != now.value and was.raw != now.raw
    )


def _stated(report: Report) -> dict[Statement, list[Fact]]:
    found: dict[Statement, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        found[fact.id, fact.scope, fact.period, fact.section].append(fact)
    return found


def _printed(report: Report) -> dict[str, Figure]:
    return {each.id: each for each in report.figures if each.state not in NOT_PRINTED}


def _shown(figure: Figure | None) -> Shown | None:
    return None if figure is None else (figure.state.value, figure.value)
