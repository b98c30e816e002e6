"""Plain text and Markdown -> blocks: tables are runs of lines with tabs, or with pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.drawn import drawn_regions, drawn_rows
from pipeline.extract.numbers_apart import joined_numbers
from pipeline.extract.pipes import MARKDOWN_RULE, Piece, pieces, pipe_regions
from pipeline.extract.stutter import without_stutter
from pipeline.extract.tabbed import joined_cells, single_tabs
from pipeline.extract.text import SENTENCE, squeeze
from pipeline.extract.unwrap import unwrapped
from pipeline.forms.sections import section_of
from pipeline.model import Block, Cell, Image, Paragraph, Table

EMPHASIS = re.compile(r"\*\*|__|^#{1,6}\s+")

HEADING = re.compile(r"#{1,6}\s")

ESCAPED = re.compile(r"\\(?=[-.*_()\[\]#+!~<>])")
"""What Markdown puts before a sign that is meant: `\\-9`. A lone one is a way to print nothing."""

CELL_REST = 12
"""Characters of a line that can be the rest of a cell split over lines: 制作数量 has 4."""


PICTURE = re.compile(
    r"(?:说明|描述|图片|插图)\s*[:：]\s*\S{0,20}(?:表\s*[\d一二三四]|统计表|情况表)\S{0,20}"
)
"""What Word writes for an image that text cannot show: 说明: 表2-1(1)依申请公开."""


def is_markdown(text: str) -> bool:
    """Whether its marks are meant: a rule below a table's header, or a heading."""
    return any(MARKDOWN_RULE.fullmatch(line) or HEADING.match(line) for line in text.splitlines())


def text_blocks(text: str) -> list[Block]:
    """Paragraphs and tables in page order; a table's cells know their line in the text."""
    blocks: list[Block] = []
    rows: list[Piece] = []
    printed = joined_numbers(without_stutter([*unwrapped(ESCAPED.sub("", text).splitlines())]))
    lines = joined_cells(single_tabs(printed))
    gaps = {number + 1 for number, line in enumerate(lines, 1) if not line.strip(" \u3000")}
    tables = 0
    for piece in _pieces(lines):
        if piece.is_row:
            rows.append(piece)
            continue
        if rows:
            tables += 1
            blocks.append(_table(tables, rows, gaps))
            rows = []
        words = squeeze(EMPHASIS.sub("", piece.cells[0]))
        blocks.append(Image("", words) if PICTURE.fullmatch(words) else Paragraph(words))
    return [*blocks, _table(tables + 1, rows, gaps)] if rows else blocks


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    """Paragraphs, and rows of tables. Pipes make a table by themselves, tabs line by line."""
    drawn = {region.start: region for region in drawn_regions(lines)}
    regions = {region.start: region for region in pipe_regions(lines)}
    marks = [_is_tabular(line) for line in lines]
    number = 0
    while number < len(lines):
        if number in drawn:
            yield from drawn_rows(lines, drawn[number])
            number = drawn[number].stop
            continue
        if number in regions:
            yield from pieces(lines, regions[number])
            number = regions[number].stop
            continue
        line = lines[number]
        if marks[number] or (_is_rest(line) and _inside(marks, lines, number)):
            yield Piece(number, tuple(_cells(line)), is_row=True)
        elif line.strip() and not MARKDOWN_RULE.fullmatch(line):
            yield Piece(number, (line,), is_row=False)
        number += 1


def _is_tabular(line: str) -> bool:
    """Tabs inside, or a tab before a short cell."""
    body = line.strip(" ")
    return "\t" in body and not SENTENCE.search(body)


def _is_rest(line: str) -> bool:
    words = line.strip()
    return 0 < len(words) <= CELL_REST and not SENTENCE.search(words) and not section_of(words)


def _inside(marks: Sequence[bool], lines: Sequence[str], number: int) -> bool:
    """Whether the nearest lines with words, above and below, belong to a table."""
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip(" ")), None)
    below = next((n for n in range(number + 1, len(lines)) if lines[n].strip(" ")), None)
    return above is not None and below is not None and marks[above] and marks[below]


def _cells(line: str) -> list[str]:
    body = line.strip(" ")
    one_cell = body.startswith("\t") and body.count("\t") == 1
    return [body] if one_cell else line.split("\t")


def _columns(piece: Piece) -> Sequence[int]:
    first = 1 + piece.pads
    return piece.columns or range(first, first + len(piece.cells))


def _table(number: int, rows: Sequence[Piece], gaps: set[int]) -> Table:
    """A table of rows; the cells of a row with pads stand in its last columns."""
    return Table(
        number,
        tuple(
            tuple(
                Cell(EMPHASIS.sub("", text).strip(), row, column, piece.line + 1)
                for column, text in zip(_columns(piece), piece.cells, strict=True)
            )
            for row, piece in enumerate(rows, 1)
        ),
        tuple(row for row, piece in enumerate(rows, 1) if row > 1 and piece.line + 1 in gaps),
    )
