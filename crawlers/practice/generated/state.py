"""A site's faults at work: what it has been asked so far, and which fault is on for a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawlers.practice.faults import Faults


@dataclass(slots=True)
class State:
    """One site's: faults by name, how often each has struck, how often each list was asked for."""

    faults: dict[str, Mapping[str, object]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    """Column -> list pages given, by whatever address."""

    def options(self, name: str, column: str) -> dict[str, object] | None:
        """The options of a fault that is on for a column, filters aside; null: it is not on."""
        found = self.faults.get(name)
        if found is None or found.get("column", column) != column:
            return None
        return {key: value for key, value in found.items() if key != "column"}

    def is_on(self, name: str, column: str) -> bool:
        """Whether a fault without options is on for a column."""
        return self.options(name, column) is not None

    def of(self, column: str) -> Faults:
        """The faults that are on for a column."""
        return {
            name: found for name in self.faults if (found := self.options(name, column)) is not None
        }
