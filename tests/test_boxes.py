"""Tables set in boxes are tables; boxes that arrange a page are none."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.boxes import read_boxes
from pipeline.extract.grid import Grid
from pipeline.read import read_page

ROWS = [
    ["行政许可", "12", "", "7"],
    ["行政处罚", "3", "4", "5"],
    ["行政强制", "1", "0", ""],
]


def boxes(rows: list[list[str]], row: str = "div", cell: str = "div") -> str:
    lines = (
        f"<{row}>{''.join(f'<{cell}>{text}</{cell}>' for text in line)}</{row}>" for line in rows
    )
    return f"<div>{''.join(lines)}</div>"


def grid(markup: str) -> Grid:
    return read_boxes(html.fragment_fromstring(markup))


def texts(found: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found]


@pytest.mark.parametrize(
    ("row", "cell"),
    [("div", "div"), ("ul", "li"), ("dl", "dd"), ("li", "span"), ("div", "span")],
)
def test_boxes_in_rows_keep_their_empty_cells(row: str, cell: str) -> None:
    found = grid(boxes(ROWS, row, cell))

    assert texts(found) == ROWS
    assert [cell.column for cell in found[1]] == [1, 2, 3, 4]


def test_a_box_of_one_cell_is_a_title_among_rows() -> None:
    rows = [["第二十条第（五）项"], *ROWS]

    assert texts(grid(boxes(rows, "li", "span"))) == rows


@pytest.mark.parametrize(
    "markup",
    [
        boxes([["二、主动公开政府信息情况"], *ROWS]),  # a heading of the report
        boxes([*ROWS, ["说明", "本年的数字已经核对。", "", ""]]),  # a sentence
        boxes([*ROWS, ["<div>甲</div>", "1", "2", "3"]]),  # boxes below the cells
        boxes(ROWS).replace("<div>行政处罚", "旁注<div>行政处罚"),  # words beside them
        boxes([["首页", "新闻"], ["公开", "服务"], ["互动", "专题"]]),  # no figures
        boxes(ROWS[:2]),
    ],
)
def test_boxes_that_hold_anything_else_are_no_table(markup: str) -> None:
    assert grid(markup) == ()


def test_words_around_a_table_of_boxes_stay_prose() -> None:
    page = f"""<body><h1>青禾市教育局2022年政府信息公开工作年度报告</h1>
    <p>一、总体情况</p><p>全年公开信息31条。</p><p>二、主动公开政府信息情况</p>
    {boxes([["信息内容", "本年处理决定数量"], *([r[0], "4"] for r in ROWS * 2)])}
    <p>三、收到和处理政府信息公开申请情况</p><p>没有收到申请。</p></body>"""

    report = read_page(page.encode())

    assert [s.text for s in report.sections[:3]] == ["全年公开信息31条。", "", "没有收到申请。"]
    licensing = next(f for f in report.figures if f.id.startswith("t2.administrative_licensing"))
    assert licensing.value == 4
