"""The list in lines of text without a table: each line becomes a row of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.text import squeeze
from pipeline.model import Block, Cell, Paragraph, Table
from pipeline.parse.statistics.rows import UNITS, list_rows

SENTENCE = re.compile("[。；！？]")

IN_LINES = 0
"""Number of the table that stands for lines of text: real tables count from 1."""

UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
FIGURE = r"\d[\d,，]{0,14}(?:\.\d{1,6})?|[-—－/／无]"
LINE = re.compile(
    rf"(?P<label>.{{2,100}}?)[\s:：|]+(?:[（(]?(?P<unit>{UNIT})[）)]?[\s:：|]*)?"
    rf"(?P<figure>(?:{FIGURE})\s?(?:{UNIT})?)"
)
"""`当面申请数 件 3`, `当面申请数：3件`; blanks, colons and bars part the cells."""


def table_of_lines(blocks: Sequence[Block]) -> Table | None:
    """The short lines of the page as a table of one row each; None where none names a row."""
    rows = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, Paragraph) and not SENTENCE.search(block.text):
            texts = _cells(block.text)
            rows.append(tuple(Cell(text, number, n) for n, text in enumerate(texts, 1)))
    named = any(list_rows().places(row[0].text) for row in rows if row)
    return Table(IN_LINES, tuple(rows)) if named else None


def _cells(line: str) -> list[str]:
    text = squeeze(line)
    match = None if list_rows().places(text) else LINE.fullmatch(text)
    if not match:
        return [text]
    return [part for part in (match["label"], match["unit"], match["figure"]) if part]
