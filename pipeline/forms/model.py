"""A statutory form as values: tables, blocks, rows, columns, identities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Comparability(StrEnum):
    """How a cell relates to the other forms of its table. Nothing else may be made a series."""

    SAME = "same"
    """More than one form has this very cell, and means the same by it."""
    SUM = "sum"
    """It equals the sum of the cells named, or is a part of the one named."""
    NEAR = "near"
    """The cell named counts nearly the same thing: comparable with that said."""
    DIFFERENT = "different"
    """The cell named stands in its place and counts something else: not comparable."""
    NONE = "none"
    """No other form has anything like it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A figure column; `label` as the form prints it."""

    id: str
    label: str
    unit: str = "件"
    signed: bool = False
    """Whether a negative figure is lawful (本年增/减 alone)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled row; `group` is the label of the cell that spans it and its sisters."""

    id: str
    label: str
    group: str | None = None
    article: str | None = None
    aliases: tuple[str, ...] = ()
    """Other wordings met on real pages, misprints among them."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share one set of columns; `article` is the law they report on."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    article: str | None = None
    ids: frozenset[str] = field(init=False, repr=False, compare=False)
    """Of its rows: each reading of a page is asked whether it is one of them."""
    column_ids: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather the ids."""
        object.__setattr__(self, "ids", frozenset(row.id for row in self.rows))
        object.__setattr__(self, "column_ids", tuple(column.id for column in self.columns))


@dataclass(frozen=True, slots=True)
class Identity:
    """A 勾稽关系 between rows, holding in every column: sum of `left` = sum of `right`."""

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A 勾稽关系 between columns, holding in every row: `total` = sum of `parts`."""

    code: str
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """An 其中 relation between rows, in every column: the sum of `parts` is at most `whole`."""

    code: str
    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A relation between columns, in every row that has them: `left` adds up to `right` or more."""

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableForm:
    """One table of one form: `t2`, `t3`, `t4`, or `s14`, the list of 2014 to 2018."""

    id: str
    form: str
    blocks: tuple[Block, ...]
    recognised_by: tuple[str, ...]
    """Phrases that only this form's version of the table prints; any of them decides."""
    identities: tuple[Identity, ...] = ()
    sums: tuple[Sum, ...] = ()
    limits: tuple[Limit, ...] = ()
    bounds: tuple[Bound, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Those of all blocks, in printed order."""
        return tuple(row for block in self.blocks for row in block.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those of all blocks, in printed order."""
        return tuple(column for block in self.blocks for column in block.columns)

    def cell_ids(self) -> tuple[str, ...]:
        """Every cell of the table, in printed order."""
        return tuple(
            f"{self.id}.{row.id}.{column.id}"
            for block in self.blocks
            for row in block.rows
            for column in block.columns
        )


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form. `last_year` is null while it is in force."""

    code: str
    source: str
    first_year: int
    last_year: int | None
    tables: dict[str, TableForm]
    """The tables that this form has: `s14`, or the other three."""

    def is_for(self, report_year: int | None) -> bool:
        """Whether reports of the year follow it; no for an unknown year."""
        if report_year is None:
            return False
        return self.first_year <= report_year <= (self.last_year or report_year)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An entry of the code list: a cell that at least one form has."""

    id: str
    table: str
    row: str
    column: str
    label_row: str
    """With its group, `（三）不予公开 / 1.属于国家秘密`."""
    label_column: str
    unit: str
    article: str | None
    forms: tuple[str, ...]
    is_total: bool
    """True where the cell is the sum of others: adding it to its parts counts twice."""
    comparability: Comparability = Comparability.NONE
    """Whether it may be set beside figures of other forms."""
    comparable_with: tuple[str, ...] = ()
    """Cells of other forms, other than itself, that the comparability speaks of."""


def forms_said(forms: Mapping[str, str | None]) -> str:
    """The form that a report's tables follow, `2019`; table by table where they differ.

    `t2 2021, t3 2019`; empty where the page prints no table.
    """
    printed = {table: form for table, form in forms.items() if form is not None}
    if len(set(printed.values())) == 1:
        return next(iter(printed.values()))
    return ", ".join(f"{table} {form}" for table, form in printed.items())
