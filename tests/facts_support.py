"""What a paragraph of prose states, in short."""

from __future__ import annotations

from typing import Any

from pipeline.model import Scope, Section
from pipeline.parse.facts.read import read_facts

YEAR = 2022


def stated(text: str, section: str = "overview") -> list[tuple[str, int | None, str]]:
    """Id without `n.`, value and period of each fact, in page order."""
    found = read_facts([Section(section, "", text)], YEAR, Scope.AGENCY)
    return [
        (fact.id.removeprefix("n."), None if fact.value is None else int(fact.value), fact.period)
        for fact in found
    ]


def values(text: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for id_, value, _ in stated(text):
        found.setdefault(id_, []).append(value)
    return found
