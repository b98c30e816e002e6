"""What the prose says against what the tables say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pipeline.check.evidence import QUOTED, Evidence
from pipeline.findings import finding
from pipeline.model import NO_TABLE, Fact, Finding, Report

FEE = "n.fee_cny"
FEES_COUNTED = "t2.administrative_fees.fee_amount_10k_cny"

SECTION_OF = {"t2": "proactive_disclosure", "t3": "applications", "t4": "disputes"}
"""The section that a table stands in."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact and the sums of cells that it may equal."""

    check: str
    fact: str
    what: str
    what_en: str
    either: tuple[tuple[str, ...], ...]


@cache
def comparisons() -> tuple[Comparison, ...]:
    """The comparisons of `comparisons.toml`."""
    text = files("pipeline.check").joinpath("comparisons.toml").read_text("utf-8")
    return tuple(
        Comparison(
            check=row["check"],
            fact=row["fact"],
            what=row["what"],
            what_en=row["what_en"],
            either=tuple(tuple(cells) for cells in row["either"]),
        )
        for row in tomllib.loads(text)["compare"]
    )


def check_prose(evidence: Evidence) -> Iterator[Finding]:
    """Facts that equal none of the sums they may equal.

    Round figures and other scopes and periods say nothing. Where a report gives a number several
    times, one that agrees is enough: the others are parts of it.
    """
    facts: dict[str, list[Fact]] = {}
    for fact in _comparable(evidence.report):
        facts.setdefault(fact.id, []).append(fact)
    for each in comparisons() if facts else ():
        told = facts.get(each.fact, [])
        sums = _sums(each, evidence.values) if told else set()
        if not sums or all(fact.value in sums for fact in told):
            continue
        told = _in_prose(told, evidence.report)
        if told and not any(fact.value in sums for fact in told):
            yield finding(
                each.check,
                _first_printed(each, evidence.values),
                what=each.what,
                what_en=each.what_en,
                said=told[0].value,
                table=" / ".join(str(value) for value in sorted(sums)),
                sentence=told[0].sentence[:QUOTED],
            )
    yield from _fee(facts.get(FEE, []), evidence)


def _fee(told: list[Fact], evidence: Evidence) -> Iterator[Finding]:
    """A fee for handling information that was charged and is no part of table 二."""
    counted = evidence.values.get(FEES_COUNTED)
    if not told or counted != 0:
        return
    charged = next((fact for fact in _in_prose(told, evidence.report) if fact.value), None)
    if charged:
        values = {"said": charged.value, "table": counted, "sentence": charged.sentence[:QUOTED]}
        yield finding("fee_not_in_table", FEES_COUNTED, **values)


def _comparable(report: Report) -> list[Fact]:
    """Exact figures of the year and of the report's own scope."""
    scope = report.scope.value
    return [
        fact
        for fact in report.facts
        if fact.scope == scope and fact.period == "year"
        if fact.qualifier == "exact" and fact.value is not None
    ]


def _in_prose(facts: Iterable[Fact], report: Report) -> list[Fact]:
    """Where a table is printed as lines, its section is no prose: its labels read like facts."""
    in_lines = {f.id[:2] for f in report.figures if f.place and f.place.table == NO_TABLE}
    tables = {section for table, section in SECTION_OF.items() if table in in_lines}
    return [fact for fact in facts if fact.section not in tables]


def _first_printed(each: Comparison, values: dict[str, Decimal]) -> str:
    return next(cells[0] for cells in each.either if all(cell in values for cell in cells))


def _sums(each: Comparison, values: dict[str, Decimal]) -> set[Decimal]:
    """The sums that can be made of what is printed."""
    return {
        sum((values[cell] for cell in cells), Decimal(0))
        for cells in each.either
        if all(cell in values for cell in cells)
    }
