"""Section text -> paragraphs as one line each, with the way back to the stored text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.values import value

WIDE_STOPS = tuple(zip("，：；（）", ",:;()", strict=True))
RARE = re.compile("[０-９．％！？〔〕]")
NARROW = dict(zip("０１２３４５６７８９．％！？〔〕", "0123456789.%!?[]", strict=True))

ITEM = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）]、?|、|\.(?!\d))"
    r"|第[一二三四五六七八九十]{1,2}[,，、是]|[一二三四五六七八九十]是|[①-⑳]"
)
"""What begins an item of a list."""

PROSE = re.compile("[,，、:：]")
"""A line without any of these is a heading, however it ends."""

LONG_LINE = 25
"""A heading inside a section is shorter; a line of prose torn by a page break is longer."""

PAGE_NUMBER = re.compile(r"[-—–]\d{1,3}[-—–]|第\d{1,3}页")
"""A line of its own between two halves of a sentence."""

COUNT_BEGINS = re.compile("[一-鿿(“”]\\d{1,6}$")
COUNT_ENDS = re.compile("\\d{1,6}[余多万]?[条件篇份期起次人元]")
"""公开信息3 above 12条: one count, cut by the line."""

ENDS = "。;；!！?？:："


def narrow(text: str) -> str:
    """Punctuation and digits narrow, one character for one, so that places stay places."""
    for wide, small in WIDE_STOPS:
        text = text.replace(wide, small)
    is_wide = any(map(text.__contains__, NARROW))  # quicker than to search for them
    return RARE.sub(lambda found: NARROW[found[0]], text) if is_wide else text


@value
class Paragraph:
    """A paragraph without blanks.

    `cuts` are the places in `text` behind which something was left out, 0 the first; `stored` are
    the places of the same characters in the stored section text.
    """

    text: str
    cuts: list[int]
    stored: list[int]

    def place(self, at: int) -> int:
        """Place of a character in the stored section text."""
        piece = bisect_right(self.cuts, at) - 1
        return self.stored[piece] + at - self.cuts[piece]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Paragraphs of a narrow text; a sentence torn by a page break stands in one of them again.

    The extraction leaves single spaces as the only blanks of a line.
    """
    held: list[Paragraph] = []
    for line in _lines(text):
        if held and not _goes_on(held[-1].text, line.text):
            yield _joined(held)
            held = []
        held.append(line)
    if held:
        yield _joined(held)


def _goes_on(above: str, below: str) -> bool:
    """Whether the line above ends in mid-sentence and the line below is its rest."""
    if above[-1] in ENDS or ITEM.match(below):
        return False
    if above[-1].isdecimal() and COUNT_ENDS.match(below) and COUNT_BEGINS.search(above):
        return True
    if above[-1] in ",，、":
        return True
    if above[-1] in ")）":
        return False
    if len(above) > LONG_LINE:
        return True
    return PROSE.search(above) is not None and PROSE.search(above, _numbered(above)) is not None


def _numbered(line: str) -> int:
    """Where the words of a line begin behind `二、`."""
    item = ITEM.match(line)
    return item.end() if item else 0


def _lines(text: str) -> Iterator[Paragraph]:
    start = 0
    for line in text.split("\n"):
        flat = _flat(line, start)
        if flat.text and not PAGE_NUMBER.fullmatch(flat.text):
            yield flat
        start += len(line) + 1


def _flat(line: str, start: int) -> Paragraph:
    """A blank between two digits stays one blank: they may be two figures."""
    if " " not in line:
        return Paragraph(line, [0], [start])
    pieces: list[str] = []
    cuts: list[int] = []
    stored: list[int] = []
    length = 0
    for piece in line.split(" "):
        if not piece:
            start += 1
            continue
        two = bool(pieces) and pieces[-1][-1].isdigit() and piece[0].isdigit()
        kept = f" {piece}" if two else piece
        pieces.append(kept)
        cuts.append(length)
        stored.append(start - two)
        length += len(kept)
        start += len(piece) + 1
    return Paragraph("".join(pieces), cuts or [0], stored or [start])


def _joined(lines: list[Paragraph]) -> Paragraph:
    if len(lines) == 1:
        return lines[0]
    cuts: list[int] = []
    stored: list[int] = []
    length = 0
    for line in lines:
        cuts.extend(cut + length for cut in line.cuts)
        stored.extend(line.stored)
        length += len(line.text)
    return Paragraph("".join(line.text for line in lines), cuts, stored)
