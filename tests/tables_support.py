"""Statutory tables as their cells, and what is read from them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.forms import load_forms
from pipeline.forms.model import TableForm
from pipeline.model import Cell, Figure, Table
from pipeline.parse.tables import TablesRead, read_tables

WIDTH = 7
Lines = list[list[str]]


def form(code: str = "2019", table: str = "t3") -> TableForm:
    return load_forms()[code].tables[table]


def table(lines: Sequence[Sequence[str]], number: int = 1) -> Table:
    return Table(
        number,
        tuple(
            tuple(Cell(text, row, column) for column, text in enumerate(line, 1))
            for row, line in enumerate(lines, 1)
        ),
    )


def table_two(code: str = "2019") -> Lines:
    """A plain table 二, block by block, every figure 1."""
    return [
        line
        for block in form(code, "t2").blocks
        for line in (
            [block.article or ""],
            ["信息内容", *(column.label for column in block.columns)],
            *([row.label, *("1" for _ in block.columns)] for row in block.rows),
        )
    ]


def table_three(code: str = "2019", /, **figures: Sequence[int | str]) -> Lines:
    """A plain table 三: each row its label and seven figures, zeros where none are given."""
    return [
        [row.label, *map(str, figures.get(row.id, [0] * WIDTH))]
        for row in form(code).blocks[0].rows
    ]


def read(*tables: Sequence[Sequence[str]], year: int | None = 2019) -> TablesRead:
    return read_tables([table(lines, n) for n, lines in enumerate(tables, 1)], year)


def row_of(result: TablesRead, row: str) -> list[Figure]:
    return [figure for figure in result.figures if figure.id.startswith(f"t3.{row}.")]


def values(result: TablesRead, row: str) -> list[int | None]:
    return [None if f.value is None else int(f.value) for f in row_of(result, row)]


def codes(result: TablesRead) -> dict[str, str]:
    return {f.where: f.code for f in result.findings if not f.code.startswith("table_")}


ONE_GRANTED = {
    "new_received": [3, 1, 0, 0, 0, 0, 4],
    "granted": [3, 1, 0, 0, 0, 0, 4],
    "processed_total": [3, 1, 0, 0, 0, 0, 4],
}
