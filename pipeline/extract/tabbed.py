"""Tabs between the cells of a text's tables, whatever copied them out of a browser or Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.text import SENTENCE, has_chinese
from pipeline.forms.sections import section_of

TABS = re.compile(r"\t+")

LONE_TAB = re.compile(r" *\t[\t ]*")

LED_BY_TAB = re.compile(r" *\t[\t ]*\S")
"""A cell with its own tab before it: where most are so, a lone tab is an empty cell."""

LEAST_LONE = 4
"""Lines of a lone tab that are a manner of printing; a single one is an accident."""

WIDEST_GAP = 2
"""Empty lines that end a row everywhere; paragraphs inside a cell have one between them."""

LONGEST_HALF = 30
"""Characters of a line that may be part of a cell's words: narrow cells break them."""


def single_tabs(lines: list[str]) -> list[str]:
    """The lines with one tab between cells where every tab of the text is doubled."""
    tabs = [len(run) for line in lines if "\t" in line for run in TABS.findall(line)]
    if not tabs or any(count % 2 for count in tabs):
        return lines
    return [line.replace("\t\t", "\t") for line in lines]


def joined_cells(lines: list[str]) -> list[str]:
    """The lines; where tabs stand alone in lines, each row in its first line, the others empty.

    A browser's own copy of a table ends a cell that holds paragraphs with line breaks: the tab
    between two cells then has a line of its own.
    """
    lone = sum(LONE_TAB.fullmatch(line) is not None for line in lines)
    led = sum(LED_BY_TAB.match(line) is not None for line in lines)
    if lone < max(LEAST_LONE, led):
        return lines
    joined = [""] * len(lines)
    for row in _rows(lines, _gap_of_rows(lines)):
        for number in row:
            joined[row[0]] += lines[number].strip(" ") if len(row) > 1 else lines[number]
    return joined


def _gap_of_rows(lines: Sequence[str]) -> int:
    """How many empty lines end a row: the widest gap between lines with words, two at most."""
    widest = gap = 0
    for line in lines:
        if line.strip(" "):
            widest, gap = widest if "\t" in line else max(widest, gap), 0
        else:
            gap += 1
    return min(widest, WIDEST_GAP)


def _rows(lines: Sequence[str], widest: int) -> Iterator[list[int]]:
    """The numbers of the lines that one row takes; a line outside of tables is alone."""
    row: list[int] = []
    for number, line in enumerate(lines):
        if not line.strip(" "):
            continue
        gap = number - row[-1] - 1 if row else 0
        if row and not _is_same_row(lines[row[-1]], line, gap, widest):
            yield from _whole(lines, row)
            row = []
        row.append(number)
    yield from _whole(lines, row)


def _is_same_row(above: str, line: str, gap: int, widest: int) -> bool:
    """Whether a tab binds two lines, or both may be words of one cell."""
    if gap >= max(widest, 1):
        return False
    is_bound = above.rstrip(" ").endswith("\t") or line.lstrip(" ").startswith("\t")
    return is_bound or (gap < widest and _may_go_on(above) and _may_go_on(line))


def _may_go_on(line: str) -> bool:
    """Whether the line may be half of a cell's words: no figure, no sentence, no heading."""
    words = line.strip()
    is_figure = not has_chinese(words)
    is_prose = len(words) > LONGEST_HALF or SENTENCE.search(words) or section_of(words)
    return not (is_figure or is_prose)


def _whole(lines: Sequence[str], row: list[int]) -> Iterator[list[int]]:
    """The row, or each of its lines alone where no tab is among them."""
    if any("\t" in lines[number] for number in row):
        yield row
    else:
        yield from ([number] for number in row)
