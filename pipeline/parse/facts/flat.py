"""Section text -> paragraphs as one line each, with the way back to the stored text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.text import BLANKS

NARROW = str.maketrans(
    "０１２３４５６７８９，；：（）．％！？〔〕", "0123456789,;:().%!?[]"
)
"""One character for one, so that places stay places."""

ITEM = re.compile(
    r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)、?|、|\.(?!\d))"
    r"|第[一二三四五六七八九十]{1,2}[,、是]|[一二三四五六七八九十]是|[①-⑳]"
)
"""What begins an item of a list."""

PROSE = re.compile("[,、:]")
"""A line without any of these is a heading, however it ends."""

LONG_LINE = 25
"""A heading inside a section is shorter; a line of prose torn by a page break is longer."""

PAGE_NUMBER = re.compile(r"[-—–]\s?\d{1,3}\s?[-—–]|第\d{1,3}页")
"""A line of its own between two halves of a sentence."""


class Paragraph(NamedTuple):
    """A paragraph without blanks, punctuation and digits narrow.

    `origin[n]` is the place of character n in the stored section text.
    """

    text: str
    origin: Sequence[int]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Paragraphs of a section; a sentence torn by a page break stands in one of them again."""
    held: list[Paragraph] = []
    for line in _lines(text):
        if PAGE_NUMBER.fullmatch(line.text):
            continue
        if held and not _goes_on(held[-1].text, line.text):
            yield _joined(held)
            held = []
        held.append(line)
    if held:
        yield _joined(held)


def _goes_on(above: str, below: str) -> bool:
    """Whether the line above ends in mid-sentence and the line below is its rest."""
    if above[-1] in "。;!?:" or ITEM.match(below):
        return False
    if above[-1] in ",、":
        return True
    return bool(PROSE.search(above) or len(above) > LONG_LINE) and not above.endswith(")")


def _lines(text: str) -> Iterator[Paragraph]:
    start = 0
    for line in text.split("\n"):
        flat = _flat(line, start)
        if flat.text:
            yield flat
        start += len(line) + 1


def _flat(line: str, start: int) -> Paragraph:
    """A blank between two digits stays one blank: they may be two figures."""
    blanks = [m.span() for m in BLANKS.finditer(line)]
    if not blanks:
        return Paragraph(line.translate(NARROW), range(start, start + len(line)))
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for left, right in blanks:
        pieces.append(line[at:left])
        origin.extend(range(start + at, start + left))
        if line[left - 1 : left].isdigit() and line[right : right + 1].isdigit():
            pieces.append(" ")
            origin.append(start + left)
        at = right
    pieces.append(line[at:])
    origin.extend(range(start + at, start + len(line)))
    return Paragraph("".join(pieces).translate(NARROW), origin)


def _joined(lines: list[Paragraph]) -> Paragraph:
    if len(lines) == 1:
        return lines[0]
    places = [place for line in lines for place in line.origin]
    return Paragraph("".join(line.text for line in lines), places)
