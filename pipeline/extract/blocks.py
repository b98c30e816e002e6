"""Lines of a page, or the text of a copy -> blocks, tables numbered in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.extract.inlaid import Part, parts_of
from pipeline.extract.lines import Line, page_lines
from pipeline.extract.plain import text_blocks
from pipeline.extract.tree import body_of
from pipeline.extract.unwrap import paragraphs_of
from pipeline.model import Block, Image, Paragraph, Table


def page_blocks(lines: Iterable[Line]) -> list[Block]:
    """What the lines of a page hold."""
    blocks: list[Block] = []
    tables = 0
    for line in lines:
        if line.table is not None:
            tables += 1
            blocks.append(Table(tables, line.grid))
        elif line.image is not None:
            blocks.append(Image(line.image.get("src", ""), line.image.get("alt", "").strip()))
        else:
            blocks += map(Paragraph, paragraphs_of(line.text))
    return blocks


def copy_blocks(text: str) -> list[Block]:
    """What a text holds; its tables may be drawn, or be HTML. Cells know their line in it."""
    blocks = [block for part in parts_of(text) for block in _part_blocks(part)]
    tables = 0
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            tables += 1
            blocks[place] = _numbered(block, tables)
    return blocks


def _part_blocks(part: Part) -> Iterator[Block]:
    found = text_blocks(part.text) if not part.is_table else _inlaid(part.text)
    yield from (_moved(block, part.line) if isinstance(block, Table) else block for block in found)


def _inlaid(markup: str) -> list[Block]:
    body = body_of(markup)
    return [] if body is None else page_blocks(page_lines(body).lines)


def _moved(table: Table, lines: int) -> Table:
    """The table whose part of the text begins so many lines below the first."""
    if not lines:
        return table
    rows = (
        tuple(cell._replace(line=(cell.line or 1) + lines) for cell in row) for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _numbered(table: Table, number: int) -> Table:
    return table if table.number == number else replace(table, number=number)
