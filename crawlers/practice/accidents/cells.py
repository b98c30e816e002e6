"""Accidents inside a cell: the tags between the cell and its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawlers.practice.page import Page


def cell_markup(page: Page, *, tables: Sequence[str], markup: str) -> Page:
    """Text wrapped as one editor or another does it; `markup.CELLS` has the kinds."""
    for table in tables:
        page = page.change_grid(table, lambda grid: replace(grid, markup=markup))
    return page
