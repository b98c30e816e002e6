"""Accidents of labels and headers: misprints, brackets, header cells in other places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from crawlers.practice.page import Grid, Page, Row, Td

NUMERAL = re.compile(r"^（([一二三四五六七])）")


def relabel(page: Page, *, table: str, texts: Mapping[str, str]) -> Page:
    """Cells that print another text than the form's, by the text they should have."""
    unknown = set(texts) - {td.text for td in _cells(page, table)}
    if unknown:
        raise KeyError(f"table {table} prints no cell {sorted(unknown)}")
    return page.change_grid(table, lambda grid: _reworded(grid, texts))


def _cells(page: Page, table: str) -> list[Td]:
    grids = [b for b in page.blocks if isinstance(b, Grid) and b.id == table]
    return [td for grid in grids for row in grid.rows for td in row.cells]


def _reworded(grid: Grid, texts: Mapping[str, str]) -> Grid:
    return replace(
        grid,
        rows=tuple(
            Row(r.id, tuple(replace(td, text=texts.get(td.text, td.text)) for td in r.cells))
            for r in grid.rows
        ),
    )


def narrow_brackets(page: Page, *, table: str) -> Page:
    """Row numerals in half-width brackets with a blank behind: `(一) 予以公开`."""
    texts = {td.text: NUMERAL.sub(r"(\1) ", td.text) for td in _cells(page, table)}
    return page.change_grid(table, lambda grid: _reworded(grid, texts))


def total_beside_applicants(page: Page, *, table: str = "t3") -> Page:
    """总计 one row higher than the form has it, beside 申请人情况 instead of below."""

    def move(grid: Grid) -> Grid:
        note, applicants = grid.rows[0].cells
        *others, total = grid.rows[1].cells
        first = (note, replace(applicants, colspan=6), replace(total, rowspan=3))
        return replace(
            grid, rows=(Row("head1", first), Row("head2", tuple(others)), *grid.rows[2:])
        )

    return page.change_grid(table, move)


def outcomes_in_one_row(page: Page, *, table: str = "t4") -> Page:
    """行政复议 two rows high and all fifteen outcomes in the third row."""

    def flatten(grid: Grid) -> Grid:
        review, courts = grid.rows[0].cells
        own, ways = grid.rows[1].cells[:5], grid.rows[1].cells[5:]
        low = tuple(replace(td, rowspan=1) for td in own)
        head = (
            Row("head1", (replace(review, rowspan=2), courts)),
            Row("head2", ways),
            Row("head3", (*low, *grid.rows[2].cells)),
        )
        return replace(grid, rows=(*head, *grid.rows[3:]))

    return page.change_grid(table, flatten)
