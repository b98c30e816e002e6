"""Tables that plain text prints with pipes: whatever the manner, the same rows."""

from __future__ import annotations

import pytest

from pipeline.extract.plain import text_blocks
from pipeline.model import Paragraph, Table

ROWS = [["信息内容", "制发", "废止"], ["规章", "3", "0"], ["许可", "12"], ["处罚", "7"]]

MANNERS = {
    "framed": "| 信息内容 | 制发 | 废止 |\n| 规章 | 3 | 0 |\n| 许可 | 12 | |\n| 处罚 | 7 | |",
    "ended, padded": "信息内容 | 制发 | 废止 |\n规章 | 3 | 0 |\n许可 | 12 | ||\n处罚 | 7 | ||",
    "between": "信息内容| 制发| 废止\n---|---|---\n规章| 3| 0\n许可| 12\n处罚| 7",
    "wrapped": "|信息内容||制发||废止|\n|规章||3||0|\n|许可||12|\n|处罚||7|",
    "broken in a cell": "信息内容 | 制\n发 | 废止 |\n规章 | 3 | 0 |\n许可 | 12 |\n处罚 | 7 |",
}


@pytest.mark.parametrize("text", MANNERS.values(), ids=MANNERS)
def test_rows_are_the_same_however_pipes_are_set(text: str) -> None:
    (table,) = text_blocks(text)
    assert isinstance(table, Table)
    read = [[cell.text for cell in row if cell.text] for row in table.rows]
    assert read == ROWS


CELLS = ["规章", "3", "", "0", "许可", "12"]
IN_LINES = {
    "behind": "规章|\n3|\n|\n0|\n许可|\n12|",
    "behind, with a space": "规章 |\n3 |\n|\n0 |\n许可 |\n12 |",
    "in a line of its own": "规章\n|\n3\n|\n|\n0\n|\n许可\n|\n12\n|",
}


@pytest.mark.parametrize("text", IN_LINES.values(), ids=IN_LINES)
def test_a_cell_in_each_line_keeps_empty_cells(text: str) -> None:
    blocks = text_blocks(text)
    assert all(isinstance(block, Paragraph) for block in blocks)
    texts = [block.text.strip("|") for block in blocks if isinstance(block, Paragraph)]
    assert texts == CELLS


def test_pads_at_the_end_of_rows_tell_where_rows_end() -> None:
    text = "条文 |\n|||\n内容 |\n甲 |\n乙 |\n丙 |\n规章 |\n1 |\n2 |\n3 |\n许可 |\n4 |\n||"
    (table,) = text_blocks(text)
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["条文"],
        ["内容", "甲", "乙", "丙"],
        ["规章", "1", "2", "3"],
        ["许可", "4"],
    ]


def test_pads_are_no_empty_cells_that_figures_could_be_read_into() -> None:
    """Where the text lost the empty cells of a row, its figures belong to no column for sure."""
    text = "内容 | 甲 | 乙 | 丙 |\n规章 | 3 | 3 | ||\n许可 | 4 | |||"
    (table,) = text_blocks(text)
    assert isinstance(table, Table)
    assert [len(row) for row in table.rows] == [4, 3, 2]


def test_a_sentence_with_pipes_about_it_stays_prose() -> None:
    text = "全年公开信息12条。\n| 规章 | 3 |\n| 许可 | 4 |\n没有收费。"
    first, table, last = text_blocks(text)
    assert isinstance(first, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(last, Paragraph)
