"""One habit of a page is said once: many findings of one kind in one table become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.findings import finding
from pipeline.model import Finding


class Habit(NamedTuple):
    """What many findings of a kind are called, and how many of a table are not yet many."""

    code: str
    most: int


HABITS = {
    "label_variant": Habit("labels_vary", 5),
    "row_missing": Habit("rows_missing", 5),
    "row_unreadable": Habit("rows_unreadable", 5),
    "row_apart": Habit("rows_unreadable", 5),
    "row_repeated": Habit("table_repeated", 5),
    "paragraph_cut": Habit("paragraphs_cut", 5),
    "change_negative": Habit("changes_negative", 1),
}


def folded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """In place of the first of them one that counts them and says the first; the rest go."""
    every = list(findings)
    counts = Counter((each.code, _table(each)) for each in every)
    told: set[tuple[str, str]] = set()
    for each in every:
        kind = each.code, _table(each)
        habit = HABITS.get(each.code)
        if habit is None or counts[kind] <= habit.most:
            yield each
        elif kind not in told:
            told.add(kind)
            values = {"count": counts[kind], "zh": each.message_zh, "en": each.message_en}
            yield finding(habit.code, _place(each), **values)


def _place(finding: Finding) -> str:
    """The table of a habit; what many sections share is the page's."""
    table = _table(finding)
    return "page" if table == "section" else table


def _table(finding: Finding) -> str:
    return finding.where.partition(".")[0]
