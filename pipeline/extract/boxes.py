"""Tables set in boxes: a `<div>` a row, a box in it a cell, laid out by a style sheet."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element as Element

from pipeline.extract.grid import MAX_CELLS, MAX_COLUMNS, Grid, cell_text
from pipeline.extract.text import SENTENCE
from pipeline.forms.sections import section_of
from pipeline.model import Cell

BOXES = frozenset({"div", "ul", "ol", "dl", "section"})
ROWS = BOXES | {"li"}
CELLS = frozenset({"div", "li", "dt", "dd", "p", "span"})

LEAST_ROWS = 3
"""The lowest table of the forms, 四, has four rows."""

LEAST_CELLS = 2

LEAST_FIGURES = 5
"""Cells with a number that make boxes a table; table 二 of 2021 has the fewest, ten."""


def read_boxes(box: Element) -> Grid:
    """The grid of a box whose boxes are rows of boxes; empty where it is no table.

    Nothing of the page may be lost in a cell: no sentences, no headings of its sections, no boxes
    below the cells, no words beside them, and several figures. A row of one cell is a title.
    """
    if len(box) < LEAST_ROWS or box.tag not in BOXES or not _may_begin(box):
        return ()
    rows = list(box)
    if _has_words(box) or not all(_is_row(row) for row in rows):
        return ()
    texts = [[cell_text(cell) for cell in row] for row in rows]
    if not _are_figures(texts):
        return ()
    return tuple(
        tuple(
            Cell(text, number, column, cell.sourceline)
            for column, (cell, text) in enumerate(zip(row, line, strict=True), 1)
        )
        for number, (row, line) in enumerate(zip(rows, texts, strict=True), 1)
    )


def _may_begin(box: Element) -> bool:
    """What is asked first, of the first row or the one below its title: most hold paragraphs."""
    first = box[0]
    if first.tag not in ROWS or not len(first) or first[0].tag not in CELLS:
        return False
    return len(first) >= LEAST_CELLS or len(box[1]) >= LEAST_CELLS


def _is_row(row: Element) -> bool:
    return (
        row.tag in ROWS
        and 0 < len(row) <= MAX_COLUMNS
        and not _has_words(row)
        and all(cell.tag in CELLS and _is_leaf(cell) for cell in row)
    )


def _is_leaf(cell: Element) -> bool:
    return all(
        inner.tag == "span" or inner.tag not in BOXES | CELLS | {"table"}
        for inner in cell.iterdescendants()
    )


def _has_words(box: Element) -> bool:
    """Whether text stands in the box beside its boxes."""
    return any(text.strip() for text in (box.text or "", *(inner.tail or "" for inner in box)))


def _are_figures(texts: Sequence[Sequence[str]]) -> bool:
    cells = [text for row in texts for text in row]
    figures = sum(text.isdigit() for text in cells)
    return (
        figures >= LEAST_FIGURES
        and len(cells) <= MAX_CELLS
        and not any(SENTENCE.search(text) or section_of(text) for text in cells)
    )
