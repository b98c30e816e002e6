"""A tree -> its lines of text, tables and images, in page order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.extract.boxes import BOXES, read_boxes
from pipeline.extract.grid import Grid, is_layout, read_grid
from pipeline.extract.text import squeeze

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th "
    "thead tr ucapcontent ul".split()
)
"""Tags that end a line; every other tag, `<o:p>` and `<st1:…>` of Word among them, is inline."""

SKIPPED = frozenset(
    "applet audio button head iframe noscript object option script select style svg template "
    "title video".split()
)
"""Tags whose text no reader of the page sees as part of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, a table or an image; `owner` is the block element that holds it."""

    owner: Element
    text: str = ""
    table: Element | None = None
    grid: Grid = ()
    image: Element | None = None


def page_lines(body: Element, *, keep_blanks: bool = False) -> list[Line]:
    """Every line of the page; layout tables are walked through, data tables are one item.

    With `keep_blanks` an empty block element is a line without text: on a page that sets a table in
    paragraphs it is an empty cell.
    """
    return list(_Walk(body, keep_blanks=keep_blanks).lines())


HIDDEN = re.compile(r"display\s*:\s*none")


def _is_hidden(table: Element) -> bool:
    """Whether no browser shows the table: it, or what wraps it alone, is not displayed."""
    parent = table.getparent()
    wraps = [table] if parent is None or len(parent) > 1 else [table, parent]
    return any(HIDDEN.search(e.get("style", "")) or "hidden" in e.attrib for e in wraps)


class _Walk:
    """One pass over the tree; no recursion, a hostile page may nest ten thousand deep."""

    def __init__(self, body: Element, *, keep_blanks: bool) -> None:
        self.body = body
        self.keep_blanks = keep_blanks
        self.owners: list[Element] = []
        self.run: list[str] = []

    def lines(self) -> Iterator[Line]:
        walk = etree.iterwalk(self.body, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                yield from self._end(element)
                continue
            yield from self._start(element)
            if element.tag in SKIPPED or (self.found is not None):
                walk.skip_subtree()

    def _start(self, element: Element) -> Iterator[Line]:
        self.found: Grid | None = None
        tag = element.tag
        if tag in BLOCKS or tag == "br":
            yield from self._flush()
        if tag in BLOCKS:
            self.owners.append(element)
        if tag == "table" and element.find(".//table") is None:
            if _is_hidden(element):
                self.found = ()
                return
            grid = read_grid(element)
            if not is_layout(grid):
                self.found = grid
                yield Line(element, table=element, grid=grid)
                return
        if tag in BOXES and (boxes := read_boxes(element)):
            self.found = boxes
            yield Line(element, table=element, grid=boxes)
            return
        if tag == "img":
            yield from self._flush()
            yield Line(self.owners[-1], image=element)
        if element.text and tag not in SKIPPED:
            yield from self._text(element.text)

    def _end(self, element: Element) -> Iterator[Line]:
        if element.tag in BLOCKS:
            if self.keep_blanks and not len(element) and not "".join(self.run).strip():
                yield Line(element)
            yield from self._flush()
            self.owners.pop()
        if element.tail and element is not self.body:
            yield from self._text(element.tail)

    def _text(self, text: str) -> Iterator[Line]:
        """Text of the current line; inside `<pre>` each line break ends one."""
        if not self.owners or self.owners[-1].tag != "pre":
            self.run.append(text)
            return
        *lines, rest = text.split("\n")
        for line in lines:
            self.run.append(line)
            yield from self._flush()
        self.run.append(rest)

    def _flush(self) -> Iterator[Line]:
        text = squeeze("".join(self.run))
        self.run.clear()
        if text:
            yield Line(self.owners[-1] if self.owners else self.body, text)
