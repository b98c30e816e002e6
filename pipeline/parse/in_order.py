"""Table 三 in text of a PDF that prints a row's figures before its label, or round half of it.

Which label a row of figures belongs to cannot be seen there. That they stand in the order of the
form can be proved: by how many they are, by the sums of the rows, and by what the form asks of
the first two rows and the last two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.forms.model import Block, TableForm
from pipeline.forms.sections import section_of
from pipeline.model import Table
from pipeline.parse.arbiter import identity_holds, sums_hold
from pipeline.parse.labels import Labels
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.options import Option, Row
from pipeline.parse.reading import Cells, Printed, RowReading, Strategy, all_cells

SECTION = "applications"

STRAYS = 4
"""Figures of the section that are no row's: the last of table 二, a number of a page."""

PROVED = 0.75
"""Share of rows that must add up; the others are said to be unreadable."""

NAMED = 0.5
"""Share of the form's labels that must be there to be known, whole."""


def rows_in_order(
    tables: Sequence[Table], labels: Labels, form: TableForm, block: Block
) -> dict[str, Row] | None:
    """Every row of the block with its figures in the form's order; None where that is not proved.

    A row that does not add up has no option that stands: its figures may be exchanged among
    themselves.
    """
    printed = list(_of_section(tables))
    named = {match.row for each in printed if (match := labels.find(each.cell.text))}
    names = {row.id: row.label for row in block.rows}
    if len(named & names.keys()) < len(names) * NAMED:
        return None
    figures = [p for p in printed if looks_like_figure(p.cell.text) and not p.is_blank]
    width = len(block.columns)
    surplus = len(figures) - width * len(names)
    if not 0 <= surplus <= STRAYS:
        return None
    for start in range(surplus + 1):
        dealt = {
            row: tuple(figures[at : at + width])
            for row, at in zip(names, range(start, len(figures), width), strict=False)
        }
        sound = {row for row, cells in dealt.items() if sums_hold(cells, form, block)}
        if len(sound) >= len(names) * PROVED and _is_proved(dealt, sound, form, width):
            return {row: _row(row, names[row], cells, row in sound) for row, cells in dealt.items()}
    return None


def _of_section(tables: Sequence[Table]) -> Iterator[Printed]:
    """The cells of the section that holds the table."""
    section: str | None = None
    for printed in all_cells(tables):
        section = section_of(printed.cell.text) or section
        if section == SECTION:
            yield printed


def _is_proved(dealt: Mapping[str, Cells], sound: set[str], form: TableForm, width: int) -> bool:
    """Whether an identity of the form that spans the table has its rows, and holds."""
    spanning = form.identities[0]
    rows = (*spanning.left, *spanning.right)
    return sound.issuperset(rows) and identity_holds(spanning, dealt, width)


def _row(row: str, label: str, cells: Cells, is_sound: bool) -> Row:
    reading = RowReading(row, label, False, cells, Strategy.APART)
    option = Option(cells, reading)
    return Row((reading,), (option,) if is_sound else (), option if is_sound else None)
