"""Which tables of a document are which statutory table, and of which form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from pipeline.extract.grid import texts
from pipeline.extract.text import core, tight
from pipeline.forms import forms_with
from pipeline.forms.characters import simplified
from pipeline.forms.model import TableForm
from pipeline.model import NO_TABLE, Block, Paragraph, Table
from pipeline.parse.broken import mended
from pipeline.parse.labels import MIN_LETTERS, Labels, label_key, labels_of
from pipeline.parse.numbers import looks_like_figure

ARTICLE = core("第二十条第")
"""Every block of table 二 is headed by its article of the Regulations."""

FIRST_ARTICLE = core("第二十条第（一）项")

HEADED = "t2 with its own headers"
"""A table of the office's own may list 行政许可 too; the form's says by which article."""

RESULTS = "结果维持"
REVIEWS = ("行政复议", "行政诉讼", "复议后起诉")


LONGEST_ROW = 60
"""Characters; the longest label without its explanation has 44."""
LEAST_ROWS = 3
"""Labels that are no chance: a sentence of its own for each kind of answer may name two."""


@cache
def table_labels(table: str) -> Labels:
    """The labels of `t2`, `t3` or `t4` over all forms."""
    return labels_of(forms_with(table).values())


def rows_in_prose(blocks: Sequence[Block]) -> set[str]:
    """Of `t2` and `t3`, those whose rows stand in lines of text, by their exact labels."""
    keys = {
        label_key(block.text)
        for block in blocks
        if isinstance(block, Paragraph) and len(block.text) <= LONGEST_ROW
    }
    return {id_ for id_ in ("t2", "t3") if len(keys & long_labels(id_)) >= LEAST_ROWS}


@cache
def long_labels(table: str) -> frozenset[str]:
    """Letters of the labels of `t2` or `t3` that no other words of a page happen to be."""
    return frozenset(key for key in table_labels(table).exact if len(key) >= MIN_LETTERS)


def statutory_tables(tables: Sequence[Table]) -> dict[str, list[Table]]:
    """`t2`, `t3`, `t4` -> the tables that hold their rows, and what a page break cut off them.

    A table without a label of its own belongs to the statutory table that stands before and after
    it. One table may hold several statutory tables; none of them is then lost.
    """
    known = long_labels("t2") | long_labels("t3")
    tables = [mended(table, known) for table in tables]
    kinds = [_kinds(table) for table in tables]
    return {id_: _with_pieces(id_, tables, kinds) for id_ in ("t2", "t3", "t4")}


def _with_pieces(id_: str, tables: Sequence[Table], kinds: Sequence[set[str]]) -> list[Table]:
    named = [number for number, each in enumerate(kinds) if id_ in each]
    own = [number for number in named if HEADED in kinds[number]] if id_ == "t2" else []
    own = own or named
    if not own:
        return []
    last = own[-1]
    while last + 1 < len(tables) and not kinds[last + 1] and _is_rest(tables[last + 1]):
        last += 1
    found = [tables[n] for n in range(own[0], last + 1) if n in own or not kinds[n]]
    return [_from_article(found[0]), *found[1:]] if id_ == "t2" else found


def _from_article(table: Table) -> Table:
    """The table from 第二十条第（一）项 on: above it stand rows of the office's own."""
    for number, row in enumerate(table.rows):
        if any(FIRST_ARTICLE in core(cell.text) for cell in row):
            return replace(table, rows=table.rows[number:]) if number else table
    return table


def _is_rest(table: Table) -> bool:
    """Whether the table holds figures alone: rows that a page break cut off their header."""
    return all(map(looks_like_figure, texts(table.rows)))


@cache
def _recognised_by(table: str) -> dict[str, tuple[str, ...]]:
    """Form -> the phrases that only its table prints."""
    return {code: (*map(tight, form.recognised_by),) for code, form in forms_with(table).items()}


@cache
def _phrases() -> tuple[str, ...]:
    """Letters of what the headers of table 二 say on any form."""
    forms = forms_with("t2").values()
    return tuple(core(phrase) for form in forms for phrase in form.recognised_by)


def form_of(tables: Sequence[Table], table: str) -> TableForm | None:
    """The form whose phrases the tables print; None where they print those of none, or of two."""
    text = simplified(tight("".join(chain.from_iterable(texts(each.rows) for each in tables))))
    hits = {
        code: sum(map(text.__contains__, phrases))
        for code, phrases in _recognised_by(table).items()
    }
    best = [code for code, count in hits.items() if count and count == max(hits.values())]
    return forms_with(table)[best[0]] if len(best) == 1 else None


def _are_broken(words: str) -> bool:
    """Whether rows of table 三 stand in the words of many lines, none of them whole in one."""
    return sum(label in words for label in long_labels("t3")) >= LEAST_ROWS


def _kinds(table: Table) -> set[str]:
    printed = [text for text in dict.fromkeys(texts(table.rows)) if text and not text.isdigit()]
    keys = set(map(label_key, printed))
    words = "".join(map(core, printed))
    rows = keys & table_labels("t2").exact.keys()
    kinds: set[str] = set()
    headed = ARTICLE in words or any(map(words.__contains__, _phrases()))
    if rows and (len(rows) > 1 or headed):
        kinds |= {"t2", HEADED} if headed else {"t2"}
    if not keys.isdisjoint(long_labels("t3")):
        kinds.add("t3")
    if table.number == NO_TABLE and "t3" not in kinds and _are_broken(words):
        kinds.add("t3")
    if RESULTS in words and any(review in words for review in REVIEWS):
        kinds.add("t4")
    return kinds
