"""Loads the forms from their TOML files and derives the code list from them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.forms.model import Block, Column, Form, Identity, Indicator, Row, Sum, TableForm

TABLES = ("t2", "t3", "t4")


@cache
def load_forms() -> dict[str, Form]:
    """Every known form by its code, oldest first."""
    folder = files("pipeline.forms")
    names = sorted(
        f.name for f in folder.iterdir() if f.name.endswith(".toml") and f.name[0].isdigit()
    )
    forms = (_form(tomllib.loads(folder.joinpath(name).read_text("utf-8"))) for name in names)
    return {form.code: form for form in forms}


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """The code list: each cell of each form once, the older form's wording first."""
    merged: dict[str, Indicator] = {}
    for form in load_forms().values():
        for indicator in _indicators(form):
            known = merged.get(indicator.id)
            merged[indicator.id] = _merge(known, indicator) if known else indicator
    return tuple(merged.values())


def _merge(older: Indicator, newer: Indicator) -> Indicator:
    """The newer form's wording with both forms' codes."""
    return Indicator(
        newer.id,
        newer.table,
        newer.row,
        newer.column,
        newer.label_row,
        newer.label_column,
        newer.unit,
        newer.article,
        (*older.forms, *newer.forms),
        newer.is_total,
    )


def _indicators(form: Form) -> Iterator[Indicator]:
    for table in form.tables.values():
        for block in table.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield _indicator(form, table, block, row, column)


def _indicator(form: Form, table: TableForm, block: Block, row: Row, column: Column) -> Indicator:
    sums = {
        total
        for identity in table.identities
        for total in identity.left[:1]
        if len(identity.left) == 1
    }
    return Indicator(
        id=f"{table.id}.{row.id}.{column.id}",
        table=table.id,
        row=row.id,
        column=column.id,
        label_row=f"{row.group} / {row.label}" if row.group else row.label,
        label_column=column.label,
        unit=column.unit,
        article=row.article or block.article,
        forms=(form.code,),
        is_total=row.id in sums or any(column.id == s.total for s in table.sums),
    )


def _form(data: dict[str, Any]) -> Form:
    return Form(
        code=data["code"],
        source=data["source"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        tables={table: _table(table, data["code"], data[table]) for table in TABLES},
    )


def _table(table: str, form: str, data: dict[str, Any]) -> TableForm:
    built = TableForm(
        id=table,
        form=form,
        blocks=tuple(_block(block) for block in data["blocks"]),
        recognised_by=tuple(data["recognised_by"]),
        identities=tuple(
            Identity(i["code"], tuple(i["left"]), tuple(i["right"]))
            for i in data.get("identities", [])
        ),
        sums=tuple(Sum(s["code"], s["total"], tuple(s["parts"])) for s in data.get("sums", [])),
    )
    _refuse_unknown_operands(built)
    return built


def _block(data: dict[str, Any]) -> Block:
    return Block(
        columns=tuple(Column(**column) for column in data["columns"]),
        rows=tuple(
            Row(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in data["rows"]
        ),
        article=data.get("article"),
    )


def _refuse_unknown_operands(table: TableForm) -> None:
    """An identity over a row the form does not have could never fail."""
    rows = {row.id for block in table.blocks for row in block.rows}
    columns = {column.id for block in table.blocks for column in block.columns}
    for identity in table.identities:
        unknown = {*identity.left, *identity.right} - rows
        if unknown:
            raise ValueError(f"form {table.form}, {identity.code}: no rows {sorted(unknown)}")
    for total in table.sums:
        unknown = {total.total, *total.parts} - columns
        if unknown:
            raise ValueError(f"form {table.form}, {total.code}: no columns {sorted(unknown)}")
