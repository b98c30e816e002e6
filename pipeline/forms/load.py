"""Loads the forms from their TOML files and derives the code list from them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.forms.comparable import Relation, load_relations
from pipeline.forms.model import (
    Block,
    Bound,
    Column,
    Comparability,
    Form,
    Identity,
    Indicator,
    Limit,
    Row,
    Sum,
    TableForm,
)

TABLES = ("t2", "t3", "t4", "s14")
"""In the order of the code list: the three tables of today, then the list of 2014 to 2018."""


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
def forms_with(table: str) -> dict[str, TableForm]:
    """The versions of one table by form, oldest first; forms without the table are left out."""
    return {code: form.tables[table] for code, form in load_forms().items() if table in form.tables}


@cache
def every_table() -> tuple[TableForm, ...]:
    """The tables of all forms, oldest form first."""
    return tuple(table for form in load_forms().values() for table in form.tables.values())


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """The code list: each cell of each form once, the older form's wording first."""
    merged: dict[str, Indicator] = {}
    for form in sorted(load_forms().values(), key=lambda form: "s14" in form.tables):
        for indicator in _indicators(form):
            known = merged.get(indicator.id)
            merged[indicator.id] = _merge(known, indicator) if known else indicator
    relations = load_relations()
    return tuple(_related(each, relations.get(each.id)) for each in merged.values())


def _related(indicator: Indicator, relation: Relation | None) -> Indicator:
    if relation:
        return replace(indicator, comparability=relation.how, comparable_with=relation.with_)
    same = len(indicator.forms) > 1
    return replace(indicator, comparability=Comparability.SAME) if same else indicator


def _merge(older: Indicator, newer: Indicator) -> Indicator:
    """The newer form's wording with both forms' codes."""
    return replace(newer, forms=(*older.forms, *newer.forms))


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
    } | {limit.whole for limit in table.limits}
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
        tables={
            table: _table(table, data["code"], data[table]) for table in TABLES if table in data
        },
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
        limits=tuple(
            Limit(each["code"], each["whole"], tuple(each["parts"]))
            for each in data.get("limits", [])
        ),
        bounds=tuple(
            Bound(each["code"], tuple(each["left"]), tuple(each["right"]))
            for each in data.get("bounds", [])
        ),
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
    rows = {row.id for row in table.rows}
    columns = {column.id for column in table.columns}
    for identity in table.identities:
        unknown = {*identity.left, *identity.right} - rows
        if unknown:
            raise ValueError(f"form {table.form}, {identity.code}: no rows {sorted(unknown)}")
    for limit in table.limits:
        unknown = {limit.whole, *limit.parts} - rows
        if unknown:
            raise ValueError(f"form {table.form}, {limit.code}: no rows {sorted(unknown)}")
    across = [(s.code, {s.total, *s.parts}) for s in table.sums]
    across += [(bound.code, {*bound.left, *bound.right}) for bound in table.bounds]
    for code, named in across:
        if named - columns:
            raise ValueError(f"form {table.form}, {code}: no columns {sorted(named - columns)}")
