"""A report on one line, as the text of a Word file comes: its headings and table rows get lines.

Blanks stand where the file broke its lines and its cells. A row ends with its figures, and its
label is the longest run of words before them that a form knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from pipeline.extract.text import SENTENCE, core
from pipeline.forms import every_table
from pipeline.forms.sections import section_of

LONG = 300
"""Characters of a line that may be a whole report; a paragraph has blanks by its numbers alone."""

HEADING = re.compile(r"(?:^|(?<=[\s。；）)》]))[一二三四五六七八]、[^\s，,。；：:]{2,36}(?=\s)")

RUN_IN = re.compile(r"([一二三四五六]、[^。：:，,；]{2,30})[。：:]\s*(?=.{10})")
"""A heading at the beginning of its first paragraph."""

TITLE = re.compile(
    r"[^\s。；]{2,40}\s?20\d\d\s?年度?\s?(?:政府)?信息公开(?:工作)?(?:年度报告|年报|情况报告)(?=[\s_])"
)
"""The title of a report that is all on one line."""

PARTED = str.maketrans("|\t", "  ")
"""What may stand between the cells of a whole report on one line; between those of a row too."""

LEAST_HEADINGS = 3
"""In a line with tabs that is a whole report; a row of a table has none."""

FIGURE = re.compile(r"(?:[-+减增]?\d[\d,.]{0,14}(?:万?元|件|条|个)?|[/—-])")

LEAST_FIGURES = 3
"""In a row of words and figures that begins a table; 行政许可 7 stands between longer rows."""

LIST_HEAD = "统计指标"
"""The first header of the list of 2014 to 2018."""

LISTED = re.compile(r"\s(?:条|件|次|人|个|万元)\s\d")
LEAST_LISTED = 10
"""Units with a figure: the list has some fifty."""

RESULTS = 15
"""Figures of table 四, in one row under a header of three."""

MANY_BLANKS = 20
"""In a paragraph of a page, where line breaks are no blanks: cells were put in one."""

LONGEST_WRAP = 12
"""Words that one label is broken into; table 三 has narrow cells."""


def unwrapped(lines: Iterable[str]) -> Iterator[str]:
    """The lines; those that hold headings or rows of tables cut before and behind each."""
    for line in lines:
        if len(line) < LONG:
            yield line
            continue
        plain = line.translate(PARTED)
        is_row = plain != line and len(HEADING.findall(plain)) < LEAST_HEADINGS
        yield from (line,) if is_row else _cut(plain)


def paragraphs_of(text: str) -> Iterable[str]:
    """A page's paragraph, as several where a whole table or report was put into it."""
    if len(text) >= LONG and text.count(" ") >= MANY_BLANKS:
        return _cut(text)
    if text[1:2] == "、" and (begun := RUN_IN.match(text)) and section_of(begun[1]):
        return begun[1], text[begun.end() :]
    return (text,)


def _cut(line: str) -> Iterator[str]:
    listed = line.find(LIST_HEAD) if len(LISTED.findall(line)) >= LEAST_LISTED else -1
    if listed >= 0:
        yield from _cut(line[:listed])
        yield from line[listed:].split()
        return
    at = 0
    for title in islice(TITLE.finditer(line), 1):
        yield from _rows(line[: title.start()])
        yield title[0]
        at = title.end()
    for heading in HEADING.finditer(line):
        if section_of(heading[0]) or section_of(heading[0], older=True):
            yield from _rows(line[at : heading.start()])
            yield heading[0]
            at = heading.end()
    yield from _rows(line[at:])


def _rows(text: str) -> Iterator[str]:
    """Prose as it is, then the rows of a table that stands in it."""
    words = text.split()
    runs = list(_runs(words))
    if not any(_is_row(before, figures) for before, figures in runs):
        if text.strip():
            yield text.strip()
        return
    prose: list[str] = []
    for before, figures in runs:
        start = None if len(figures) == RESULTS else _label(before)
        if start is None and len(figures) != RESULTS:
            prose += [*before, *figures]
            continue
        head = [*prose, *(before if start is None else before[:start])]
        prose = []
        if start is None:
            yield from _head(head, apart=False)
            yield " ".join(figures)
        else:
            yield from _head(head)
            yield " ".join(["".join(before[start:]), *figures])
    yield from _head(prose)


def _is_row(before: Sequence[str], figures: Sequence[str]) -> bool:
    """Whether words and figures are surely a table's: a label and several, or all of table 四."""
    if len(figures) == RESULTS:
        return "行政诉讼" in "".join(before)
    return len(figures) >= LEAST_FIGURES and _label(before) is not None


def _head(words: Sequence[str], *, apart: bool = True) -> Iterator[str]:
    """Words above a row: sentences as one line, cells of the table's header one by one.

    Those of table 四 stay together: its last, 总计, names a row of table 三.
    """
    last = max((n for n, word in enumerate(words) if SENTENCE.search(word)), default=-1)
    if last >= 0:
        yield " ".join(words[: last + 1])
    rest = words[last + 1 :]
    yield from rest if apart or not rest else [" ".join(rest)]


def _runs(words: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Words and the figures that follow them, again and again."""
    before: list[str] = []
    figures: list[str] = []
    for word in words:
        if FIGURE.fullmatch(word):
            figures.append(word)
            continue
        if figures:
            yield before, figures
            before, figures = [], []
        before.append(word)
    yield before, figures


def is_label(text: str) -> bool:
    """Whether the text is a row's label of some form, with or without its groups."""
    return core(text) in _labels()


def _label(words: Sequence[str]) -> int | None:
    """Where the longest known label begins that ends the words."""
    starts = range(max(len(words) - LONGEST_WRAP, 0), len(words))
    return next((n for n in starts if core("".join(words[n:])) in _labels()), None)


@cache
def _labels() -> frozenset[str]:
    """The row labels of the forms, alone, with their numbers, and behind their groups."""
    rows = [row for table in every_table() for row in table.rows]
    groups = {"三、本年度办理结果", ""}
    return frozenset(
        core(f"{outer}{group}{label}")
        for row in rows
        for label in (row.label, *row.aliases)
        for group in ("", row.group or "")
        for outer in groups
    )
