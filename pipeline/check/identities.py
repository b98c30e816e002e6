"""The 勾稽关系 of the tables, checked as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.forms.model import Block, TableForm
from pipeline.model import CellState, Figure, Finding

Figures = Mapping[str, Figure]

NOTHING_PRINTED = frozenset({CellState.BLANK, CellState.SLASH, CellState.DASH, CellState.NONE})
"""States that add nothing to a sum. They stay what they are: only the check takes them for 0."""


def check_identities(forms: Mapping[str, str | None], figures: Figures) -> Iterator[Finding]:
    """Every identity of every table on the page; one that lacks an operand is passed over.

    The lacking operand has a finding of its own: its row is missing or cannot be read.
    """
    for table_id, code in forms.items():
        if code is None:
            continue
        table = load_forms()[code].tables[table_id]
        for block in table.blocks:
            yield from _rows_add_up(table, block, figures)
            yield from _columns_add_up(table, block, figures)


def _rows_add_up(table: TableForm, block: Block, figures: Figures) -> Iterator[Finding]:
    for each in table.sums:
        for row in block.rows:
            where = f"{table.id}.{row.id}"
            left, right = [f"{where}.{each.total}"], [f"{where}.{part}" for part in each.parts]
            yield from _compare(each.code, where, left, right, figures, row=row.label)


def _columns_add_up(table: TableForm, block: Block, figures: Figures) -> Iterator[Finding]:
    for each in table.identities:
        for column in block.columns:
            left = [f"{table.id}.{row}.{column.id}" for row in each.left]
            right = [f"{table.id}.{row}.{column.id}" for row in each.right]
            yield from _compare(each.code, left[0], left, right, figures, column=column.label)


def _compare(
    code: str, where: str, left: list[str], right: list[str], figures: Figures, **names: str
) -> Iterator[Finding]:
    cells = [figures[id_] for id_ in (*left, *right)]
    if all(cell.state in NOTHING_PRINTED for cell in cells):
        return
    unknown = [c.id for c in cells if c.value is None and c.state not in NOTHING_PRINTED]
    if unknown:
        return
    totals = _total(left, figures), _total(right, figures)
    if totals[0] != totals[1]:
        values = {"left": totals[0], "right": totals[1], "difference": abs(totals[0] - totals[1])}
        yield finding(code, where, **values, **names)


def _total(ids: Iterable[str], figures: Figures) -> Decimal:
    return sum((value for id_ in ids if (value := figures[id_].value) is not None), Decimal(0))
