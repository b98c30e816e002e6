"""Where a row can be read in several ways, the form's own arithmetic decides, or nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache

from pipeline.forms.model import Block, Identity, Sum, TableForm
from pipeline.model import CellState
from pipeline.parse.numbers import read_number
from pipeline.parse.reading import Cells
from pipeline.remembered import remembered

Candidates = Mapping[str, Sequence[Cells]]

NOTHING = Decimal(0)

Sums = tuple[tuple[int, tuple[int, ...]], ...]
"""Place of a total in a row, and the places of its parts."""


def decide(rows: Candidates, table: TableForm, block: Block) -> dict[str, Cells | None]:
    """One reading per row; None where the identities leave several or none.

    Rows with one candidate are taken as printed, consistent or not: a contradiction on the page
    is a finding, never a reason to read it differently.
    """
    decided: dict[str, Cells | None] = {
        row: options[0] if len(options) == 1 else None for row, options in rows.items()
    }
    for row, options in rows.items():
        if len(options) > 1:
            decided[row] = _only(_consistent(row, options, decided, table, block))
    return decided


def _only(options: Sequence[Cells]) -> Cells | None:
    return options[0] if len(options) == 1 else None


def _consistent(
    row: str,
    options: Sequence[Cells],
    decided: Mapping[str, Cells | None],
    table: TableForm,
    block: Block,
) -> list[Cells]:
    """The options that no identity contradicts: of the row's own sum, and of its columns."""
    return [
        option
        for option in options
        if sums_hold(option, table, block) and _identities_hold(row, option, decided, table)
    ]


def sums_hold(option: Cells, table: TableForm, block: Block) -> bool:
    """Whether the row's total is the sum of its parts, as far as the form asks for one."""
    return add_up(option, sums_of(table, block))


def sums_of(table: TableForm, block: Block) -> Sums:
    """Where the totals that the form asks for stand in a row of the block, and their parts.

    Of a page that leaves a column out, the parts are those that it prints.
    """
    return _places(table.sums, block.column_ids)


@cache
def _places(sums: tuple[Sum, ...], columns: tuple[str, ...]) -> Sums:
    at = {id_: place for place, id_ in enumerate(columns)}
    asked = (each for each in sums if each.total in at)
    return tuple(
        (at[each.total], tuple(at[part] for part in each.parts if part in at)) for each in asked
    )


def add_up(option: Cells, sums: Sums) -> bool:
    """Whether every one of the totals is the sum of its parts."""
    values = [_value(printed.cell.text) for printed in option] if sums else []
    for total, parts in sums:
        whole = _sum([values[part] for part in parts])
        if whole is None or values[total] != whole:
            return False
    return True


def _identities_hold(
    row: str, option: Cells, decided: Mapping[str, Cells | None], table: TableForm
) -> bool:
    """A sum with a row that nobody can read yet contradicts nothing."""
    rows = {**decided, row: option}
    checks = [i for i in table.identities if row in (*i.left, *i.right)]
    return all(identity_holds(identity, rows, len(option)) for identity in checks)


def identity_holds(identity: Identity, rows: Mapping[str, Cells | None], width: int) -> bool:
    """Whether both sides come to the same in each of the columns that can be summed up."""
    sums = (
        {_column_sum(identity.left, rows, n), _column_sum(identity.right, rows, n)}
        for n in range(width)
    )
    return all(None in each or len(each) == 1 for each in sums)


def _column_sum(
    ids: Iterable[str], rows: Mapping[str, Cells | None], column: int
) -> Decimal | None:
    cells = [rows.get(id_) for id_ in ids]
    return _sum(None if row is None else _value(row[column].cell.text) for row in cells)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """None where one operand is unknown."""
    total = NOTHING
    for value in values:
        if value is None:
            return None
        if value:
            total += value
    return total


@remembered(4096)
def _value(text: str) -> Decimal | None:
    """A figure for the sake of arithmetic: a blank or a dash adds nothing here, and only here."""
    state, value = read_number(text)
    if value is None and state is not CellState.UNREADABLE:
        return NOTHING
    return value
