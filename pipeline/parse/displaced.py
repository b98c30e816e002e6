"""Table 二 in text of a PDF that prints figures before the names of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.forms.model import TableForm
from pipeline.model import CellState, Figure, Finding, Table
from pipeline.parse.labels import Labels
from pipeline.parse.leftover import runs_of


def without_displaced(
    figures: list[Figure], tables: Sequence[Table], form: TableForm, labels: Labels
) -> tuple[list[Figure], list[Finding]]:
    """The figures; those of table 二 unreadable where one stands right below a column's header.

    Its row's name follows it then, so that any figure behind a name may be the next row's; the
    table has no sums that could tell.
    """
    heads = {core(column.label) for column in form.columns}
    runs = ((words, printed) for words, printed in runs_of(tables, labels) if core(words) in heads)
    words, printed = next(((words, printed) for words, printed in runs if printed), ("", []))
    if not printed:
        return figures, []
    values = {"label": squeeze(words), "printed": " ".join(map(squeeze, printed))}
    return [_unread(each) for each in figures], [finding("figures_before_rows", form.id, **values)]


def _unread(figure: Figure) -> Figure:
    if not figure.id.startswith("t2.") or figure.state is not CellState.REPORTED:
        return figure
    return replace(figure, value=None, state=CellState.UNREADABLE, read_by=None)
