"""How much of a page is read: many times what any real report has, so that no page takes for ever.

What lies beyond is not read, and the finding `page_cut` says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

MOST_MARKUP = 8_000_000
"""Characters of source; the largest real page seen has 2 million, pictures in its text included."""

MOST_ELEMENTS = 400_000
"""Tags of a page; the largest seen, pasted from Word, has some 30,000."""

MOST_LINES = 10_000
"""A report with a cell on each line has some 1,500."""

MOST_TEXT = 1_000_000
"""Characters; the longest report seen has 40,000."""

MOST_TABLES = 500
"""A page that holds the reports of a hundred agencies has some 300."""

MOST_CELLS = 60_000
"""The three tables of a report have some 290."""

DEEPEST = 2048
"""Elements inside each other: libxml2 reads no deeper."""

LIMITS = {
    "markup": f"{MOST_MARKUP:,}",
    "elements": f"{MOST_ELEMENTS:,}",
    "lines": f"{MOST_LINES:,}",
    "text": f"{MOST_TEXT:,}",
    "tables": f"{MOST_TABLES:,}",
    "depth": f"{DEEPEST:,}",
}
"""As the finding prints them."""


def as_much_as_is_read(text: str) -> str:
    """A plain text up to the last line that is read of it."""
    ends = islice(re.finditer("\n", text[:MOST_TEXT]), MOST_LINES - 1, MOST_LINES)
    return text[: next((end.end() for end in ends), MOST_TEXT)]


class Room:
    """What of a page may still be taken in."""

    __slots__ = ("cells", "is_full", "lines", "tables", "text")

    def __init__(self) -> None:
        self.lines = MOST_LINES
        self.text = MOST_TEXT
        self.tables = MOST_TABLES
        self.cells = MOST_CELLS
        self.is_full = False
        """Whether something was left out."""

    def line(self, text: str) -> str:
        """Take in a line; what of it there is room for."""
        if not self.lines or len(text) > self.text:
            self.is_full = True
            text = text[: self.text] if self.lines else ""
        self.lines -= bool(self.lines)
        self.text -= len(text)
        return text

    def table(self, lengths: Sequence[int]) -> bool:
        """Take in a table with such texts in its cells, if there is room for all of it."""
        cells, text = len(lengths), sum(lengths)
        if not self.tables or cells > self.cells or text > self.text:
            self.is_full = True
            return False
        self.tables -= 1
        self.cells -= cells
        self.text -= text
        return True
