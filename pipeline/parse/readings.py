"""The readings of one statutory table, each strategy asked when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import NO_TABLE, Table
from pipeline.parse.labels import Labels
from pipeline.parse.pieces import Rests, rests_in
from pipeline.parse.reading import RowReading

Strategies = tuple[Callable[[Sequence[Table], Labels], list[RowReading]], ...]


@dataclass(frozen=True)
class Readings:
    """What the strategies, best first, find in the tables of one kind."""

    tables: Sequence[Table]
    labels: Labels
    first: Sequence[RowReading]
    """The rows as the best strategy has them: on most pages all that is needed."""
    others: Strategies

    @cached_property
    def telling(self) -> Sequence[RowReading]:
        """The readings that show the table's layout: the best strategy's, where it found any."""
        return self.first if any(reading.cells for reading in self.first) else self.every

    @property
    def in_lines_alone(self) -> bool:
        """Whether no table prints the rows, only lines of text."""
        return all(table.number == NO_TABLE for table in self.tables)

    @property
    def in_lines_too(self) -> bool:
        """Whether lines of text print rows beside the tables."""
        return len(self.tables) > 1 and any(table.number == NO_TABLE for table in self.tables)

    @cached_property
    def rests(self) -> Rests:
        """The rows that may be the rest of the row above them."""
        return rests_in(self.tables)

    @cached_property
    def every(self) -> list[RowReading]:
        """The rows as every strategy has them, the best one's first."""
        others = (read(self.tables, self.labels) for read in self.others)
        return [*self.first, *(reading for readings in others for reading in readings)]
