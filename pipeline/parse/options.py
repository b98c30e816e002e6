"""The readings of all strategies, row by row, and the one that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.forms.model import Block, TableForm
from pipeline.model import NO_TABLE, Finding
from pipeline.parse.arbiter import Sums, add_up, decide, sums_of
from pipeline.parse.labels import MIN_LETTERS, label_key
from pipeline.parse.reading import (
    TWO_FIGURES,
    Cells,
    RowReading,
    Strategy,
    are_zeros,
    candidates,
    has_blank,
    has_figures,
)

LEAST_DOUBLED = 2
"""Cells of a row with two figures each: one may be a figure with a break in it."""

MIN_ROWS = 3
"""Rows that must agree on their columns before another row is read by them."""


ByRow = dict[str, list[RowReading]]


class Option(NamedTuple):
    """One way to read a row: the cells, and the reading they come from."""

    cells: Cells
    reading: RowReading


class Row(NamedTuple):
    """What is known of a row: every reading, every option, and the option that stands."""

    readings: tuple[RowReading, ...]
    options: tuple[Option, ...]
    chosen: Option | None

    @property
    def is_disputed(self) -> bool:
        """Whether the strategies read different figures."""
        return len({option.reading.strategy for option in self.options}) > 1


def choose(table: TableForm, block: Block, readings: Iterable[RowReading]) -> dict[str, Row]:
    """For each row met, the option that stands: the only one, or the one arithmetic allows."""
    met = _met(block, readings)
    width = len(block.columns)
    if _are_plain(met, width):
        return {row: _as_printed(found[0]) for row, found in met.items()}
    by_row = _by_row(met, width)
    if _are_plain(by_row, width):
        return {row: _as_printed(found[0]) for row, found in by_row.items()}
    options = {row: _options(found, len(block.columns)) for row, found in by_row.items()}
    usual, sums = _usual_columns(options), sums_of(table, block)
    options = {row: _in_columns(each, usual, sums) for row, each in options.items()}
    cells = {row: [option.cells for option in each] for row, each in options.items()}
    decided = decide(cells, table, block)
    return {
        row: Row(
            tuple(found),
            tuple(options[row]),
            next((option for option in options[row] if option.cells is decided[row]), None),
        )
        for row, found in by_row.items()
    }


def _are_plain(by_row: ByRow, width: int) -> bool:
    """Whether each row was met once, with a cell for each column."""
    return all(len(found) == 1 and len(found[0].cells) == width for found in by_row.values())


def _as_printed(reading: RowReading) -> Row:
    option = Option(reading.cells, reading)
    return Row((reading,), (option,), option)


def _usual_columns(options: Mapping[str, Sequence[Option]]) -> tuple[int, ...] | None:
    """The grid columns in which most rows that can be read in one way have their figures."""
    single = (each[0] for each in options.values() if len(each) == 1)
    certain = Counter(columns for option in single if (columns := _columns(option)))
    columns, rows = certain.most_common(1)[0] if certain else ((), 0)
    return columns if rows >= MIN_ROWS and rows * 2 > certain.total() else None


def _in_columns(options: list[Option], usual: tuple[int, ...] | None, sums: Sums) -> list[Option]:
    """The option that stands in the usual columns, where a row with blanks has several.

    Not where it is wrong in its sums and another is right: rows of one table begin in columns of
    their own where a span is too long or too short.
    """
    if len(options) == 1:
        return options
    fitting = [option for option in options if usual and _columns(option) == usual]
    has_blanks = all(has_blank(option.cells) for option in options)
    if len(fitting) != 1 or not has_blanks:
        return options
    adding_up = [option for option in options if add_up(option.cells, sums)]
    return fitting if not adding_up or fitting[0] in adding_up else options


def _columns(option: Option) -> tuple[int, ...]:
    if option.reading.strategy is not Strategy.GRID:
        return ()
    return tuple(printed.cell.column for printed in option.cells)


def is_sound(table: TableForm, block: Block, rows: Mapping[str, Row]) -> bool:
    """Whether nothing calls for a second strategy: every row there, whole, and adding up."""
    sums = sums_of(table, block)
    return len(rows) == len(block.rows) and all(
        row.chosen is not None and len(row.options) == 1 and _is_sound(row.chosen.cells, sums)
        for row in rows.values()
    )


def _is_sound(cells: Cells, sums: Sums) -> bool:
    return are_zeros(cells) or (add_up(cells, sums) and not has_blank(cells))


def without_torn(table: TableForm, block: Block, rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows; none stands that does not add up where its figures may be other figures' pieces.

    So they may where most of them share a line of text and others stand on another, and where two
    cells of the row hold two figures each.
    """
    sums = sums_of(table, block)
    return {
        id_: row._replace(chosen=None) if row.chosen and _is_torn(row.chosen, sums) else row
        for id_, row in rows.items()
    }


