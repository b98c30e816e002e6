"""What a table hides, strikes out or raises behind a figure is no figure of it; an article that a
page keeps for its script is one."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from urllib.parse import quote

import pytest

from pipeline.extract.page import extract_html
from pipeline.model import CellState, Document, Paragraph, Table
from pipeline.parse.numbers import read_number

ROW = "<tr><td>行政许可</td><td>7</td><td>3</td></tr>"


def document(rows: str) -> Document:
    return extract_html(f"<body><p>一</p><table>{rows}</table></body>".encode())


def texts(found: Document) -> list[list[str]]:
    table = next(block for block in found.blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    "rows",
    [
        f'{ROW}<tr style="display:none"><td>行政许可</td><td>9</td><td>9</td></tr>',
        f"{ROW}<tr HIDDEN><td>行政许可</td><td>9</td><td>9</td></tr>",
        ROW.replace("<td>3", '<td style="display : none;"></td><td>3'),
        ROW.replace("7<", '7<span style="color:red;display: none">9</span><'),
        ROW.replace("7<", "<div><i hidden=''>9</i>7</div><"),
    ],
)
def test_what_is_not_displayed_is_left_out(rows: str) -> None:
    found = document(rows)

    assert texts(found) == [["行政许可", "7", "3"]]


def test_a_hidden_row_that_the_table_shows_nowhere_else_is_kept() -> None:
    found = document(f'{ROW}<tr style="display:none"><td>行政处罚</td><td>9</td><td>4</td></tr>')

    assert texts(found)[1] == ["行政处罚", "9", "4"]


@pytest.mark.parametrize(
    "struck",
    [
        "<s>5</s>",
        "<DEL>5</DEL>",
        "<strike>5</strike>",
        "<b style='text-decoration:line-through'>5</b>",
    ],
)
def test_a_figure_struck_out_beside_another_is_marked_and_not_read(struck: str) -> None:
    found = document(ROW.replace("7<", f"{struck}7<"))

    assert texts(found) == [["行政许可", "[删5]7", "3"]]
    assert read_number("[删5]7") == (CellState.REPORTED, Decimal(7))


def test_a_figure_struck_out_alone_stays() -> None:
    found = document(ROW.replace("7<", "<s>7</s><"))

    assert texts(found)[0][1] == "7"


@pytest.mark.parametrize(
    ("raised", "printed"),
    [
        ("<sup>1</sup>", "7[1]"),
        ("<SUP>①</SUP>", "7[①]"),
        ('<a><span style="vertical-align: super">[1]</span></a>', "7[1]"),
    ],
)
def test_the_mark_of_a_footnote_is_no_digit_of_the_figure_before_it(
    raised: str, printed: str
) -> None:
    assert texts(document(ROW.replace("7<", f"7{raised}<"))) == [["行政许可", printed, "3"]]
    assert read_number(printed) == (CellState.REPORTED, Decimal(7))


def test_of_a_list_to_choose_from_the_choice_is_read() -> None:
    choice = "<select><option>0</option><option selected>7</option><option>79</option></select>"
    first = choice.replace(" selected", "")
    rows = ROW.replace("<td>7", f"<td>{choice}").replace("<td>3", f"<td>{first}")

    assert texts(document(rows)) == [["行政许可", "7", "0"]]


def test_a_field_that_nobody_sees_fills_no_cell() -> None:
    hidden = '<input type="hidden" value="9"><input type="checkbox" value="1">'

    assert texts(document(ROW.replace("7<", f"{hidden}<"))) == [["行政许可", "", "3"]]


@pytest.mark.parametrize(
    ("shown", "tables"), [(f"<table>{ROW}<tr><td>行政处罚</td><td>1</td></tr></table>", 1), ("", 2)]
)
def test_a_hidden_table_is_left_out_where_one_of_its_words_is_shown(
    shown: str, tables: int
) -> None:
    other = "<table><tr><td>结果维持</td><td>总计</td></tr><tr><td>2</td><td>2</td></tr></table>"
    hidden = f'<div style="display:none"><table>{ROW}</table></div>'
    found = extract_html(f"<body><p>一</p>{shown}{hidden}{other}</body>".encode())

    assert sum(isinstance(block, Table) for block in found.blocks) == tables + bool(shown)


def test_headings_and_prose_of_a_report_in_one_table_are_no_cells() -> None:
    rows = (
        "<tr><td colspan=3>一、总体情况</td></tr><tr><td colspan=3>全年公开信息9条。</td></tr>"
        "<tr><td colspan=3>二、主动公开政府信息情况</td></tr>"
        f"<tr><td colspan=3>第二十条第（五）项</td></tr>{ROW}"
        "<tr><td colspan=3>五、存在的主要问题及改进情况</td></tr>"
    )
    found = document(rows)

    assert texts(found) == [["第二十条第（五）项"], ["行政许可", "7", "3"]]
    assert [b.text for b in found.blocks if isinstance(b, Paragraph)][-1].startswith("五、")


def test_a_raised_figure_that_is_all_of_its_cell_stays() -> None:
    assert texts(document(ROW.replace("7<", "<sup>7</sup><")))[0][1] == "7"


REPORT = (
    f"<p>一、总体情况</p><p>{'全年公开信息。' * 60}</p><table>{ROW}</table>"
    "<p>五、存在的主要问题及改进情况</p><p>人手不足。</p>"
)


def escaped_for_an_address(text: str) -> str:
    return "".join(f"%u{ord(c):04X}" if ord(c) > 255 else quote(c) for c in text)


HEAD = "<body><h1>青禾市教育局2022年政府信息公开工作年度报告</h1>"


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD}<textarea>{escape(REPORT)}</textarea>",
        f"{HEAD}<noscript><img src=a.gif></noscript><noscript>{REPORT}</noscript>",
        f"{HEAD}<template>{REPORT}</template>",
        f'{HEAD}<iframe srcdoc="{escape(REPORT)}"></iframe>',
        f'{HEAD}<script type="text/xml"><record><![CDATA[{REPORT}]]></record></script>',
        f"{HEAD}<script>// don't\nvar a = '{REPORT.replace('/', chr(92) + '/')}';</script>",
        f"{HEAD}<script>show(`{REPORT}`)</script>",
        f'{HEAD}<script>show(decodeURIComponent("{quote(REPORT)}"))</script>',
        f'{HEAD}<script>show(unescape("{escaped_for_an_address(REPORT)}"))</script>',
    ],
)
def test_an_article_that_a_page_keeps_for_its_script_is_read(page: str) -> None:
    found = extract_html(page.encode())

    assert texts(found) == [["行政许可", "7", "3"]]
    assert sum(isinstance(block, Paragraph) for block in found.blocks) >= 3


def test_a_list_that_a_page_keeps_for_its_script_is_no_article() -> None:
    rows = "".join(
        f"<p>青禾市教育局{year}年政府信息公开工作年度报告</p>" for year in range(2000, 2025)
    )
    page = f'{HEAD}<script type="text/xml"><record><![CDATA[{rows}]]></record></script>'

    assert len(extract_html(page.encode()).blocks) == 1
