"""What a table hides, strikes out or raises behind a figure is no figure of it; an article that a
page keeps for its script is one."""

from __future__ import annotations

from decimal import Decimal
from html import escape

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
        ROW.replace("<td>3", '<td style="display : none;">9</td><td>3'),
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


def test_the_row_of_widths_of_a_spreadsheet_leaves_no_trace() -> None:
    found = document(f'{ROW}<tr height=0 style="display:none"><td></td><td></td><td></td></tr>')

    assert len(texts(found)) == 1


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


def test_a_raised_figure_that_is_all_of_its_cell_stays() -> None:
    assert texts(document(ROW.replace("7<", "<sup>7</sup><")))[0][1] == "7"


REPORT = (
    f"<p>一、总体情况</p><p>{'全年公开信息。' * 60}</p><table>{ROW}</table>"
    "<p>五、存在的主要问题及改进情况</p><p>人手不足。</p>"
)
HEAD = "<body><h1>青禾市教育局2022年政府信息公开工作年度报告</h1>"


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD}<textarea>{escape(REPORT)}</textarea>",
        f"{HEAD}<noscript><img src=a.gif></noscript><noscript>{REPORT}</noscript>",
        f"{HEAD}<template>{REPORT}</template>",
        f'{HEAD}<iframe srcdoc="{escape(REPORT)}"></iframe>',
        f'{HEAD}<script type="text/xml"><record><![CDATA[{REPORT}]]></record></script>',
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
