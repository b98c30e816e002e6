"""Plain text and Markdown -> blocks: tables are runs of lines with tabs or pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.text import SENTENCE, squeeze
from pipeline.forms.sections import section_of
from pipeline.model import Block, Cell, Paragraph, Table

MARKDOWN_RULE = re.compile(r"[|\s:+-]*-{3,}[|\s:+-]*")
"""The line under a Markdown table's header."""

EMPHASIS = re.compile(r"\*\*|__|^#{1,6}\s+")

CELL_REST = 12
"""Characters of a line that can be the rest of a cell split over lines: 制作数量 has 4."""


def text_blocks(text: str) -> list[Block]:
    """Paragraphs and tables in page order; a table's cells know their line in the text."""
    blocks: list[Block] = []
    rows: list[tuple[int, list[str]]] = []
    tables = 0
    for number, line, tabular in _classified(text):
        if tabular:
            rows.append((number, _cells(line)))
            continue
        if not line.strip():
            continue
        if rows:
            tables += 1
            blocks.append(_table(tables, rows))
            rows = []
        blocks.append(Paragraph(squeeze(EMPHASIS.sub("", line))))
    return [*blocks, _table(tables + 1, rows)] if rows else blocks


def _classified(text: str) -> Iterator[tuple[int, str, bool]]:
    """Line number, line, and whether it belongs to a table.

    A cell may be split over lines: a short line between two table lines is its rest.
    """
    lines = text.splitlines()
    marks = [_is_tabular(line) for line in lines]
    for number, line in enumerate(lines):
        if MARKDOWN_RULE.fullmatch(line):
            continue
        between = not marks[number] and _is_rest(line) and _inside(marks, lines, number)
        yield number + 1, line, marks[number] or between


def _is_tabular(line: str) -> bool:
    """Tabs inside, or a tab before a short cell; or a Markdown row."""
    body = line.strip(" ")
    if body.count("|") > 1:
        return True
    return "\t" in body and not SENTENCE.search(body)


def _is_rest(line: str) -> bool:
    words = line.strip()
    return 0 < len(words) <= CELL_REST and not SENTENCE.search(words) and not section_of(words)


def _inside(marks: list[bool], lines: list[str], number: int) -> bool:
    """Whether the nearest lines with words, above and below, belong to a table."""
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip(" ")), None)
    below = next((n for n in range(number + 1, len(lines)) if lines[n].strip(" ")), None)
    return above is not None and below is not None and marks[above] and marks[below]


def _cells(line: str) -> list[str]:
    body = line.strip(" ")
    if "\t" not in body and "|" in body:
        return body.strip("|").split("|")
    one_cell = body.startswith("\t") and body.count("\t") == 1
    return [body] if one_cell else line.split("\t")


def _table(number: int, rows: list[tuple[int, list[str]]]) -> Table:
    return Table(
        number,
        tuple(
            tuple(
                Cell(EMPHASIS.sub("", text).strip(), row, column, line)
                for column, text in enumerate(cells, 1)
            )
            for row, (line, cells) in enumerate(rows, 1)
        ),
    )
