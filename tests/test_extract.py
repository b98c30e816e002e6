"""Pages by hand: what is body, what is furniture, what the page says about itself."""

from datetime import date

import pytest

from pipeline.extract.furniture import fields_in_cells, fields_in_line, is_furniture
from pipeline.extract.page import extract_html, extract_text
from pipeline.model import Document, Image, Paragraph, Table
from pipeline.read import read_page

HEADINGS = ("一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项")
NAV = "<div class=nav><a href=/>首页</a><a href=/zwgk/>政务公开</a></div>"
FOOT = "<div class=foot>主办单位：青禾县人民政府 <a>联系我们</a></div>"
PROSE = "全年通过门户网站公开各类信息一百二十八条，内容包括机构概况和财政预算。"


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{NAV}{body}{FOOT}</body></html>".encode()


def test_the_body_is_what_the_headings_have_in_common_and_nothing_around_it() -> None:
    body = "".join(f"<p>{line}</p>" for line in (HEADINGS[0], PROSE, HEADINGS[2], "无"))

    document = extract_html(page(f"<h1>标题</h1><div id=zoom>{body}</div>"))

    assert paragraphs(document) == [HEADINGS[0], PROSE, HEADINGS[2], "无"]


def test_paragraphs_separated_by_line_breaks_are_not_lost() -> None:
    body = "<br>".join((HEADINGS[0], PROSE, HEADINGS[1], "更新还不够及时。", HEADINGS[2], "无。"))

    document = extract_html(page(f"<div id=zoom>{body}</div>"))

    assert len(paragraphs(document)) == 6


def test_words_in_word_s_own_tags_are_one_line() -> None:
    date = "<span lang=EN-US>2019</span><span>年</span><o:p>1</o:p><st1:x>月</st1:x>"
    body = f"<div><p>{HEADINGS[0]}</p><p>统计期限自{date}起。</p><p>{HEADINGS[2]}</p></div>"

    assert "统计期限自2019年1月起。" in paragraphs(extract_html(page(body)))


def test_a_page_inside_one_layout_table_is_read_like_any_other() -> None:
    inner = "<table><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>2</td></tr></table>"
    body = f"<p>{HEADINGS[0]}</p><p>{PROSE}</p>{inner}<p>{HEADINGS[2]}</p><p>无。</p>"

    document = extract_html(page(f"<table><tr><td>{body}</td><td>栏目</td></tr></table>"))

    assert PROSE in paragraphs(document)
    assert [t.number for t in document.blocks if isinstance(t, Table)] == [1]


def test_a_page_without_section_headings_still_gives_its_prose_and_tables() -> None:
    table = "<table><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>2</td></tr></table>"
    body = f"<div class=content><p>{PROSE}</p><p>{PROSE[::-1]}</p>{table}<p>{PROSE * 3}</p></div>"

    document = extract_html(page(body))

    assert PROSE in paragraphs(document)
    assert any(isinstance(block, Table) for block in document.blocks)


def test_images_stay_in_their_place() -> None:
    body = f"<div><p>{HEADINGS[0]}</p><p><img src=t.png alt=表2></p><p>{HEADINGS[2]}</p></div>"

    assert extract_html(page(body)).blocks[1] == Image("t.png", "表2")


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- -->", b"\x00\x00", b"<html></html>"])
def test_an_empty_page_is_a_finding_not_an_error(body: bytes) -> None:
    assert [finding.code for finding in extract_html(body).findings] == ["page_empty"]


@pytest.mark.parametrize("cut", range(40, 2000, 173))
def test_a_page_cut_off_anywhere_is_still_read(cut: int) -> None:
    body = "".join(f"<p>{line}</p>" for line in (HEADINGS[0], PROSE, HEADINGS[2]))

    document = extract_html(page(f"<div>{body}</div>")[:cut])

    assert document.charset


def test_a_page_nested_ten_thousand_deep_is_read() -> None:
    deep = "<div>" * 10_000 + f"<p>{HEADINGS[0]}</p><p>{PROSE}</p><p>{HEADINGS[2]}</p>"

    assert extract_html(page(deep)).charset == "utf-8"


