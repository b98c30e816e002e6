"""Grids and lines -> entries: a label, its unit, its figures, whatever its row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.extract.text import core, squeeze, tight
from pipeline.model import Table
from pipeline.parse.numbers import DASHES, looks_like_figure
from pipeline.parse.reading import Cells, Printed
from pipeline.parse.statistics.header import Header
from pipeline.parse.statistics.rows import UNITS, list_rows

BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
"""A line that goes on with the label above it: （不同渠道和方式公开相同信息计1条）."""

SUMS = frozenset({"合计", "总计", "小计", "总数"})
"""Beside 四、行政复议数量, where chapters have a column of their own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator as printed. `stream` counts indicators side by side in one row, from 0."""

    label: Printed
    stream: int
    unit: str | None = None
    values: Cells = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything is printed where its figures stand."""
        return any(not printed.is_blank for printed in self.values)


@dataclass
class _Reader:
    """Takes cells in reading order; a label ends the entry before it."""

    header: Header | None
    done: list[Entry] = field(default_factory=list)
    current: Entry | None = None
    stream: int = 0

    def take(self, printed: Printed) -> None:
        text, column = printed.cell.text, printed.cell.column
        is_known = bool(list_rows().places(text))
        if _is_rule(text) or (not is_known and self.header and column in self.header.aside):
            return
        if not is_known and (core(text) in UNITS or self._is_unit_column(printed)):
            if self.current and not self.current.is_filled:
                self.current = replace(self.current, unit=squeeze(text), values=())
        elif printed.is_blank or looks_like_figure(text) or self._is_damaged(printed, is_known):
            if self.current:
                self.current = replace(self.current, values=(*self.current.values, printed))
        elif not self._goes_on(text):
            self.end()
            stream = self.header.stream(column) if self.header else self.stream
            self.current = Entry(printed, max(stream, 0))
            self.stream += 1

    def _goes_on(self, text: str) -> bool:
        """Whether words add to the label before them: an explanation, or 合计 of what it names."""
        if self.current is None or self.current.is_filled:
            return False
        if BRACKETED.fullmatch(tight(text)):
            return True
        return core(text) in SUMS and bool(list_rows().places(self.current.label.cell.text))

    def end(self) -> None:
        """Close the entry at hand."""
        if self.current:
            self.done.append(_without_stub(self.current))
        self.current = None

    def new_row(self) -> None:
        self.end()
        self.stream = 0

    def _is_unit_column(self, printed: Printed) -> bool:
        """Whether something other than a number stands under 单位."""
        return bool(
            self.header
            and printed.cell.column in self.header.units
            and not any(letter.isdigit() for letter in printed.cell.text)
        )

    def _is_damaged(self, printed: Printed, is_known: bool) -> bool:
        """Whether words stand where the head says that a figure stands: it cannot be read."""
        if is_known or not self.header or not self.current or self.current.is_filled:
            return False
        return any(printed.cell.column == column for column, _ in self.header.values)


def _is_rule(text: str) -> bool:
    """`----` in the row of a chapter, which has neither unit nor figure."""
    return len(text) > 1 and set(text) <= DASHES


def _without_stub(entry: Entry) -> Entry:
    """A dash before a figure stands for the unit that is not printed."""
    first = entry.values[0] if entry.values else None
    rest = entry.values[1:]
    if (
        first
        and entry.unit is None
        and first.cell.text in DASHES
        and any(not printed.is_blank for printed in rest)
    ):
        return replace(entry, values=rest)
    return entry


def entries_by_row(tables: Sequence[Table], header: Header | None) -> list[Entry]:
    """Every label with what stands right of it in its row of the grid."""
    reader = _Reader(header)
    for table in tables:
        for row in table.rows:
            for cell in row:
                reader.take(Printed(table.number, cell))
            reader.new_row()
    return reader.done


def entries_in_sequence(tables: Sequence[Table], *, blanks: bool = False) -> list[Entry]:
    """Every label with what follows it, rows ignored: one cell per line.

    Blanks say nothing in a grid read so; in lines of text they are cells.
    """
    reader = _Reader(None)
    for printed in _cells(tables, blanks=blanks):
        reader.stream = 0
        reader.take(printed)
    reader.end()
    return reader.done


def _cells(tables: Iterable[Table], *, blanks: bool) -> Iterator[Printed]:
    for table in tables:
        for row in table.rows:
            for cell in row:
                printed = Printed(table.number, cell)
                if blanks or not printed.is_blank:
                    yield printed


def in_printed_order(entries: Sequence[Entry]) -> list[Entry]:
    """The entries in the order of the form: down each column of indicators, or row by row.

    Whichever of the two leaves fewer rows out of order, told by the labels that occur once.
    """
    by_column = sorted(entries, key=lambda entry: entry.stream)
    return by_column if _disorder(by_column) < _disorder(entries) else list(entries)


def _disorder(entries: Iterable[Entry]) -> int:
    known = [list_rows().places(entry.label.cell.text) for entry in entries]
    places = [each[0] for each in known if len(each) == 1]
    return sum(b < a for a, b in pairwise(places))
