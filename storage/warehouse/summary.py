"""What a load did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one table."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    """Figures, sections, facts or findings that a newer reading of the same page no longer has."""

    @property
    def written(self) -> int:
        """Rows that the load changed in any way."""
        return self.inserted + self.updated + self.removed

    def __add__(self, other: Counts) -> Counts:
        """Both loads together."""
        return Counts(
            self.inserted + other.inserted,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """A version that was not loaded, and why; the others were."""

    agency: str
    report_year: int
    reason: str


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What a load did, by table."""

    tables: Mapping[str, Counts] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()

    @property
    def inserted(self) -> int:
        """New rows in all tables."""
        return sum(counts.inserted for counts in self.tables.values())

    @property
    def updated(self) -> int:
        """Changed rows in all tables."""
        return sum(counts.updated for counts in self.tables.values())

    @property
    def unchanged(self) -> int:
        """Rows in all tables that already said the same and were left alone."""
        return sum(counts.unchanged for counts in self.tables.values())

    @property
    def removed(self) -> int:
        """Rows in all tables that a newer reading no longer has."""
        return sum(counts.removed for counts in self.tables.values())

    @property
    def written(self) -> int:
        """0: the warehouse already held all this."""
        return sum(counts.written for counts in self.tables.values())


def added(parts: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Counts of several reports, table by table."""
    total: dict[str, Counts] = {}
    for part in parts:
        for table, counts in part.items():
            total[table] = total.get(table, Counts()) + counts
    return total