def test_government_meta_tags_win_over_what_is_printed() -> None:
    head = '<meta name="PubDate" content="2020-01-20 16:31"><meta name="Viewport" content="x">'
    body = "<h1>某县某局<br>2019年年报</h1><div>发布时间：2020-02-02 来源：办公室 字体：大 中</div>"

    fields = extract_html(page(body, head)).fields

    assert fields.published == "2020-01-20 16:31"
    assert fields.source == "办公室"
    assert fields.titles[0] == "某县某局2019年年报"
    assert fields.meta == (("PubDate", "2020-01-20 16:31"),)


def test_an_info_line_without_blanks_gives_its_fields() -> None:
    line = "【打印】【字体：大 中 小】时间：2020-01-23 10:12来源：云江省机关事务管理局分享："

    assert fields_in_line(line) == {
        "published": "2020-01-23 10:12",
        "source": "云江省机关事务管理局",
    }


def test_an_index_table_gives_its_fields_and_an_empty_one_none() -> None:
    cells = ["索引号", "11990702/2023-1", "文号", "", "发布机构", "某局", "发布日期", "2023-01-11"]

    assert fields_in_cells(cells) == {
        "index_number": "11990702/2023-1",
        "source": "某局",
        "published": "2023-01-11",
    }


@pytest.mark.parametrize(
    "line",
    [
        "发布时间： 2020-01-20",
        "【打印】 【关闭】",
        "上一篇：没有了",
        "【编辑: 甲乙】",
        "•  来源: 厅办公室",
    ],
)
def test_furniture_lines_are_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", ["无", PROSE, "2020年1月18日", "来源于各处室的信息均已公开。"])
def test_lines_of_a_report_are_not_taken_for_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_text_with_a_cell_per_line_is_one_table() -> None:
    cells = "\t信息内容\n\t本年新\n\n制作数量\n\n\t规章\n\t0\n"
    text = f"一、总体情况\n\n{cells}\n六、其他需要报告的事项\n"

    blocks = extract_text(text.encode()).blocks

    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [cell.text for row in table.rows for cell in row if cell.text][-2:] == ["规章", "0"]
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == [
        "一、总体情况",
        "六、其他需要报告的事项",
    ]


def test_a_markdown_table_is_a_table() -> None:
    text = f"# 标题\n\n{PROSE}\n\n| 信息内容 | 数量 |\n| --- | --- |\n| 规章 | 0 |\n"

    (table,) = (b for b in extract_text(text.encode()).blocks if isinstance(b, Table))

    assert [[cell.text for cell in row] for row in table.rows] == [
        ["信息内容", "数量"],
        ["规章", "0"],
    ]
    assert table.rows[1][1].line == 7


def test_a_page_that_begins_with_its_table_keeps_its_prose() -> None:
    table = "<table><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>2</td></tr></table>"

    document = extract_html(f"<html><body>{table}<p>{PROSE * 4}</p></body></html>".encode())

    assert paragraphs(document) == [PROSE * 4]


def test_a_title_in_two_paragraphs_is_found_as_in_a_text() -> None:
    lines = ("青禾市人民政府2016年", "政府信息公开工作年度报告", "一、概述")
    html = page("".join(f"<p>{line}</p>" for line in lines))

    assert extract_html(html).fields.titles[:2] == lines[:2]


def test_the_agency_above_a_bare_title_stays_above_it() -> None:
    bare = "关于2021年度政府信息公开工作的年度报告"
    html = page(f"<p>{bare}</p><p>柳湾镇人民政府</p><p>{bare}</p><p>一、总体情况</p>")

    assert extract_html(html).fields.titles[-2:] == ("柳湾镇人民政府", bare)


def test_readings_are_left_out_where_they_are_the_page_s_manner() -> None:
    text = "规(guī)章 0 0 0\n数(shù)据，统(tǒng)计。"
    document = extract_text(text.encode())

    assert [finding.code for finding in document.findings] == ["readings_in_text"]
    assert "规章" in str(document.blocks)
    assert extract_text("行(háng)业".encode()).findings == ()


