"""Ways to find the labelled rows of a table; the identities arbitrate where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.extract.text import core
from pipeline.forms.sections import section_of
from pipeline.model import Cell, Table
from pipeline.parse.labels import LabelMatch, Labels, Match
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import (
    Cells,
    Printed,
    RowReading,
    Strategy,
    all_cells,
    has_figures,
    printed_cells,
)

HEADERS = frozenset(
    "自然人 商业企业 法人或其他组织 申请人情况 科研机构 社会公益组织 法律服务机构".split()
)
"""Of table 三's header: a row that holds one is no data row, whatever 其他 or 总计 it prints."""


def read_by_grid(tables: Sequence[Table], labels: Labels) -> list[RowReading]:
    """Anchored on each grid row: its last label, and the cells right of it.

    Lost rowspans, ghost columns and group labels left of the row's own label do no harm.
    """
    readings = (_grid_row(table.number, row, labels) for table in tables for row in table.rows)
    return [reading for reading in readings if reading]


def _grid_row(table: int, row: Sequence[Cell], labels: Labels) -> RowReading | None:
    words = [place for place, cell in enumerate(row) if not cell.text.isdigit()]
    for place in reversed(words):
        label = row[place].text
        match = labels.find(label)
        if match:
            if not HEADERS.isdisjoint([core(row[each].text) for each in words]):
                return None
            cells = printed_cells(table, row[place + 1 :])
            return RowReading(match.row, label, match.how is Match.VARIANT, cells)
    return None


def read_by_sequence(
    tables: Sequence[Table], labels: Labels, strategy: Strategy = Strategy.SEQUENCE
) -> list[RowReading]:
    """Anchored on labels in reading order, rows of the grid ignored: one cell per line.

    A row's figures are what stands between its label and the next cell with words, blanks included:
    those that are another row's covered cells stand at the end, and go first.
    """
    return [reading for reading in _runs(tables, labels, strategy) if reading.cells]


def read_by_runs(tables: Sequence[Table], labels: Labels) -> list[RowReading]:
    """The same over lines of text that stand for a table."""
    return read_by_sequence(tables, labels, Strategy.RUNS)


def _runs(tables: Sequence[Table], labels: Labels, strategy: Strategy) -> Iterator[RowReading]:
    """Labels with what follows them; a label may be broken over cells, before or round figures."""
    run = _Run(labels, strategy)
    for printed in all_cells(tables):
        text = printed.cell.text
        if looks_like_figure(text) and labels.find(text) is None:
            run.add(printed)
        elif strategy is Strategy.RUNS and section_of(text):
            yield from run.end()
            run.words = ""
        else:
            yield from run.turn(text)
    yield from run.end()


@dataclass(slots=True)
class _Run:
    """The row being read: its label, or the words that may be half of one, and its figures."""

    labels: Labels
    strategy: Strategy
    current: RowReading | None = None
    """Without its cells, as long as they come."""
    cells: list[Printed] = field(default_factory=list)
    words: str = ""
    """Words since the last row; half a label where its other half follows."""
    figures: Cells = ()
    """Figures after words that are no label yet."""

    def add(self, printed: Printed) -> None:
        """A figure: of the row whose label stands before it, or of nobody yet."""
        if self.current:
            self.cells.append(printed)
        elif self.words and (self.figures or not printed.is_blank):
            self.figures = (*self.figures, printed)

    def turn(self, text: str) -> Iterator[RowReading]:
        """Words: a label, a half of one, or the end of a row."""
        if self.figures:
            if self.labels.begins(self.words + text):
                self.words += text
                return
            if self.labels.find(self.words + text):
                self.words += text
                yield from self._halves()
                return
            yield from self._halves()
        if self._goes_on(text):
            return
        if self._ends_with(text):
            yield from self.end()
            self.words = ""
            return
        begun = self.current is None and not self.figures
        joined = self.words + text if begun else text
        whole = self.labels.find(joined)
        is_whole = whole is not None and whole.how is Match.EXACT
        label = joined if is_whole or not self.labels.find(text) else text
        match = self.labels.find(label)
        yield from self.end()
        self.words, self.figures = label if match else joined, ()
        if match:
            self.current = self._reading(match, label, ())

    def end(self) -> Iterator[RowReading]:
        """The row as far as it came."""
        yield from self._halves()
        if self.current:
            yield self.current._replace(cells=tuple(self.cells))
        self._drop()

    def _halves(self) -> Iterator[RowReading]:
        """The row whose figures stand between the halves of its label, if the words name one."""
        match = self.labels.find(self.words) if self.figures else None
        if match:
            yield self._reading(match, self.words, self.figures)
            self._drop()
            self.words, self.figures = "", ()

    def _goes_on(self, text: str) -> bool:
        """Whether the words are the rest of a label whose beginning was enough to know it."""
        if self.current is None or has_figures(self.cells):
            return False
        whole = self.labels.find(self.current.label + text)
        if whole is None or whole.row != self.current.row or self.labels.find(text):
            return False
        is_variant = whole.how is Match.VARIANT
        label = self.current.label + text
        self.current = self.current._replace(label=label, is_variant=is_variant)
        return True

    def _ends_with(self, text: str) -> bool:
        """Whether the words are the rest of a label whose beginning stands before the figures."""
        if self.current is None or not has_figures(self.cells) or self.labels.find(text):
            return False
        whole = self.current.label + text
        if self.labels.find(whole) != LabelMatch(self.current.row, Match.EXACT):
            return False
        self.current = self.current._replace(label=whole, is_variant=False)
        return True

    def _reading(self, match: LabelMatch, label: str, cells: Cells) -> RowReading:
        return RowReading(match.row, label, match.how is Match.VARIANT, cells, self.strategy)

    def _drop(self) -> None:
        self.current = None
        self.cells.clear()
