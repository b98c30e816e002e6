"""Which tables of a document are which statutory table, and of which form."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.text import core, tight
from pipeline.forms import load_forms
from pipeline.forms.model import TableForm
from pipeline.model import Table
from pipeline.parse.labels import MIN_LETTERS, Labels, label_key, labels_of

ARTICLE = "第二十条第"
"""Every block of table 二 is headed by its article of the Regulations."""

RESULTS = "结果维持"
REVIEWS = ("行政复议", "行政诉讼", "复议后起诉")


def table_labels(table: str) -> Labels:
    """The labels of `t2`, `t3` or `t4` over all forms."""
    return labels_of(*(form.tables[table] for form in load_forms().values()))


def tables_of(table: str, tables: Sequence[Table]) -> list[Table]:
    """The tables that hold rows of `t2`, `t3` or `t4`, and what a page break cut off them."""
    own = [n for n, each in enumerate(tables) if _HOLDS[table](each)]
    if not own:
        return []
    others = {
        n
        for n, each in enumerate(tables)
        for id_, holds in _HOLDS.items()
        if id_ != table and holds(each)
    }
    span = range(own[0], own[-1] + 1)
    return [tables[n] for n in span if n in own or n not in others]


def form_of(tables: Sequence[Table], table: str) -> TableForm | None:
    """The form whose phrases the tables print; None where they print those of none, or of two."""
    text = "".join(tight(cell.text) for each in tables for row in each.rows for cell in row)
    hits = {
        code: sum(tight(phrase) in text for phrase in form.tables[table].recognised_by)
        for code, form in load_forms().items()
    }
    best = [code for code, count in hits.items() if count and count == max(hits.values())]
    return load_forms()[best[0]].tables[table] if len(best) == 1 else None


def _holds_t2(table: Table) -> bool:
    texts = {core(cell.text) for row in table.rows for cell in row}
    labels = table_labels("t2")
    hits = {labels.exact.get(label_key(text)) for text in texts} - {None}
    return len(hits) > 1 or (bool(hits) and any(core(ARTICLE) in text for text in texts))


def _holds_t3(table: Table) -> bool:
    labels = table_labels("t3")
    keys = (label_key(cell.text) for row in table.rows for cell in row if cell.text)
    return any(len(key) >= MIN_LETTERS and key in labels.exact for key in keys)


def _holds_t4(table: Table) -> bool:
    text = "".join(core(cell.text) for row in table.rows for cell in row)
    return RESULTS in text and any(review in text for review in REVIEWS)


_HOLDS = {"t2": _holds_t2, "t3": _holds_t3, "t4": _holds_t4}
