"""Text that tools made of a page: browsers, converters, readers of PDF files."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pipeline.extract.blocks import copy_blocks
from pipeline.model import CellState, Report, Table
from pipeline.read import read_page

ROWS = [["信息内容", "制发", "废止"], ["规章", "3", "0"], ["许可", "12", ""], ["处罚", "", "7"]]
MANNERS = {
    "a tab in a line of its own": (
        "信息内容\n\n\t\n\n制\n发\n\n\t\n\n废止\n\n\n\n规章\n\n\t\n\n3\n\n\t\n\n0\n\n\n\n"
        "许可\n\n\t\n\n12\n\n\t\n\n\n\n处罚\n\n\t\n\n\t\n\n7"
    ),
    "boxes": (
        "┌────────┬────┬────┐\n│信息内容│制发│废止│\n├────────┼────┼────┤\n│规章    │3   │0   │\n"
        "├────────┼────┼────┤\n│许可    │12  │    │\n├────────┼────┼────┤\n│处      │    │7   │\n"
        "│罚      │    │    │\n└────────┴────┴────┘"
    ),
    "rules between rows": (
        "+----------+------+------+\n| 信息内容 | 制发 | 废止 |\n+==========+======+======+\n"
        "| 规章     | 3    | 0    |\n+----------+------+------+\n| 许可     | 12   |      |\n"
        "+----------+------+------+\n| 处罚     |      | 7    |\n+----------+------+------+"
    ),
    "rules round the table alone": (
        "+----------+------+------+\n| 信息内容 | 制发 | 废止 |\n+----------+------+------+\n"
        "| 规章     | 3    | 0    |\n+----------+------+------+\n| 许可     | 12   |      |\n"
        "+----------+------+------+\n| 处罚     |      | 7    |\n+----------+------+------+"
    ),
    "HTML in Markdown": (
        "# 报告\n\n<table><tr><td>信息内容</td><td>制发</td><td>废止</td></tr>\n"
        "<tr><td>规章</td><td>3</td><td>0</td></tr>\n<tr><td>许可</td><td>12</td><td></td></tr>\n"
        "<tr><td>处罚</td><td></td><td>7</td></tr></table>\n\n末段。"
    ),
}
HEADINGS = {
    "t2": "二、主动公开政府信息情况",
    "t3": "三、收到和处理政府信息公开申请情况",
    "t4": "四、政府信息公开行政复议、行政诉讼情况",
}
FIRST_ROWS = (
    "第二十条第（一）项\n信息内容\n本年制发件数 本年废止件数 现行有效件数\n"
    "规章 0 0 0\n行政规范性文件 2 0 5"
)
RESULTS = (
    "行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n"
)


def tables(text: str) -> list[Table]:
    return [block for block in copy_blocks(text) if isinstance(block, Table)]


def read(*lines: str) -> Report:
    text = "\n".join(("云台县统计局2022年政府信息公开工作年度报告", *lines))
    return read_page(text.encode(), content_type="text/plain")


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("text", MANNERS.values(), ids=MANNERS)
def test_rows_are_the_same_whatever_tool_printed_them(text: str) -> None:
    (table,) = tables(text)
    assert [[cell.text for cell in row] for row in table.rows] == ROWS


def test_a_tab_between_two_lines_binds_them_where_no_line_is_empty() -> None:
    (table,) = tables("内容\n\t\n制发\n\t\n废止\n规章\n\t\n3\n\t\n0\n许可\n\t\n12\n\t\n1")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["内容", "制发", "废止"],
        ["规章", "3", "0"],
        ["许可", "12", "1"],
    ]


def test_a_row_below_a_row_needs_no_rule_between_them() -> None:
    text = "+----+---+---+\n| 甲 | 1 | 2 |\n| 乙 | 3 | 4 |\n+----+---+---+"
    (table,) = tables(text)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["甲", "1", "2"],
        ["乙", "3", "4"],
    ]


def test_a_cell_of_a_table_in_markdown_knows_its_line() -> None:
    (table,) = tables("第一行\n第二行\n<table>\n<tr><td>规章</td><td>3</td></tr>\n</table>")
    assert table.rows[0][1].line == 4


def test_a_title_in_angle_brackets_is_no_tag() -> None:
    (paragraph,) = copy_blocks("按照<政府信息公开条例>和<b>上级</b>要求。")
    assert paragraph.text == "按照<政府信息公开条例>和上级要求。"  # type: ignore[union-attr]


def test_figures_that_stand_before_the_names_of_their_rows_are_not_read() -> None:
    report = read(HEADINGS["t2"], FIRST_ROWS, "本年处理决定数量", "41", "行政许可", "8", "行政处罚")
    figures = {figure.id: figure for figure in report.figures}
    assert figures["t2.administrative_licensing.decisions_count"].state is CellState.UNREADABLE
    assert "figures_before_rows" in codes(report)


def test_fifteen_results_of_which_hardly_any_add_up_are_in_another_order() -> None:
    right = "1 2 0 1 4 2 0 1 0 3 1 0 0 2 3"
    lines = (HEADINGS["t2"], FIRST_ROWS, HEADINGS["t4"])
    read_right = read(*lines, RESULTS + right)
    read_wrong = read(*lines, RESULTS + " ".join(right.split()[::-1]))
    total = "t4.litigation_direct.total"
    assert {f.id: f.value for f in read_right.figures}[total] == 3
    assert {f.id: f.state for f in read_wrong.figures}[total] is CellState.UNREADABLE


def test_two_labels_in_one_cell_name_no_row() -> None:
    row = "（七）总计四、结转下年度继续办理\t9\t0\t0\t0\t0\t0\t9"
    first = "一、本年新收政府信息公开申请数量\t9\t0\t0\t0\t0\t0\t9"
    figures = {f.id: f for f in read(HEADINGS["t3"], first, row).figures}
    assert figures["t3.new_received.total"].value == 9
    assert figures["t3.carried_out.total"].value is None
    assert figures["t3.processed_total.total"].value is None


@pytest.mark.parametrize(
    "title",
    [
        "标题 云台县统计局2022年政府信息公开工作年度报告",
        "标 题： 云台县统计局2022年政府信息公开工作年度报告",
        "名称：云台县统计局2022年政府信息公开工作年度报告",
        "=== 云台县统计局2022年政府信息公开工作年度报告",
        "云台县统计局2022年政府信息公开工作年度报告 云台县统计局2022年政府信息公开工作年度报告",
    ],
)
def test_what_stands_round_a_title_is_no_part_of_the_agency(title: str) -> None:
    text = f"{title}\n一、总体情况\n全年公开信息12条。\n{HEADINGS['t2']}\n{FIRST_ROWS}"
    report = read_page(text.encode(), content_type="text/plain")
    assert report.agency == "云台县统计局"
    assert not (report.title or "").startswith(("标", "名"))


def test_a_name_with_other_words_in_it_is_said_to_be_doubtful() -> None:
    text = f"云台县统计局索引号2022年政府信息公开工作年度报告\n{HEADINGS['t2']}\n{FIRST_ROWS}"
    assert "agency_garbled" in codes(read_page(text.encode(), content_type="text/plain"))


def test_a_page_is_read_alike_in_every_process() -> None:
    """Sets of words have another order in each: no reading may hang on it."""
    script = (
        "from crawlers.practice.corpus.documents import documents\n"
        "from hashlib import sha256\n"
        "from pipeline.read import read_page\n"
        "some = [d for d in documents() if d.shape in {'wrapped', 'layout', 'displaced'}][::3]\n"
        "read = [repr(read_page(d.body, content_type='text/plain')) for d in some]\n"
        "print(len(some), sha256(''.join(read).encode()).hexdigest())\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert int(printed.pop().split()[0]) >= 5


def test_figures_above_the_first_name_are_of_no_row_that_follows() -> None:
    """Each row's name stands below its figures: those behind a name are the next row's."""
    rows = ("0", "0", "0", "规章", "3", "1", "9", "规范性文件", "第二十条第（五）项")
    report = read(HEADINGS["t2"], "第二十条第（一）项", "本年制发件数", "废止", *rows)
    figures = {figure.id: figure for figure in report.figures}
    assert figures["t2.regulations.issued_count"].value is None
    assert "figures_before_rows" in codes(report)


def test_figures_of_two_rows_behind_both_names_may_stand_column_by_column() -> None:
    """0 25 0 26 0 19 is 0 0 0 and 25 26 19, or 0 25 0 and 26 0 19: nobody can say."""
    names = ("第二十条第（一）项", "本年制发件数 本年废止件数 现行有效件数", "规章", "规范性文件")
    by_columns = read(HEADINGS["t2"], *names, *"0 25 0 26 0 19".split())
    by_rows = read(HEADINGS["t2"], *names, *"0 0 0 25 26 19".split())
    issued = "t2.normative_documents.issued_count"
    assert {f.id: f.value for f in by_columns.figures}[issued] is None
    assert {f.id: f.value for f in by_rows.figures}[issued] == 25


def test_the_last_figure_of_a_row_may_stand_on_the_next_line() -> None:
    (table,) = tables("甲| 乙| 丙\n---|---|---\n规章| 3|\n**7**\n许可| 4| 5")
    assert [[cell.text for cell in row] for row in table.rows][1] == ["规章", "3", "7"]


def test_several_figures_in_a_cell_are_those_of_several_columns_where_they_add_up() -> None:
    new = "一、本年新收政府信息公开申请数量"
    lines = (
        f"| {new} | | | 7 2 | 1 2 | 1 2 | 15 |",
        "| 二、上年结转政府信息公开申请数量 | 0 | | 7 2 | 1 2 | 1 | 0 | 16 |",
    )
    report = read(HEADINGS["t3"], *lines)
    figures = {figure.id: figure for figure in report.figures}
    assert figures["t3.new_received.natural_person"].value == 7
    assert figures["t3.new_received.other_org"].value == 2
    assert figures["t3.carried_in.natural_person"].state is CellState.UNREADABLE


def test_a_figure_broken_over_two_lines_is_one_where_the_row_then_adds_up() -> None:
    first = "一、本年新收政府信息公开申请数量\n1200\n0\n0\n0\n0\n14\n5\n1345"
    zeros = "\n0" * 7
    rest = f"二、上年结转政府信息公开申请数量{zeros}\n3.补正后申请内容仍不明确{zeros}"
    report = read(HEADINGS["t3"], first, rest)
    figures = {figure.id: figure for figure in report.figures}
    assert figures["t3.new_received.other_org"].value == 145
    assert "figure_broken" in codes(report)


def test_a_row_of_two_lines_that_does_not_add_up_is_not_read() -> None:
    """4 8 8 6 1 is the rest of a figure whose beginning stands above the label's line."""
    rows = (
        "一、本年新收政府信息公开申请数量 3344 306 42 25 28 4886",
        "8",
        "二、上年结转政府信息公开申请数量 2 0 0 0 0 0 2",
        "3.补正后申请内容仍不明确 0 0 0 0 0 0 0",
        "1.属于国家秘密 0 0 0 0 0 0 0",
    )
    figures = {f.id: f for f in read(HEADINGS["t3"], *rows).figures}
    assert figures["t3.new_received.total"].state is CellState.UNREADABLE
    assert figures["t3.carried_in.total"].value == 2


