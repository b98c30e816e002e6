"""The data dictionary, from the models: for `storage/DICTIONARY.md` and for every export.

`python -m storage.warehouse.dictionary` writes it into `storage/DICTIONARY.md` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table

from pipeline.model import CellState
from storage.warehouse.models import Base
from storage.warehouse.views import VIEWS

PAGE = Path(__file__).parents[1] / "DICTIONARY.md"
HEAD = """# Data dictionary

The views first, then the tables. Written by `python -m storage.warehouse.dictionary`; it stands
beside every export as `dictionary.csv`.
"""
KINDS = {
    "Boolean": "true or false",
    "Date": "date",
    "Exact": "number",
    "Utc": "time, UTC",
    "Integer": "whole number",
    "BigInteger": "whole number",
}
"""Types in words; every other one is text."""
STATES = {
    CellState.REPORTED: "a number is printed; a printed 0 is one",
    CellState.BLANK: "the cell is there and empty",
    CellState.SLASH: "/ is printed",
    CellState.DASH: "a dash is printed",
    CellState.NONE: "无 is printed",
    CellState.UNREADABLE: "something is printed, but which number of which column cannot be said",
    CellState.ABSENT: "the form has the cell, the page does not print it",
    CellState.NOT_ON_FORM: "only another form has the cell, the form of this page has not",
}
"""What stands in a cell. Only a reported one counts as a number; none of the others is zero."""


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """One column of one table or view."""

    table: str
    column: str
    kind: str
    may_be_null: bool
    key: str
    """primary key, the table it refers to, or empty."""
    meaning: str


def meanings() -> Iterator[ColumnMeaning]:
    """Every column of every table and view, in the order of the schema."""
    for table in tables():
        for column in table.columns:
            yield ColumnMeaning(
                table=table.name,
                column=column.name,
                kind=kind_of(column),
                may_be_null=bool(column.nullable),
                key=_key(column),
                meaning=column.doc or "",
            )


def tables() -> Iterator[Table]:
    """The views first: they are what most readers want; then the tables, as declared."""
    yield from VIEWS.tables.values()
    yield from Base.metadata.tables.values()


def table_meaning(table: Table) -> str:
    """What a row of the table is."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is table:
            return (mapper.class_.__doc__ or "").strip()
    return str(table.info["doc"])


def kind_of(column: Column[Any]) -> str:
    """The type of a column in words."""
    return KINDS.get(type(column.type).__name__, "text")


def dictionary() -> str:
    """The dictionary as Markdown, a table for each table."""
    return "\n".join(_lines()).strip()


def write_page(path: Path = PAGE) -> None:
    """Write the dictionary of today."""
    path.write_text(f"{HEAD}\n{dictionary()}\n", "utf-8")


def _lines() -> Iterator[str]:
    columns = list(meanings())
    yield from ("## States of a cell", "", "| state | meaning |", "| --- | --- |")
    yield from (f"| `{state.value}` | {meaning} |" for state, meaning in STATES.items())
    yield ""
    for table in tables():
        yield f"## `{table.name}`"
        yield ""
        yield table_meaning(table)
        yield ""
        yield "| column | type | meaning |"
        yield "| --- | --- | --- |"
        for row in columns:
            if row.table == table.name:
                yield f"| `{row.column}` | {_type(row)} | {row.meaning} |"
        yield ""


def _type(row: ColumnMeaning) -> str:
    parts = (row.kind, row.key, "may be null" if row.may_be_null else "")
    return ", ".join(part for part in parts if part)


def _key(column: Column[Any]) -> str:
    refers = "".join(f"refers to `{key.column.table.name}`" for key in column.foreign_keys)
    return ", ".join(part for part in ("primary key" if column.primary_key else "", refers) if part)


if __name__ == "__main__":
    write_page()
