"""Statistics of an office's own, before the national list or beside it: kept as local rows.

Shanghai's model, which others took over: indicator, unit, code, one or two figures. No form has
these rows, so none of them is set beside a figure of a form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.model import NO_TABLE, Block, Cell, Finding, LocalFigure, Paragraph, Table
from pipeline.parse.local import local_figure
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.reading import Printed
from pipeline.parse.statistics.entries import entries_by_row
from pipeline.parse.statistics.header import ASIDE, LABELS, UNIT, header_of
from pipeline.parse.statistics.rows import UNITS

PREFIX = "s08x"
"""Of the years since 2008, when each place counted as it liked."""

LEAST_ROWS = 5
"""Rows that make a table statistics; the shortest seen has twelve."""

LEAST_SUBJECTS = 3
SUBJECT = re.compile("公开|申请|答复|复议|诉讼|申诉|咨询")
"""What the rows of such statistics count; a table of money or of posts has one such row at most."""

LONGEST_LABEL = 60
BAR = "|｜ "
"""What stands between cells that have a line each."""

HEAD = re.compile("[甲乙丙丁0-9]+")
"""Below the names of the columns stand 甲 乙 丙 1 2."""


@dataclass
class _Row:
    label: Printed
    unit: str | None
    values: list[Printed] = field(default_factory=list)


Named = tuple[Sequence[_Row], Sequence[str]]
"""Rows, and the names of their figures where the page gives as many."""


def read_local_list(
    blocks: Sequence[Block], tables: Iterable[Table]
) -> tuple[list[LocalFigure], list[Finding]]:
    """The rows of statistics in tables that nothing else is read from, else in lines; and tables
    that speak of what is reported and are not read.
    """
    unread: list[Finding] = []
    found: list[Named] = []
    for table in tables:
        named = _in_table(table)
        if named:
            found.append(named)
        elif subject := _is_about_reports(table):
            unread.append(finding("table_unread", "page", rows=len(table.rows), label=subject))
    if not found and (named := _in_lines(blocks)):
        found = [named]
    figures: list[LocalFigure] = []
    for rows, columns in found:
        figures += _figures(rows, columns, len({f.id.split(".")[1] for f in figures}))
    if not figures:
        return [], unread
    rows_read = len({figure.id.split(".")[1] for figure in figures})
    values = {"rows": rows_read, "label": figures[0].label}
    return figures, [finding("local_statistics", PREFIX, **values), *unread]


def _is_about_reports(table: Table) -> str | None:
    """The first of the rows that name what reports count beside a figure, where some do."""
    rows = [
        row[0].text
        for row in table.rows
        if row and SUBJECT.search(row[0].text) and any(c.text[:1].isdigit() for c in row[1:])
    ]
    return squeeze(rows[0])[:30] if len(rows) >= LEAST_SUBJECTS else None


def _figures(rows: Iterable[_Row], columns: Sequence[str], before: int) -> Iterator[LocalFigure]:
    for number, row in enumerate(rows, before + 1):
        names = columns if len(columns) == len(row.values) else [None] * len(row.values)
        for place, (name, printed) in enumerate(zip(names, row.values, strict=True), 1):
            label = squeeze(row.label.cell.text)
            yield local_figure(f"{PREFIX}.{number}.{place}", label, name, row.unit, printed)


def _are_statistics(rows: Sequence[_Row]) -> bool:
    about = sum(SUBJECT.search(row.label.cell.text) is not None for row in rows)
    return len(rows) >= LEAST_ROWS and about >= LEAST_SUBJECTS


def _in_table(table: Table) -> Named | None:
    if not any(UNIT.fullmatch(core(cell.text)) for row in table.rows[:4] for cell in row):
        return None
    header = header_of([table])
    rows = [
        _Row(entry.label, entry.unit, list(entry.values))
        for entry in entries_by_row([table], header)
        if entry.is_filled and _is_label(entry.label.cell.text)
    ]
    columns = [name for _, name in header.values] if header else []
    return (rows, columns) if _are_statistics(rows) else None


def _is_label(text: str) -> bool:
    letters = core(text)
    return 2 <= len(letters) <= LONGEST_LABEL and not LABELS.fullmatch(letters)


def _in_lines(blocks: Sequence[Block]) -> Named | None:
    """A cell on each line, or a row on each line."""
    short = [
        (n, b.text.strip(BAR))
        for n, b in enumerate(blocks, 1)
        if isinstance(b, Paragraph) and len(b.text) <= LONGEST_LABEL and b.text.strip(BAR)
    ]
    if sum(not UNITS.isdisjoint(text.split()) for _, text in short) < LEAST_ROWS:
        return None
    head, rows = _rows(short)
    rows = [row for row in rows if row.values]
    if not _are_statistics(rows):
        return None
    if any(ASIDE.fullmatch(word) for word in head) or _are_codes(rows):
        rows = [_Row(row.label, row.unit, row.values[1:]) for row in rows if row.values[1:]]
    width = Counter(len(row.values) for row in rows).most_common(1)[0][0]
    return rows, head[-width:] if len(head) >= width else ()


def _rows(lines: Iterable[tuple[int, str]]) -> tuple[list[str], list[_Row]]:
    """The words above the first row, and the rows: a label, its unit, what follows."""
    head: list[str] = []
    rows: list[_Row] = []
    is_open = False
    label: Printed | None = None
    for number, text in lines:
        for word in _cells(text):
            printed = Printed(NO_TABLE, Cell(word, number, 1))
            if word in UNITS:
                if label is not None:
                    rows.append(_Row(label, word))
                    is_open = True
                label = None
            elif looks_like_figure(word):
                if is_open:
                    rows[-1].values.append(printed)
            else:
                if label is not None and not rows:
                    head.append(core(label.cell.text))
                label, is_open = printed, False
    return [word for word in head if not HEAD.fullmatch(word)], rows


def _cells(text: str) -> list[str]:
    """A line's cells: words, unit and figures of one row, or one of them."""
    words = text.split()
    if len(words) > 2 and any(UNIT.fullmatch(word) for word in words):
        return words
    at = next((n for n, word in enumerate(words) if n and word in UNITS), 0)
    if not at or not all(map(looks_like_figure, words[at + 1 :])):
        return [text]
    return [" ".join(words[:at]), *words[at:]]


def _are_codes(rows: Sequence[_Row]) -> bool:
    """Whether the first figures only number the rows: 01, 02, 03."""
    first = [row.values[0].cell.text for row in rows if len(row.values) > 1]
    return (
        len(first) == len(rows)
        and any(text.startswith("0") and len(text) > 1 for text in first)
        and all(a.isdigit() and b.isdigit() and int(a) < int(b) for a, b in pairwise(first))
    )
