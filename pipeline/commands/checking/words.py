"""What tables, rows, columns and states are called in messages, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.forms import load_forms
from pipeline.forms.model import Row, TableForm
from pipeline.model import CellState, Severity

Language = Literal["zh", "en"]

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters that command a terminal, bidirectional overrides, and halves of characters."""

EXPLANATION = re.compile("（[^（）]{9,}）$")

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in both languages."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """In one of them."""
        return self.zh if language == "zh" else self.en

    def filled(self, **values: object) -> Words:
        """With the fields in braces filled in."""
        return Words(self.zh.format(**values), self.en.format(**values))

    @classmethod
    def joined(cls, many: Iterable[Words]) -> Words:
        """One after the other, with blanks between."""
        listed = list(many)
        return cls(" ".join(w.zh for w in listed), " ".join(w.en for w in listed))


SEVERITIES = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.NOTE: Words("提示", "note"),
}

STATES = {
    CellState.BLANK: Words("空", "blank"),
    CellState.SLASH: Words("斜线", "slash"),
    CellState.DASH: Words("横线", "dash"),
    CellState.NONE: Words("“无”字", "the word 无"),
    CellState.UNREADABLE: Words("无法识读", "unreadable"),
    CellState.ABSENT: Words("未印出", "not printed"),
    CellState.NOT_ON_FORM: Words("本格式没有", "not on this form"),
}
"""`REPORTED` needs no word: a number stands there."""

TABLES = {
    "t2": Words("表二", "table 2"),
    "t3": Words("表三", "table 3"),
    "t4": Words("表四", "table 4"),
    "s14": Words("《政府信息公开情况统计表》", "the list of 2014 to 2018"),
}
"""A table of today is known by the number of its section, the list by its title."""


def visible(text: str, limit: int | None = None) -> str:
    """Text that is safe to show: no control characters, and cut at `limit` characters."""
    shown = UNSAFE.sub(REPLACEMENT, text)
    return shown if limit is None or len(shown) <= limit else shown[: limit - 1] + "…"


def table_name(table: str) -> Words:
    """表三; rows that a page adds to a table stand under its id with an x."""
    return TABLES.get(table) or TABLES.get(table.removesuffix("x")) or Words(table, table)


def form_table(form: str | None, table: str) -> TableForm | None:
    """A table of a form, None where the page prints none."""
    known = load_forms().get(form) if form else None
    return known.tables.get(table) if known else None


@cache
def row_names(form: TableForm) -> dict[str, Words]:
    """Row id -> the form's label with its group; in English the id, spelled out."""
    return {row.id: Words(_short(row), row.id.replace("_", " ")) for row in form.rows}


def _short(row: Row) -> str:
    """Without the explanation in brackets that 部分公开 carries."""
    label = EXPLANATION.sub("", row.label)
    return f"{row.group} {label}" if row.group else label


@cache
def column_names(form: TableForm) -> dict[str, Words]:
    """Column id -> the form's label; in English the id, spelled out."""
    return {column.id: Words(column.label, column.id.replace("_", " ")) for column in form.columns}
