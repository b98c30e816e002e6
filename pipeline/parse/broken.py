"""Labels that a line break cut in two rows, put together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Cell, Table
from pipeline.parse.labels import label_key
from pipeline.parse.numbers import looks_like_figure

Row = tuple[Cell, ...]


def mended(table: Table, labels: Collection[str]) -> Table:
    """The table with each label whole that ends one row and goes on at the head of the next.

    Two halves are a label only if neither is one: `labels` holds the letters of those long enough
    not to come together by chance.
    """
    ends = ((a, b) for a, b in pairwise(table.rows) if a and not looks_like_figure(a[-1].text))
    if not any(_joined(above, below, labels) for above, below in ends):
        return table
    rows: list[Row] = []
    for row in table.rows:
        if rows and (whole := _joined(rows[-1], row, labels)):
            rows[-1:] = [each for each in whole if each]
        else:
            rows.append(row)
    return replace(table, rows=tuple(rows))


def _joined(above: Row, below: Row, labels: Collection[str]) -> tuple[Row, Row] | None:
    """The row above without its last words, and the one below that begins with them."""
    if not above or not below or not _is_half(above[-1].text, labels):
        return None
    head = below[0].text
    if not _is_half(head, labels) or label_key(above[-1].text + head) not in labels:
        return None
    first = below[0]._replace(text=above[-1].text + head)
    return (*above[:-1],), (first, *below[1:])


def _is_half(text: str, labels: Collection[str]) -> bool:
    return bool(text) and not looks_like_figure(text) and label_key(text) not in labels
