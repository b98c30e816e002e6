"""The dictionary that goes with an export: its columns, the states, and every indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Label

from pipeline.forms import load_indicators
from storage.exports.tables import EXPORTED
from storage.warehouse.dictionary import STATES, kind_of

HEADER = (
    "entry",
    "table",
    "name",
    "row_label",
    "column_label",
    "type",
    "unit",
    "forms",
    "comparable_across_forms",
    "comparability",
    "comparable_with",
    "is_total",
    "meaning",
)


def dictionary_rows() -> Iterator[tuple[Any, ...]]:
    """The rows below `HEADER`: entry is column, state or indicator."""
    for table, query in EXPORTED.items():
        for column in query.selected_columns:
            source: Any = column.element if isinstance(column, Label) else column
            kind, meaning = kind_of(source), source.doc
            yield ("column", table, column.name, *[None] * 2, kind, *[None] * 6, meaning)
    for state, meaning in STATES.items():
        yield ("state", "figures", state.value, *[None] * 9, meaning)
    for indicator in load_indicators():
        yield (
            "indicator",
            indicator.table,
            indicator.id,
            indicator.label_row,
            indicator.label_column,
            "number",
            indicator.unit,
            " ".join(indicator.forms),
            len(indicator.forms) > 1,
            indicator.comparability.value,
            " ".join(indicator.comparable_with) or None,
            indicator.is_total,
            indicator.article,
        )
