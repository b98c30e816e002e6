"""Table 二 in text of a PDF that prints figures before the names of their rows."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.forms.model import TableForm
from pipeline.model import CellState, Figure, Finding
from pipeline.parse.in_order import seen_in_section
from pipeline.parse.leftover import runs_of
from pipeline.parse.readings import Readings

SECTION = "proactive_disclosure"


def without_displaced(
    figures: list[Figure], readings: Readings, form: TableForm
) -> tuple[list[Figure], list[Finding]]:
    """The figures; those of table 二 unreadable where one stands right below a column's header.

    So they are where a row's figures come before the first name. A row's name follows its figures
    then, so that any figure behind a name may be the next row's; no sums could tell.
    """
    label, printed = _headed(readings, form)
    if not printed:
        return figures, []
    values = {"label": label, "printed": " ".join(map(squeeze, printed))}
    return list(map(_unread, figures)), [finding("figures_before_rows", form.id, **values)]


def _headed(readings: Readings, form: TableForm) -> tuple[str, list[str]]:
    """A header and the row of figures right below it; none where all stand behind names."""
    widths = {
        core(column.label): len(block.columns) for block in form.blocks for column in block.columns
    }
    for words, printed in runs_of(readings.tables, readings.labels):
        if printed and len(printed) >= widths.get(core(words), len(printed) + 1):
            return squeeze(words), printed
    block = form.blocks[0]
    seen = seen_in_section(readings.tables, readings.labels, SECTION, begins_there=True)
    early = seen.before(block.rows[0].id)
    return block.columns[-1].label, early if len(early) >= len(block.columns) else []


def _unread(figure: Figure) -> Figure:
    if figure.state is not CellState.REPORTED:
        return figure
    return replace(figure, value=None, state=CellState.UNREADABLE, read_by=None)
