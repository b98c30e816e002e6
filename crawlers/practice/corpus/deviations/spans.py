"""Spans lost, filled or wrong: what Word, page breaks and editors do to merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from crawlers.practice.corpus.edit import change_grid, change_rows
from crawlers.practice.corpus.model import Draft, Grid, Row, Step, Td
from crawlers.practice.corpus.shapes.layout import rectangle
from crawlers.practice.model import PracticeError

GHOST = Td("", "ghost")


def unmerged(grid: Grid) -> Grid:
    """Every span as cells of its own, empty but for the first."""
    lines = rectangle(grid)
    rows = (
        tuple(replace(td, rowspan=1, colspan=1) if td else GHOST for td in line) for line in lines
    )
    return Grid(grid.id, tuple(Row(old.id, new) for old, new in zip(grid.rows, rows, strict=True)))


def merged_cells_lost(draft: Draft, random: Random, table: str = "t3") -> Draft:
    """Empty cells where spans were."""
    return change_grid(draft, table, lambda grid: (unmerged(grid),))


def rowspans_lost(draft: Draft, random: Random, table: str = "t3") -> Draft:
    """Spans gone without cells in their place: rows of different widths."""
    return change_rows(
        draft, table, lambda row: (Row(row.id, tuple(replace(td, rowspan=1) for td in row.cells)),)
    )


def colspans_lost(draft: Draft, random: Random, table: str = "t2") -> Draft:
    """The same to the right."""
    return change_rows(
        draft, table, lambda row: (Row(row.id, tuple(replace(td, colspan=1) for td in row.cells)),)
    )


def groups_repeated(draft: Draft, random: Random) -> Draft:
    """Each row of table 三 says its groups again: （三）不予公开 1.属于国家秘密."""

    def fill(grid: Grid) -> Iterable[Grid]:
        rows, open_ = [], list[tuple[Td, int]]()
        for row in grid.rows:
            lead = tuple(replace(td, rowspan=1, cell="") for td, left in open_ if left > 0)
            groups = [(td, td.rowspan) for td in row.cells if td.role == "group"]
            own = tuple(replace(td, rowspan=1) if td.role == "group" else td for td in row.cells)
            rows.append(Row(row.id, (*lead, *own)))
            open_ = [(td, left - 1) for td, left in (*open_, *groups) if left > 1]
        return (Grid(grid.id, tuple(rows)),)

    return change_grid(draft, "t3", fill)


def indents_lost(draft: Draft, random: Random, rows: Sequence[str], pad: bool = False) -> Draft:
    """Rows behind a page break begin at the left edge, without the cells of their groups."""

    def outdent(grid: Grid) -> Iterable[Grid]:
        missing = set(rows) - {row.id for row in grid.rows}
        if missing:
            raise PracticeError(f"{draft.title}: table {grid.id} has no row {sorted(missing)}")
        return (
            Grid(
                grid.id,
                tuple(_stripped(r, pad) if r.id in rows else r for r in unmerged(grid).rows),
            ),
        )

    return change_grid(draft, "t3", outdent)


def _stripped(row: Row, pad: bool) -> Row:
    first = next(n for n, td in enumerate(row.cells) if td.text)
    return Row(row.id, (*row.cells[first:], *([GHOST] * first if pad else [])))


def empty_third_header_row(draft: Draft, random: Random) -> Draft:
    """自然人 and 总计 do not reach down: the third header row has empty cells below them."""

    def redo(row: Row) -> Iterable[Row]:
        if row.id == "head2":
            return (Row(row.id, tuple(replace(td, rowspan=1) for td in row.cells)),)
        if row.id == "head3":
            return (Row(row.id, (GHOST, *row.cells, GHOST)),)
        return (row,)

    return change_rows(draft, "t3", redo)


def reach(draft: Draft, random: Random, text: str, rows: int, table: str = "t3") -> Draft:
    """A group cell that spans more or fewer rows than it has."""

    def stretch(row: Row) -> Iterable[Row]:
        cells = (replace(td, rowspan=rows) if td.text == text else td for td in row.cells)
        return (Row(row.id, tuple(cells)),)

    return change_rows(draft, table, stretch)


def total_short_of_a_cell(draft: Draft, random: Random) -> Draft:
    """（七）总计 one cell short at the left and with an empty one at the end."""

    def shift(row: Row) -> Iterable[Row]:
        if row.id != "processed_total":
            return (row,)
        cells = (replace(td, colspan=1) if td.role == "label" else td for td in row.cells)
        return (Row(row.id, (*cells, GHOST)),)

    return change_rows(draft, "t3", shift)


def other_colspans_of_two(draft: Draft, random: Random) -> Draft:
    """Table 二 on five columns, a colspan of two at other places in header and rows."""

    def shift(row: Row) -> Iterable[Row]:
        wide = 0 if row.cells[-1].cell else 1
        cells = [replace(td, colspan=td.colspan + (n == wide)) for n, td in enumerate(row.cells)]
        return (
            Row(row.id, tuple(cells))
            if len(cells) > 1
            else Row(row.id, (replace(row.cells[0], colspan=5),)),
        )

    return change_rows(draft, "t2", shift)


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        merged_cells_lost,
        rowspans_lost,
        colspans_lost,
        groups_repeated,
        indents_lost,
        empty_third_header_row,
        reach,
        total_short_of_a_cell,
        other_colspans_of_two,
    )
}