def test_an_info_line_with_pipes_gives_its_fields_in_a_text_too() -> None:
    line = "作者: | 来源:本网 | 时间:2022-01-07 点击数:-"
    text = f"柳湾镇2021年政府信息公开工作年度报告\n\n{line}\n\n一、总体情况"
    fields = extract_text(text.encode()).fields

    assert (fields.published, fields.source) == ("2022-01-07", "本网")


def test_an_info_line_in_traditional_characters_gives_its_fields() -> None:
    line = "發布時間: 2024-03-31 18:46 來源: 青禾縣教育局"

    assert fields_in_line(line) == {"published": "2024-03-31 18:46", "source": "青禾县教育局"}
    assert fields_in_cells(["發文日期", "2024-02-21"]) == {"published": "2024-02-21"}


def test_a_heading_at_the_beginning_of_its_paragraph_stands_alone() -> None:
    page = (
        "<p>一、总体情况。全年公开信息31条，都已办结。</p><p>三、收到和处理政府信息公开申请情况</p>"
    )
    found = extract_html(f"<body>{page}<p>没有收到申请。</p></body>".encode())

    assert [block.text for block in found.blocks if isinstance(block, Paragraph)][:2] == [
        "一、总体情况",
        "全年公开信息31条，都已办结。",
    ]


@pytest.mark.parametrize(
    ("below", "published"),
    [
        ("<div class=info>2021-01-19</div>", "2021-01-19"),
        ("<span>字体</span><div>2021/1/9 09:31</div>", "2021/1/9 09:31"),
        ("<p>一、总体情况</p><p>见表。</p><p>无。</p><p>2021-01-19</p>", None),
        ("<p>2021年1月19日</p>", None),
    ],
)
def test_a_date_alone_below_the_headline_is_that_of_publication(
    below: str, published: str | None
) -> None:
    title = "青禾市教育局2020年政府信息公开工作年度报告"
    found = extract_html(f"<body><h1>{title}</h1>{below}<p>正文。</p></body>".encode())

    assert found.fields.published == published


def test_a_date_before_the_source_is_that_of_publication() -> None:
    assert fields_in_line("2024年01月26日来源:于家局 【字体: 】 打印") == {
        "published": "2024年01月26日",
        "source": "于家局",
    }


def test_a_label_on_one_line_names_the_next_in_a_text() -> None:
    lines = (
        "柳湾镇2024年政府信息公开工作年度报告",
        "撰写时间",
        "2025年01月13日 14:50",
        "来源",
        "柳湾镇",
    )
    fields = extract_text("\n".join((*lines, "一、总体情况", "照常公开。")).encode()).fields

    assert (fields.published, fields.source) == ("2025年01月13日 14:50", "柳湾镇")


@pytest.mark.parametrize(
    ("end", "published"),
    [
        ("2021-01-20", date(2021, 1, 20)),
        ("2021-01-20 10:12", date(2021, 1, 20)),
        ("青禾市信访局\n2021年1月18日\n2021/1/20", date(2021, 1, 20)),
        ("青禾市信访局\n2021年1月18日", None),
        ("2021-01-20\n2021-01-22", None),
        ("打印日期 2021-01-20", None),
    ],
)
def test_a_date_alone_at_the_end_is_that_of_publication_and_a_signature_s_is_none(
    end: str, published: date | None
) -> None:
    title = "青禾市信访局2020年政府信息公开工作年度报告"
    text = f"{title}\n一、总体情况\n全年平稳。\n六、其他需要报告的事项\n无。\n{end}"

    assert read_page(text.encode(), content_type="text/plain").published_on == published


def test_a_date_that_the_page_names_comes_before_one_at_its_end() -> None:
    text = "信访局2020年政府信息公开工作年度报告\n发布时间：2021-01-19\n一、总体情况\n2021-01-20"

    assert str(read_page(text.encode(), content_type="text/plain").published_on) == "2021-01-19"
