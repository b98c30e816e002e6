"""Table 三 in text of a PDF that prints a row's figures before its label, or round half of it.

Which label a row of figures belongs to cannot be seen there. That they stand in the order of the
form can be shown: by how many they are, by the sums of the rows, by labels that stand near them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.forms.model import Block, TableForm
from pipeline.forms.sections import section_of
from pipeline.model import Table
from pipeline.parse.arbiter import identity_holds, sums_hold
from pipeline.parse.labels import Labels
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.options import Option, Row, names_row
from pipeline.parse.reading import (
    Cells,
    Printed,
    RowReading,
    Strategy,
    all_cells,
    are_zeros,
)

SECTION = "applications"

STRAYS = 4
"""Figures of the section that are no row's: the last of table 二, a number of a page."""

SOUND = 0.6
"""Share of rows that must add up; the others are said to be unreadable."""

NAMED = 0.5
"""Share of the form's labels that must be there to be known, whole."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the section prints: where figures stand, and where each row's label does."""

    printed: Cells
    figures: tuple[int, ...]
    labels: Mapping[str, tuple[int, ...]]

    def before(self, row: str) -> list[str]:
        """Figures before the row's label; none where it stands nowhere whole."""
        first = min(self.labels.get(row, (0,)))
        return [self.printed[place].cell.text for place in self.figures if place < first]


def rows_in_order(
    tables: Sequence[Table], labels: Labels, form: TableForm, block: Block
) -> dict[str, Row] | None:
    """Every row of the block with its figures in the form's order.

    A row has no option that stands where it does not add up, or where its label stands elsewhere;
    no row has one where figures come first and their order is not shown. None where figures follow
    their labels.
    """
    seen = seen_in_section(tables, labels, SECTION)
    ids = [row.id for row in block.rows]
    width = len(block.columns)
    if len(seen.labels.keys() & set(ids)) >= len(ids) * NAMED:
        for start in range(min(len(seen.figures) - width * len(ids), STRAYS) + 1):
            runs = _runs(seen.figures[start:], ids, width)
            dealt = {id_: tuple(seen.printed[n] for n in run) for id_, run in runs.items()}
            sound = {id_ for id_ in _near(runs, seen) if sums_hold(dealt[id_], form, block)}
            if len(sound) >= len(ids) * SOUND and _is_shown(seen, dealt, sound, form):
                return _rows(block, dealt, sound)
    return _rows(block, {}, set()) if len(seen.before(ids[0])) >= width else None


def seen_in_section(
    tables: Sequence[Table], labels: Labels, section: str, *, begins_there: bool = False
) -> Seen:
    """What stands in lines of the section that has the id; the tables may begin inside it."""
    printed = tuple(_of_section(tables, section, section if begins_there else None))
    figures = (
        place
        for place, each in enumerate(printed)
        if looks_like_figure(each.cell.text) and not each.is_blank
    )
    found: dict[str, tuple[int, ...]] = {}
    for place, each in enumerate(printed):
        if match := labels.find(each.cell.text):
            found[match.row] = (*found.get(match.row, ()), place)
    return Seen(printed, tuple(figures), found)


def _of_section(tables: Sequence[Table], wanted: str, section: str | None) -> Iterator[Printed]:
    for printed in all_cells(tables):
        section = section_of(printed.cell.text) or section
        if section == wanted:
            yield printed


def _runs(figures: Sequence[int], ids: Sequence[str], width: int) -> dict[str, Sequence[int]]:
    """The figures dealt out to the rows in order; the last may be short of some."""
    return {id_: figures[n * width : (n + 1) * width] for n, id_ in enumerate(ids)}


def _near(runs: Mapping[str, Sequence[int]], seen: Seen) -> Iterator[str]:
    """The rows whose label, where it is known, stands between the runs before and after theirs."""
    ids = list(runs)
    for n, id_ in enumerate(ids):
        before, after = runs[ids[max(n - 1, 0)]], runs[ids[min(n + 1, len(ids) - 1)]]
        places = [n for n in seen.labels.get(id_, ()) if names_row(seen.printed[n].cell.text)]
        is_near = any(before[0] <= place <= after[-1] for place in places)
        if is_near or not places or n in {0, len(ids) - 1}:
            yield id_


def _is_shown(seen: Seen, dealt: Mapping[str, Cells], sound: set[str], form: TableForm) -> bool:
    """Whether the figures are just as many as the rows hold, or an identity spans the table."""
    if len(seen.figures) == sum(map(len, dealt.values())):
        return True
    spanning = form.identities[0]
    rows = (*spanning.left, *spanning.right)
    return sound.issuperset(rows) and identity_holds(spanning, dealt, len(dealt[rows[0]]))


def _rows(block: Block, dealt: Mapping[str, Cells], sound: set[str]) -> dict[str, Row]:
    """The rows; zeros beside a row that does not add up may be that row's."""
    ids = [row.id for row in block.rows]
    doubtful = {
        id_
        for n, id_ in enumerate(ids)
        if id_ in sound
        and are_zeros(dealt[id_])
        and not sound.issuperset(ids[max(n - 1, 0) : n + 2])
    }
    return {
        row.id: _row(row.id, row.label, dealt.get(row.id, ()), row.id in sound - doubtful)
        for row in block.rows
    }


def _row(row: str, label: str, cells: Cells, is_sound: bool) -> Row:
    reading = RowReading(row, label, False, cells, Strategy.APART)
    option = Option(cells, reading)
    return Row((reading,), (option,) if is_sound else (), option if is_sound else None)
