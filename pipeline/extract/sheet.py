"""A report that stands in one table: its headings and its prose are rows of one cell."""

from __future__ import annotations

from itertools import groupby

from pipeline.extract.grid import Grid
from pipeline.extract.text import SENTENCE, squeeze
from pipeline.forms.sections import section_of
from pipeline.model import Cell

LEAST_HEADINGS = 2
"""One may be the title of a statutory table, in its first row."""

NUMERALS = frozenset("一二三四五六")
"""With what the headings of a report begin; the articles that head table 二 begin with 第."""


def sheet_parts(grid: Grid) -> list[str | Grid]:
    """Headings and prose as texts, what stands between them as grids; empty for any other table."""
    likely = [row for row in grid if len(row) == 1 and row[0].text[:1] in NUMERALS]
    if len(likely) < LEAST_HEADINGS or sum(map(_is_heading, likely)) < LEAST_HEADINGS:
        return []
    parts: list[str | Grid] = []
    for is_text, rows in groupby(grid, _is_text):
        if is_text:
            parts += [squeeze(row[0].text) for row in rows]
        else:
            parts.append(tuple(rows))
    return parts


def _is_heading(row: tuple[Cell, ...]) -> bool:
    if len(row) != 1 or row[0].text[:1] not in NUMERALS:
        return False
    return section_of(squeeze(row[0].text)) is not None


def _is_text(row: tuple[Cell, ...]) -> bool:
    return len(row) == 1 and (_is_heading(row) or SENTENCE.search(row[0].text) is not None)
