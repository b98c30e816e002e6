"""Rows and cells that stand elsewhere than in the form's grid: shifted, padded, cut, in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.extract.text import squeeze
from pipeline.findings import finding
from pipeline.forms.model import Row
from pipeline.model import Finding
from pipeline.parse.oddities.seen import TableSeen
from pipeline.parse.reading import Cells, RowReading, Strategy, filled

LEAST_ROWS = 3
"""Rows with empty cells too many that make it a habit of the table; one alone was shifted."""

SPREAD = 4
"""Below one empty line in so many rows a gap cuts the table; more of them are its style."""

MOST_RUNS = 3
"""More runs of shifted rows are a habit of the table, said once."""

COVERED = {1: 2, 2: 1, 3: 0}
"""Empty cells that a flattened span leaves between a label and its figures, by depth."""


def shifted(seen: TableSeen) -> Iterator[Finding]:
    """Runs of rows whose figures stand left or right of where such rows have theirs.

    Flattened spans put rows of one depth into columns of their own: those are usual, not shifted.
    """
    if seen.form.id == "t4":
        return
    stand = _standing(seen)
    if len({each[:3] for each in stand}) == len({each[:2] for each in stand}):
        return  # rows of one depth all begin in one column
    runs = [run for run in _runs(_placed(stand)) if run[0].shift and any(r.is_odd for r in run)]
    if len(runs) > MOST_RUNS:
        rows = sum(map(len, runs))
        yield finding("rows_uneven", seen.form.id, table=seen.name, en=seen.name_en, rows=rows)
        return
    for run in runs:
        label, where = squeeze(run[0].label), f"{seen.form.id}.{run[0].id}"
        if len(run) == 1:
            yield finding("row_shifted", where, label=label)
        else:
            yield finding("rows_shifted", where, label=label, count=len(run))


_Standing = tuple[int, int, int, str, str]
"""Table, depth, column where the figures begin; id and label of the row."""


class _Placed(NamedTuple):
    id: str
    label: str
    shift: int
    """Columns left of where the rows of the lowest depth have their figures."""
    is_odd: bool
    """Whether other rows of its depth stand elsewhere."""


def _standing(seen: TableSeen) -> list[_Standing]:
    return [
        (cells[0].table, _depth(row, seen), _column(cells, seen), row.id, reading.label)
        for row, reading, cells in seen.in_grid
        if reading.cells is cells or filled(reading.cells) <= len(cells)
    ]


def _column(cells: Cells, seen: TableSeen) -> int:
    """Where the figures begin; pads of table 二 stand for a wide figure, none before its label."""
    first = cells[0].cell
    line = seen.lines.get((cells[0].table, first.row), ()) if seen.form.id == "t2" else ()
    return first.column - (line[0].column - 1 if line else 0)


def _placed(standing: Sequence[_Standing]) -> list[_Placed]:
    """Rows are compared within a table: the pieces of a split one have columns of their own."""
    placed: list[_Placed] = []
    for _, piece in groupby(standing, key=lambda row: row[0]):
        rows = list(piece)
        base = _usual([column for _, depth, column, *_ in rows if depth == max(COVERED)])
        usual = {d: _usual([base - c for _, depth, c, *_ in rows if depth == d]) for d in COVERED}
        placed += [
            _Placed(id_, label, base - column, base - column != usual[depth])
            for _, depth, column, id_, label in rows
            if base
        ]
    return placed


def _usual(numbers: Sequence[int]) -> int:
    """The most frequent; of several the one nearest to nothing; 0 where there are none."""
    counted = Counter(numbers)
    return min(counted, key=lambda n: (-counted[n], abs(n)), default=0)


def _depth(row: Row, seen: TableSeen) -> int:
    """Of its label: 3 for the rows of a group, and for all rows of table 二; 1 spans all."""
    if row.group or seen.form.id == "t2":
        return 3
    return 2 if row.label[0] in "（(" else 1


def _runs(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Neighbours with the same shift."""
    return (list(run) for _, run in groupby(placed, key=lambda row: row.shift))


def ghosts(seen: TableSeen) -> Iterator[Finding]:
    """Empty cells that the form does not have, in several rows."""
    empty = seen.with_empty_cells
    rows = sum(
        _ghosts(row, reading, cells, seen) > 0
        for row, reading, cells in seen.in_grid
        if (cells[0].table, cells[0].cell.row) in empty
    )
    if rows >= LEAST_ROWS or (seen.form.id == "t4" and rows):
        yield finding("ghost_cells", seen.form.id, table=seen.name, en=seen.name_en, rows=rows)


def _ghosts(row: Row, reading: RowReading, cells: Cells, seen: TableSeen) -> int:
    """Empty cells behind the figures, before them, or at the left edge."""
    first, last = cells[0].cell, cells[-1].cell
    line = seen.lines.get((cells[0].table, first.row), ())
    behind = sum(1 for cell in line if cell.column > last.column and not cell.text)
    if seen.form.id == "t4":
        return behind if row is seen.blocks[0].rows[-1] else 0
    depth = _depth(row, seen)
    before = sum(
        1 for p in reading.cells if p.cell.column < first.column and not p.cell.text.strip()
    )
    edge = depth == 1 or seen.form.id == "t2"
    left = 1 if edge and line and line[0].column < first.column and not line[0].text else 0
    width = len(cells) + 1 if seen.form.id == "t2" else 0
    allowed = max(_widest(seen) - width, 0) if seen.form.id == "t2" else 0
    return max(behind - allowed, 0) + max(before - COVERED[depth], 0) + left


def _widest(seen: TableSeen) -> int:
    """Columns of the form's table: narrower rows are padded where spans were flattened."""
    return 1 + max(len(block.columns) for block in seen.blocks)


def split(seen: TableSeen) -> Iterator[Finding]:
    """A table in several pieces, by a page break: several tables, or empty lines within."""
    if len(seen.tables) == 1 and not seen.tables[0].gaps:
        return
    places = [
        (cells[0].table, cells[0].cell.row, row.id, reading.label)
        for row, reading, cells in seen.in_grid
        if seen.form.id != "t4"
    ]
    if len(places) < 2:
        return
    gaps = {(t.number, row) for t in seen.tables for row in t.gaps}
    cuts = [b for a, b in pairwise(sorted(places)) if a[0] != b[0] or _between(a, b, gaps)]
    if 0 < len(cuts) <= max(len(places) // SPREAD, 1):
        labels = "、".join(f"“{squeeze(label)}”" for _, _, _, label in cuts)
        values = {"table": seen.name, "en": seen.name_en, "pieces": len(cuts) + 1}
        yield finding("table_split", seen.form.id, labels=labels, **values)


def _between(
    above: tuple[int, int, str, str], below: tuple[int, int, str, str], gaps: set[tuple[int, int]]
) -> bool:
    return any((above[0], row) in gaps for row in range(above[1] + 1, below[1] + 1))


def in_lines(seen: Sequence[TableSeen]) -> Iterator[Finding]:
    """Tables whose labels and figures stand on lines of their own, or that are lines of text."""
    found = [each for each in seen if each.form.id != "t4" and _is_in_lines(each)]
    if found:
        names = "、".join(each.name for each in found)
        names_en = ", ".join(each.name_en for each in found)
        yield finding("table_in_lines", found[0].form.id, tables=names, en=names_en)


def _is_in_lines(seen: TableSeen) -> bool:
    lines = [r for _, r, _ in seen.read if r.strategy in {Strategy.SEQUENCE, Strategy.RUNS}]
    return len(lines) * 2 > len(seen.read)