def _is_torn(option: Option, sums: Sums) -> bool:
    lines = {printed.cell.row for printed in option.cells if printed.table == NO_TABLE}
    doubled = sum(TWO_FIGURES.fullmatch(p.cell.text) is not None for p in option.cells)
    if doubled < LEAST_DOUBLED and not 1 < len(lines) < len(option.cells) / 2:
        return False
    return not (sums and add_up(option.cells, sums))


def with_all(rows: Mapping[str, Row], readings: Iterable[RowReading]) -> dict[str, Row]:
    """The rows as they stand, with every reading of them: a second print may say otherwise."""
    every: dict[str, list[RowReading]] = {}
    for reading in readings:
        every.setdefault(reading.row, []).append(reading)
    return {id_: row._replace(readings=tuple(every[id_])) for id_, row in rows.items()}


def repeated(where: str, block: Block, readings: Sequence[RowReading]) -> list[Finding]:
    """A finding for each further print of a row, by the same strategy, with other figures.

    总计 without the row's number heads a column: read in lines, figures seem to follow it.
    """
    if len(readings) == 1 or len({each.strategy for each in readings}) == len(readings):
        return []
    columns = {core(column.label) for column in block.columns} - {core(readings[0].label)}
    firsts: dict[Strategy, list[str]] = {}
    findings = []
    for reading in readings:
        figures = figures_of(reading)
        first = firsts.setdefault(reading.strategy, figures)
        if figures and figures != first and core(reading.label) not in columns:
            values = {"first": " ".join(first), "second": " ".join(figures)}
            label = squeeze(reading.label)
            findings.append(finding("row_repeated", where, label=label, **values))
    return findings


def _print_the_same(one: RowReading, other: RowReading) -> bool:
    return one.cells == other.cells or figures_of(one) == figures_of(other)


def figures_of(reading: RowReading) -> list[str]:
    """What the row prints, blanks left out."""
    return [squeeze(printed.cell.text) for printed in reading.cells if not printed.is_blank]


def _met(block: Block, readings: Iterable[RowReading]) -> ByRow:
    """The readings of each row of the block."""
    found: ByRow = {}
    for reading in readings:
        if reading.row in block.ids:
            found.setdefault(reading.row, []).append(reading)
    return found


def _by_row(met: ByRow, width: int) -> ByRow:
    """Readings that print something first: a label may stand in a header without figures."""
    named = {row: _named(each, width) for row, each in met.items()}
    return {
        row: sorted(each, key=lambda r: not has_figures(r.cells)) if len(each) > 1 else each
        for row, each in named.items()
        if each
    }


def _named(readings: list[RowReading], width: int) -> list[RowReading]:
    """Without those that a word alone makes a row, 总计 or 其他, where it heads a column."""
    if all(len(each.cells) == width for each in readings):
        return readings
    whole = [each for each in readings if candidates(each.cells, width)]
    clear = [each for each in readings if names_row(each.label)]
    if any(each in clear for each in whole):
        return clear
    return [each for each in readings if each in clear or each in whole or has_figures(each.cells)]


def names_row(label: str) -> bool:
    """Whether the label says of itself that it is a row: it is long, or has its numeral."""
    key = label_key(label)
    return len(key) >= MIN_LETTERS or key != core(label)


def _options(readings: Sequence[RowReading], width: int) -> list[Option]:
    """Every candidate of the first reading of each strategy; those that print the same are one.

    A row of the grid that has just its width says where its blanks stand: another strategy that
    reads the same figures among other blanks has nothing to add.
    """
    distinct: dict[tuple[str, ...], Option] = {}
    best = readings[0]
    is_whole = best.strategy is Strategy.GRID and len(best.cells) == width
    seen = set()
    for reading in readings:
        if reading.strategy in seen:
            continue
        seen.add(reading.strategy)
        if is_whole and reading is not best and _print_the_same(reading, best):
            continue
        for cells in candidates(reading.cells, width):
            texts = tuple(printed.cell.text for printed in cells)
            distinct.setdefault(texts, Option(cells, reading))
    return list(distinct.values())
