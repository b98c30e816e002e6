"""The hits of a whole report put right against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pipeline.parse.facts.hit import Hit
from pipeline.parse.facts.period import AS_OF, CUMULATIVE, PRIOR, YEAR

STATED_ONCE = frozenset({"n.proactive_total", "n.requests_received"})
"""What every report gives for its own year."""

COMPARES = ("比", "较", "同期")


def settle(hits: Sequence[Hit], report_year: int | None) -> list[Hit]:
    """Equal hits once; left-over years and running totals named as what they are.

    A total given for the year before alone, with no word of comparison, is this year's with a year
    left over from a copy: the check of the years reports it. A count up to a date is cumulative
    where the page also gives a smaller one for the year.
    """
    least = _least_of_the_year(hits)
    left_over = {
        id(hit.sentence.paragraph) for hit in hits if _is_left_over(hit, least, report_year)
    }
    return list(_once(_settled(hit, least, left_over) for hit in hits))


def _least_of_the_year(hits: Sequence[Hit]) -> dict[str, Decimal]:
    """Id -> the smallest figure given for the year reported on."""
    least: dict[str, Decimal] = {}
    for hit in hits:
        if hit.period == YEAR and hit.value is not None:
            least[hit.id] = min(hit.value, least.get(hit.id, hit.value))
    return least


def _settled(hit: Hit, least: Mapping[str, Decimal], left_over: set[int]) -> Hit:
    if hit.period == PRIOR and id(hit.sentence.paragraph) in left_over:
        return hit._replace(period=YEAR)
    if hit.period == AS_OF and hit.value is not None and hit.value > least.get(hit.id, hit.value):
        return hit._replace(period=CUMULATIVE)
    return hit


def _is_left_over(hit: Hit, least: Mapping[str, Decimal], report_year: int | None) -> bool:
    if hit.id not in STATED_ONCE or report_year is None or hit.year != report_year - 1:
        return False
    if hit.period != PRIOR or hit.id in least:
        return False
    return not any(word in hit.sentence.text[: hit.end] for word in COMPARES)


def _once(hits: Iterable[Hit]) -> Iterable[Hit]:
    seen = set()
    for hit in hits:
        words = hit.raw if hit.value is None else ""
        key = (hit.id, hit.value, hit.qualifier, hit.scope, hit.period, hit.label, words)
        if key not in seen:
            seen.add(key)
            yield hit
