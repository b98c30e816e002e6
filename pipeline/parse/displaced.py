"""Table 二 in text of a PDF that prints figures before the names of their rows."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.forms.model import TableForm
from pipeline.model import CellState, Figure, Finding
from pipeline.parse.leftover import runs_of
from pipeline.parse.readings import Readings


def without_displaced(
    figures: list[Figure], readings: Readings, form: TableForm
) -> tuple[list[Figure], list[Finding]]:
    """The figures; those of table 二 unreadable where one stands right below a column's header.

    Its row's name follows it then, so that any figure behind a name may be the next row's; the
    table has no sums that could tell.
    """
    heads = {core(column.label) for column in form.columns}
    runs = runs_of(readings.tables, readings.labels)
    headed = (run for run in runs if run[1] and core(run[0]) in heads)
    words, printed = next(headed, ("", []))
    if not printed:
        return figures, []
    values = {"label": squeeze(words), "printed": " ".join(map(squeeze, printed))}
    return list(map(_unread, figures)), [finding("figures_before_rows", form.id, **values)]


def _unread(figure: Figure) -> Figure:
    if figure.state is not CellState.REPORTED:
        return figure
    return replace(figure, value=None, state=CellState.UNREADABLE, read_by=None)
