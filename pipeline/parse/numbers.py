"""The text of a figure cell -> its state and value. Nothing is ever guessed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pipeline.extract.grid import PICTURED
from pipeline.extract.text import tight
from pipeline.model import CellState
from pipeline.remembered import remembered

DASHES = frozenset("-‐‑‒–—―一－ー")
"""一 stands alone in a figure cell only where somebody typed a dash; no count is written so."""

NOTHING = frozenset({"无", "無"})

ZERO = frozenset({"零", "〇"})
"""The two ways to write 0 in Chinese."""

MINUS = re.compile("[−—–‐]")

TYPED_AS_TEXT = "'’‘`"
"""What a spreadsheet wants before a number that is no number to it."""

ENDS = "。；;"
"""What ends a clause: typed behind a figure it adds nothing. Behind a point or a comma a figure may
go on."""

STRUCK = re.compile(r"\[删[^\]]*\]")
"""What a cell strikes out, in the marks that `pipeline.extract.shown` puts round it."""

NO_DIGITS = "⁰¹²³⁴-⁹①-⑳❶-❿⓪⓵-⓾"
"""Raised and circled ones, of which compatibility folding would make digits."""

ANY_NO_DIGIT = re.compile(f"[{NO_DIGITS}]")

NOTE_MARKS = re.compile(
    rf"(?<=[\d件项个条份次篇人元])(?:[{NO_DIGITS}*＊※△]|[\[［〔【](?:注?[\d{NO_DIGITS}]{{1,2}}|注|\*)[\]］〕】])+$"
)
"""Behind a figure: the mark of a footnote."""

UNITS = "件|项|个|条|份|次|篇|人次|人|万元|元"

NUMBER = re.compile(
    r"(?P<sign>[-+↑↓]|--|减少?|增加?)?"
    r"(?P<digits>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:(?:{UNITS})?(?:\(.*\))?|\([^()]*\)(?:{UNITS}))"
)
"""After NFKC and without blanks: `-51`, `减4`, `1,068件`, `22(其中修订16件)`, `22(含修订)件`."""

LESS = "-减↓"
"""How the sign of a decrease begins."""

LONE_UNIT = re.compile(rf"\(?(?:{UNITS})\)?")
"""What a form prints behind a figure, where none was filled in."""

BROKEN = re.compile(r"[\d.,，]\s+(?=[\d.,，])")
"""White space inside a number: one figure on two lines, or two figures in one cell."""

MAX_DIGITS = 12
"""More digits than any office counts; a longer run is two figures or a telephone number."""


@remembered(4096)
def read_number(raw: str) -> tuple[CellState, Decimal | None]:
    """State and value of one printed cell; the value is None unless the state is reported.

    Full-width digits, separators, a sign written as 减 or 增, a unit and a bracketed note after the
    number are read; anything else with words in it is unreadable.
    """
    text = tight(raw)
    if not text:
        return CellState.BLANK, None
    if set(text) <= DASHES:
        return CellState.DASH, None
    if "[" in text:
        text = STRUCK.sub("", text)
    if not text.isdecimal() and ANY_NO_DIGIT.search(text := NOTE_MARKS.sub("", text)):
        return CellState.UNREADABLE, None
    folded = unicodedata.normalize("NFKC", text).removeprefix(PICTURED)
    if folded in {"/", "\\"}:
        return CellState.SLASH, None
    if folded in NOTHING:
        return CellState.NONE, None
    return _number(MINUS.sub("-", folded).lstrip(TYPED_AS_TEXT).rstrip(ENDS))


def _number(text: str) -> tuple[CellState, Decimal | None]:
    if text in ZERO:
        return CellState.REPORTED, Decimal(0)
    match = NUMBER.fullmatch(text)
    if not match or len(match["digits"]) > MAX_DIGITS:
        return CellState.UNREADABLE, None
    value = Decimal(match["digits"].replace(",", "").replace("，", ""))
    return CellState.REPORTED, -value if (match["sign"] or "+")[0] in LESS else value


def has_unit(raw: str, unit: str) -> bool:
    """Whether the cell prints another unit of money than the column's, 元 under 万元."""
    text = tight(raw)
    return unit == "万元" and text.endswith("元") and not text.endswith("万元")


def is_pictured(raw: str) -> bool:
    """Whether a picture fills the cell, and the figure is what the page calls it."""
    return raw.startswith(PICTURED)


def has_struck(raw: str) -> bool:
    """Whether something in the cell is struck out."""
    return STRUCK.search(raw) is not None


def is_lone_unit(raw: str) -> bool:
    """Whether the cell holds a unit and no figure: 件, where a number was to be put before it."""
    return LONE_UNIT.fullmatch(unicodedata.normalize("NFKC", tight(raw))) is not None


@remembered(8192)  # each cell of a table is asked several times
def looks_like_figure(raw: str) -> bool:
    """Whether a cell can stand for a figure: a number or one of the ways to print none."""
    return read_number(raw)[0] is not CellState.UNREADABLE
