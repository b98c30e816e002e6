"""The list in lines of text without a table: labels wrapped over lines, figures anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeGuard

from pipeline.extract.text import SENTENCE, squeeze
from pipeline.model import NO_TABLE, Block, Cell, Paragraph, Table
from pipeline.parse.statistics.rows import LONGEST_LABEL, UNITS, list_rows

KNOWN_BY = ("数", "數")
"""Every phrase by which the list is known ends so, in either script."""

LONGEST_WRAP = 5
"""Lines of one label; the longest, of 40 characters, is cut into four where cells are narrow."""

UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
FIGURE_ENDS = frozenset("-—－/／无" + "".join(unit[-1] for unit in UNITS))
"""What stands last in a figure, beside digits: most lines of words are told by it."""
FIGURE = rf"(?:\d[\d,，]{{0,14}}(?:\.\d{{1,6}})?|[-—－/／无])\s?(?:{UNIT})?"
LINE = re.compile(
    rf"(?P<words>.{{1,100}}?)(?:[\s:：|]+|[.…·]{{3,40}})(?P<figure>{FIGURE})|(?P<alone>{FIGURE})"
)
"""`当面申请数 件 3`, `当面申请数：3件`, `当面申请数（件）......3`, `3`."""
RUN_ON = re.compile(
    rf"(?P<words>.{{2,100}}?(?:{UNIT}))(?P<figure>\d[\d,，]{{0,14}}(?:\.\d{{1,6}})?)"
)
"""`当面申请数件3`: cells with nothing between them."""
ITEM = re.compile(r"(?<=\d)\s*(?=（[一二三四五六七]）|[一二三四五六七八]、|其中[:：])")
"""Where a second row begins on the line of the first."""
WORDS = re.compile(rf"(?P<label>.+?)[\s:：|（(]*(?P<unit>{UNIT})[）)]?")
"""A label and its unit, with nothing between them where the cells of a row were run together."""


class _Line(NamedTuple):
    number: int
    words: str
    figure: str | None
    """Empty: a cell that is there and blank."""


def table_of_lines(blocks: Sequence[Block]) -> Table | None:
    """The short lines of the page as rows of label, unit, figure; None where none tells it."""
    if not any(_may_know_list(block) for block in blocks):
        return None
    rows: list[tuple[Cell, ...]] = []
    for run in _runs(blocks):
        for number, texts in _rows(run):
            rows.append(tuple(Cell(text, number, n) for n, text in enumerate(texts, 1)))
    named = any(list_rows().places(row[0].text) for row in rows)
    return Table(NO_TABLE, tuple(rows)) if named else None


def _runs(blocks: Sequence[Block]) -> Iterator[list[_Line]]:
    """Lines between sentences, which end every label."""
    run: list[_Line] = []
    for number, block in enumerate(blocks, 1):
        if _is_short(block):
            run += (_line(number, text) for text in ITEM.split(squeeze(block.text)) if text)
        else:
            yield run
            run = []
    yield run


def _may_know_list(block: Block) -> bool:
    """Whether the block may be one of the short lines that tell the list: most pages have none."""
    return (
        isinstance(block, Paragraph)
        and any(map(block.text.__contains__, KNOWN_BY))
        and _is_short(block)
    )


def _is_short(block: Block) -> TypeGuard[Paragraph]:
    return (
        isinstance(block, Paragraph)
        and len(block.text) <= LONGEST_LABEL
        and not SENTENCE.search(block.text)
    )


def _line(number: int, text: str) -> _Line:
    if not text.strip("|｜ "):  # a bar on a line of its own: an empty cell
        return _Line(number, "", "")
    may_end = text[-1].isdecimal() or text[-1] in FIGURE_ENDS
    match = LINE.fullmatch(text) if may_end and not list_rows().places(text) else None
    if match:
        return _Line(number, match["words"] or "", match["figure"] or match["alone"])
    match = RUN_ON.fullmatch(text) if may_end and text[-1].isdecimal() else None
    if match and list_rows().places(_without_unit(match["words"], apart=True)[0]):
        return _Line(number, match["words"], match["figure"])
    return _Line(number, text, None)


def _rows(run: Sequence[_Line]) -> Iterator[tuple[int, list[str]]]:
    """Each figure with the label that the lines before it make up; other lines alone."""
    waiting: list[str] = []
    at = 0
    while at < len(run):
        line, at = run[at], at + 1
        if line.figure is None:
            waiting.append(line.words)
            continue
        pieces = [*waiting, line.words] if line.words else waiting
        before, label, unit = _label(pieces)
        waiting = []
        whole = not label or list_rows().places(label)
        rest = 0 if whole else _rest(label, run[at : at + LONGEST_WRAP])
        label += "".join(each.words for each in run[at : at + rest])
        at += rest
        for words in before:
            yield line.number, [words]
        yield line.number, [part for part in (label, unit) if part] + [line.figure]
    for words in waiting:
        yield run[-1].number, [words]


def _label(pieces: Sequence[str]) -> tuple[Sequence[str], str, str]:
    """What stands before the label, the label, its unit. The longest label that the form knows."""
    for unit_apart in (True, False):
        for start in range(max(len(pieces) - LONGEST_WRAP - 1, 0), len(pieces)):
            label, unit = _without_unit("".join(pieces[start:]), apart=unit_apart)
            if list_rows().places(label):
                return pieces[:start], label, unit
    if len(pieces) > 1 and pieces[-1] in UNITS:
        return pieces[:-2], pieces[-2], pieces[-1]
    if not pieces:
        return (), "", ""
    label, unit = _without_unit(pieces[-1], apart=" " in pieces[-1])
    return pieces[:-1], label, unit


def _without_unit(text: str, *, apart: bool) -> tuple[str, str]:
    match = WORDS.fullmatch(text) if apart else None
    return (match["label"], match["unit"]) if match else (text, "")


def _rest(label: str, lines: Sequence[_Line]) -> int:
    """How many lines below the figure complete a label that was cut off by it."""
    words = label
    for count, line in enumerate(lines, 1):
        if line.figure is not None:
            return 0
        words += line.words
        if list_rows().places(words):
            return count
    return 0
