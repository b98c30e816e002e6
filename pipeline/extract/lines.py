"""A tree -> its lines of text, tables and images, in page order."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.extract.boxes import BOXES, read_boxes
from pipeline.extract.grid import Grid, is_layout, read_grid, texts
from pipeline.extract.limits import MOST_ELEMENTS, MOST_LINES, Room
from pipeline.extract.sheet import sheet_parts
from pipeline.extract.shown import is_hidden
from pipeline.extract.text import squeeze
from pipeline.values import value

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th "
    "thead tr ucapcontent ul".split()
)
"""Tags that end a line; every other tag, `<o:p>` and `<st1:…>` of Word among them, is inline."""

MAY_BE_TABLE = BOXES | {"table"}

SKIPPED = frozenset(
    "applet audio button head iframe noscript object option script select style svg template "
    "title video".split()
)
"""Tags whose text no reader of the page sees as part of it."""


@value
class Line:
    """A line of text, a table or an image; `owner` is the block element that holds it."""

    owner: Element
    text: str = ""
    table: Element | None = None
    grid: Grid = ()
    image: Element | None = None
    is_hidden: bool = False
    has_link: bool = False
    """Whether a part of the text leads somewhere."""


class PageLines(NamedTuple):
    """The lines of a page, and whether there are more than are read of any page."""

    lines: list[Line]
    is_cut: bool


def page_lines(body: Element, *, keep_blanks: bool = False) -> PageLines:
    """Every line of the page; layout tables are walked through, data tables are one item.

    With `keep_blanks` an empty block element is a line without text: on a page that sets a table in
    paragraphs it is an empty cell.
    """
    walk = _Walk(body, keep_blanks=keep_blanks)
    walk.go()
    return PageLines(_shown(walk.found) if walk.hides else walk.found, walk.room.is_full)


def _shown(lines: list[Line]) -> list[Line]:
    """The lines without hidden tables, where the page shows one of the same words.

    Others wait for a click on their tab.
    """
    shown = frozenset[str]().union(*(_words(line) for line in lines if not line.is_hidden))
    return [line for line in lines if not line.is_hidden or _is_news(_words(line), shown)]


def _is_news(words: frozenset[str], shown: frozenset[str]) -> bool:
    return len(words & shown) * 2 < len(words)


def _words(line: Line) -> frozenset[str]:
    """The cells of a table that are no figures."""
    return frozenset(text for text in texts(line.grid) if text and not text.isdigit())


def _is_hidden(table: Element) -> bool:
    """Whether no browser shows the table: it, or what wraps it alone, is not displayed."""
    parent = table.getparent()
    wraps = [table] if parent is None or len(parent) > 1 else [table, parent]
    return any(map(is_hidden, wraps))


class _Walk:
    """One pass over the tree; no recursion, a hostile page may nest ten thousand deep."""

    def __init__(self, body: Element, *, keep_blanks: bool) -> None:
        self.body = body
        self.keep_blanks = keep_blanks
        self.owners: list[Element] = []
        self.run: list[str] = []
        self.found: list[Line] = []
        self.room = Room()
        self.hides = False
        """Whether a table was met that is not displayed."""
        self.has_link = False
        """Whether a part of the current line leads somewhere."""

    def go(self) -> None:
        """Walk through the page, or as far as there is room for its lines."""
        walk = etree.iterwalk(self.body, events=("start", "end"))
        for events, (event, element) in enumerate(walk):
            tag = str(element.tag)
            if self.room.is_full or events > 2 * MOST_ELEMENTS:
                self.room.is_full = True
                return
            if event == "end":
                self._end(element, tag)
            elif self._start(element, tag) or tag in SKIPPED:
                walk.skip_subtree()

    def _start(self, element: Element, tag: str) -> bool:
        """Take in the element's beginning; whether all below it was taken in too."""
        if tag in BLOCKS:
            self._flush()
            self.owners.append(element)
            if tag in MAY_BE_TABLE and self._is_table(element, tag):
                return True
        elif tag == "br":
            self._flush()
        elif tag == "img":
            self._flush()
            if not self.room.is_full:
                self.room.line("")
                self.found.append(Line(self.owners[-1], image=element))
        elif tag == "a":
            self.has_link = self.has_link or "href" in element.attrib
        text = element.text
        if text and tag not in SKIPPED:
            self._text(text)
        return False

    def _is_table(self, element: Element, tag: str) -> bool:
        """Whether the element is a data table, which is one item, or layout that nobody sees."""
        is_innermost = tag == "table" and next(element.iterdescendants("table"), None) is None
        hidden = is_innermost and _is_hidden(element)
        self.hides = self.hides or hidden
        grid = read_grid(element) if is_innermost else read_boxes(element)
        lengths = list(map(len, texts(grid))) if grid else []
        if is_innermost and is_layout(grid, lengths):
            return hidden
        if grid and self.room.table(lengths):
            for part in sheet_parts(grid) or [grid]:
                if isinstance(part, str):
                    self._add(element, part)
                else:
                    new = Line(element, table=element, grid=part, is_hidden=hidden)
                    self.found.append(new)
        return bool(grid)

    def _end(self, element: Element, tag: str) -> None:
        if tag in BLOCKS:
            if self.keep_blanks and not len(element) and not "".join(self.run).strip():
                self._add(element, "")
            self._flush()
            self.owners.pop()
        tail = element.tail
        if tail and element is not self.body:
            self._text(tail)

    def _text(self, text: str) -> None:
        """Text of the current line; inside `<pre>` each line break ends one."""
        if not self.run and text.isspace():
            return
        if not self.owners or self.owners[-1].tag != "pre":
            self.run.append(text)
            return
        *lines, rest = text.split("\n")
        for line in lines[: MOST_LINES + 1]:
            self.run.append(line)
            self._flush()
        self.run.append(rest)

    def _flush(self) -> None:
        """End the current line."""
        has_link, self.has_link = self.has_link, False
        if not self.run:
            return
        text = squeeze("".join(self.run))
        self.run.clear()
        if text:
            self._add(self.owners[-1] if self.owners else self.body, text, has_link=has_link)

    def _add(self, owner: Element, text: str, *, has_link: bool = False) -> None:
        taken = self.room.line(text)
        if taken or not self.room.is_full:
            self.found.append(Line(owner, taken, has_link=has_link))
