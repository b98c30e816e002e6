"""HTML inside a text: Markdown keeps what it has no sign for, tables with spans above all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)

INLINE = re.compile(
    r"</?(?:span|div|p|br|b|strong|i|em|u|s|font|center|section|sup|sub|a|o:p|h[1-6])\b"
    r"[^<>]{0,2000}>",
    re.IGNORECASE,
)
"""Tags that say nothing of the report; no other word in angle brackets is touched: 《<条例>》."""

SPAN = re.compile(r"\[([^\[\]\n]{0,2000})\]\{[^{}\n]{0,2000}\}")
"""`[words]{style="…"}`, as pandoc keeps a span."""


class Part(NamedTuple):
    """A stretch of a text: words, or the markup of a table."""

    text: str
    is_table: bool
    line: int
    """Lines of the text above it."""


def parts_of(text: str) -> Iterator[Part]:
    """The text cut at its HTML tables; the words between them without tags."""
    at = line = 0
    for table in TABLE.finditer(text):
        yield Part(_without_tags(text[at : table.start()]), False, line)
        line += text.count("\n", at, table.start())
        yield Part(table[0], True, line)
        line += table[0].count("\n")
        at = table.end()
    yield Part(_without_tags(text[at:]), False, line)


def _without_tags(text: str) -> str:
    """The words alone; line breaks inside a tag stay, so that lines keep their numbers."""
    if "<" in text:
        text = INLINE.sub(lambda tag: "\n" * tag[0].count("\n"), text)
    if "&" in text:
        text = unescape(text)
    return SPAN.sub(r"\1", text) if "]{" in text else text