def test_numbers_in_lines_of_their_own_are_put_back_into_their_sentences() -> None:
    overview = (
        "一、总体情况\n全年通过门户网站公开信息\n1286\n条，其中公告\n40\n条。\n"
        "统计期限自\n2022\n年\n1\n月\n1\n日起，至\n12\n月\n31\n日止。\n"
    )
    report = read(overview, HEADINGS["t2"], FIRST_ROWS)
    website = [fact.value for fact in report.facts if fact.id == "n.proactive.website"]
    assert website == [1286]
    section = next(each for each in report.sections if each.id == "overview")
    assert "统计期限自2022年1月1日起，至12月31日止。" in section.text


def test_figures_in_lines_of_their_own_stay_cells() -> None:
    rows = "规章\n0\n0\n0\n行政规范性文件\n2\n0\n5\n"
    report = read(HEADINGS["t2"], "本年制发件数\n本年废止件数\n现行有效件数", rows)
    figures = {figure.id: figure.value for figure in report.figures}
    assert figures["t2.normative_documents.in_force_count"] == 5


def test_a_torn_label_says_nothing_of_fees() -> None:
    rows = ("（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费", "0 0 0 0 0 0 0", "用、不再处理")
    assert "n.fee_cny" not in {fact.id for fact in read(HEADINGS["t3"], *rows).facts}


def test_the_first_line_of_a_torn_preface_is_part_of_it() -> None:
    text = "按条例第五十条，本局把2022年的公开工作分六个方面说明，所列数字截至2022\n年12月31日。"
    report = read(text, "一、总体情况", "全年公开信息12条。", HEADINGS["t2"], FIRST_ROWS)
    preface = next(section.text for section in report.sections if section.id == "preface")
    assert preface.startswith("按条例第五十条")
