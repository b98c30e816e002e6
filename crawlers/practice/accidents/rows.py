"""Accidents of table rows: what Word, page breaks and copying do to spans and cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawlers.practice.page import Grid, Page, Row, Td


def lost_indents(page: Page, *, table: str, row: str, span: int) -> Page:
    """A row that lost the cells before its label: the groups above end where it begins."""
    return page.change_grid(table, lambda grid: _outdent(grid, row, span))


def _outdent(grid: Grid, row: str, span: int) -> Grid:
    place = [r.id for r in grid.rows].index(row)
    above = tuple(_clipped(r, place - number) for number, r in enumerate(grid.rows[:place]))
    own = grid.rows[place]
    kept = tuple(td for td in own.cells if td.role != "group")
    outdented = _respanned(replace(own, cells=kept), span)
    return replace(grid, rows=(*above, outdented, *grid.rows[place + 1 :]))


def _clipped(row: Row, height: int) -> Row:
    return replace(row, cells=tuple(replace(c, rowspan=min(c.rowspan, height)) for c in row.cells))


def _respanned(row: Row, span: int) -> Row:
    """The row with its label (or note) as wide as told."""
    wide = ("label", "note")
    return replace(
        row, cells=tuple(replace(c, colspan=span) if c.role in wide else c for c in row.cells)
    )


def label_span(page: Page, *, table: str, rows: Sequence[str], span: int) -> Page:
    """Labels that span another number of columns than the form draws."""
    return page.change_grid(
        table, lambda grid: grid.change_rows(frozenset(rows), lambda row: _respanned(row, span))
    )


def ghost_cells(
    page: Page,
    *,
    table: str,
    rows: Sequence[str],
    before_label: int = 0,
    after_label: int = 0,
    at_end: int = 0,
) -> Page:
    """Empty cells that no form knows, differing from row to row."""

    def haunt(row: Row) -> Row:
        ghost = (Td("", "ghost"),)
        ends = (n for n, td in enumerate(row.cells, start=1) if td.role in {"label", "note"})
        end = next(ends, 0)
        lead, figures = row.cells[:end], row.cells[end:]
        return Row(
            row.id,
            (*ghost * before_label, *lead, *ghost * after_label, *figures, *ghost * at_end),
        )

    return page.change_grid(table, lambda grid: grid.change_rows(frozenset(rows), haunt))


def group_swallows_rows(page: Page, *, table: str, row: str, height: int, width: int) -> Page:
    """A group cell that reaches over rows which are not its own."""

    def stretch(own: Row) -> Row:
        first, *rest = own.cells
        return Row(own.id, (replace(first, rowspan=height, colspan=width), *rest))

    return page.change_grid(table, lambda grid: grid.change_rows(frozenset({row}), stretch))


def surplus_zero(page: Page, *, table: str, row: str) -> Page:
    """One figure more than the form has columns: a 0 before the total."""

    def crowd(own: Row) -> Row:
        return Row(own.id, (*own.cells[:-1], Td("0", "figure"), own.cells[-1]))

    return page.change_grid(table, lambda grid: grid.change_rows(frozenset({row}), crowd))


def page_break(page: Page, *, table: str, after: str) -> Page:
    """The table ends after a row; an empty paragraph follows, then a second table with the rest."""
    return page.change_grid(table, lambda grid: replace(grid, cuts=grid.cuts | {after}))


def empty_last_row(page: Page, *, table: str, cells: int) -> Page:
    """A row of empty cells below the last one."""
    empty = Row("empty", (Td("", "ghost"),) * cells)
    return page.change_grid(table, lambda grid: replace(grid, rows=(*grid.rows, empty)))
