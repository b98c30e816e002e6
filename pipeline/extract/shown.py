"""The text of a figure's cell as a reader of the page sees it: lines, hidden, struck and raised."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

HIDDEN = re.compile(r"display\s*:\s*none")

LINES = ("br", "p", "div")
"""Elements that begin or end a line in a cell."""

STRUCK = frozenset({"s", "del", "strike"})
ODD = STRUCK | {"sup", "select"}

STRUCK_OUT = "[删{}]"
"""Round what is struck out beside other text: it stays in the text as printed, and is not read."""

NOTE = "[{}]"
"""Round what is raised behind a figure: the mark of a footnote, no digit of it."""

FIGURE = re.compile(r"\D{0,2}\d[\d.,，]*\D{0,2}")
"""A number with its sign and its unit."""


def text_of(element: Element) -> str:
    """All text of the element, whatever inline tags carry it."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False).strip()


def shown_text(cell: Element, text: str) -> str:
    """The text of a cell with a figure of several letters, its line breaks kept.

    There may be two figures: on two lines, or one struck out, raised, or not displayed.
    """
    if _is_one_piece(cell, text):
        return text
    lines = list(cell.iter(*LINES))
    is_plain = not any(map(_is_odd, cell.iterdescendants()))
    if is_plain and not (lines and _breaks(lines, text)):
        return text
    copy = deepcopy(cell)
    if not is_plain:
        for part in filter(_is_odd, list(copy.iterdescendants())):
            _mark(part, copy)
    for line in copy.iter(*LINES):
        if line.tag != "br":
            line.text = f"\n{line.text or ''}"
        line.tail = f"\n{line.tail or ''}"
    return text_of(copy)


def _is_one_piece(cell: Element, text: str) -> bool:
    """Whether the first text in the cell is all of it, as in most cells; nothing stands beside."""
    inner = cell
    while len(inner) and (inner.text is None or inner.text.isspace()):
        inner = inner[0]
    return inner.text is not None and inner.text.strip() == text


def is_hidden(element: Element) -> bool:
    """Whether no browser shows the element, for what it says of itself."""
    style = element.get("style")
    if style is not None and "display" in style and HIDDEN.search(style):
        return True
    return element.get("hidden") is not None


def _breaks(lines: list[Element], text: str) -> bool:
    return len(lines) > 1 or lines[0].tag == "br" or text_of(lines[0]) != text


def _is_odd(part: Element) -> bool:
    """Whether the part of a cell is not printed as a figure's digits are."""
    if part.tag in ODD:
        return True
    style = part.get("style")
    if style is not None and ("display" in style or "through" in style or "super" in style):
        return True
    return part.get("hidden") is not None


def _mark(part: Element, cell: Element) -> None:
    """Put its marks round the part's text; what is hidden goes, what stands alone stays."""
    text, style = _text(part), part.get("style", "")
    is_struck = part.tag in STRUCK or "through" in style
    is_raised = part.tag == "sup" or "super" in style
    is_gone = is_hidden(part)
    if not (is_struck or is_raised or is_gone or part.tag == "select"):
        return
    part.clear(keep_tail=True)
    rest = text_of(cell)
    if is_gone or not text:
        return
    if is_struck and rest:
        part.text = STRUCK_OUT.format(text)
    elif is_raised and FIGURE.fullmatch(rest):
        part.text = NOTE.format(text.strip("[]"))
    else:
        part.text = text


def _text(part: Element) -> str:
    """The part's text; of a list to choose from the choice, which is its first where none is."""
    if part.tag != "select":
        return text_of(part)
    options = list(part.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    return next(map(text_of, [*chosen, *options]), "")
