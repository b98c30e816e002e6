"""A body printed twice is read once; a report that quotes itself is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.page import extract_html
from pipeline.extract.repeats import fold_repeats
from pipeline.model import Block, Paragraph

SENTENCE = st.text("公开信息申请答复机关政务年度报告工作情况", min_size=16, max_size=40)
bodies = st.lists(SENTENCE, min_size=4, max_size=12, unique=True).map(
    lambda lines: tuple(Paragraph(line) for line in lines)
)
footers = st.lists(st.text("网站声明联系我们主办单位", min_size=1, max_size=9), max_size=4).map(
    lambda lines: tuple(Paragraph(line) for line in lines)
)


@given(body=bodies, between=footers, footer=footers, copies=st.integers(2, 4))
def test_later_copies_are_folded_with_the_furniture_between_and_after_them(
    body: tuple[Block, ...], between: tuple[Block, ...], footer: tuple[Block, ...], copies: int
) -> None:
    footer = tuple(line for line in footer if line not in between)

    folded = fold_repeats((*body, *((*between, *body) * (copies - 1)), *footer))

    assert (folded.blocks, folded.copies, folded.only_in_copies) == (body, copies, ())


@given(body=bodies, footer=footers)
def test_a_body_without_repeats_is_untouched(
    body: tuple[Block, ...], footer: tuple[Block, ...]
) -> None:
    folded = fold_repeats((*body, *footer))

    assert (folded.blocks, folded.copies) == ((*body, *footer), 1)


@given(body=bodies)
def test_folding_twice_changes_nothing_more(body: tuple[Block, ...]) -> None:
    once = fold_repeats((*body, *body)).blocks

    assert fold_repeats(once).blocks == once


@given(body=bodies)
def test_a_report_that_quotes_its_first_sentence_at_its_end_is_no_copy(
    body: tuple[Block, ...],
) -> None:
    folded = fold_repeats((*body, body[0]))

    assert (folded.blocks, folded.copies) == ((*body, body[0]), 1)


@given(body=bodies)
def test_what_only_a_later_copy_prints_is_named(body: tuple[Block, ...]) -> None:
    extra = Paragraph("这一段只出现在移动版的副本里面不应当无声消失")

    folded = fold_repeats((*body, *body, extra, *body))

    assert folded.copies == 3
    assert folded.only_in_copies == (extra.text,)


HEADINGS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")
TABLE = (
    "<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>"
    "<tr><td>行政规范性文件</td><td>{count}</td><td>1</td><td>14</td></tr></table>"
)


def body(name: str, count: int, more: str = "") -> str:
    words = (
        "渡口的公示栏搬进了候船室，坐船的人等船时就能看见。",
        "夏天发大水，值班室每两小时在门口的黑板上写一次水位。",
        "堤上立了三块牌子，写明每一段该由谁看管，电话打给谁。",
    )
    prose = "".join(
        f"<p>{heading}</p><p>{text}</p>" for heading, text in zip(HEADINGS, words, strict=True)
    )
    return (
        f'<div class="{name}">{prose}{more}{TABLE.format(count=count)}<p>{words[0]}完。</p></div>'
    )


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (body("mobile", 7), "行政规范性文件：5 / 7"),
        (
            body("mobile", 5, "<p>手机版多出一段话，说明统计口径与去年不同。</p>"),
            "手机版多出一段话",
        ),
    ],
)
def test_a_copy_in_another_element_that_differs_is_said_with_what_differs(
    second: str, said: str
) -> None:
    title = "<h1>青禾县水利局2023年政府信息公开工作年度报告</h1>"
    page = f"<html><body>{title}{body('pc', 5)}<p>扫一扫</p>{second}</body></html>"

    document = extract_html(page.encode())

    (found,) = (f for f in document.findings if f.code == "copies_differ")
    assert document.body_copies == 2
    assert said in found.message_zh


def test_copies_that_say_the_same_are_not_said_to_differ() -> None:
    page = f"<html><body>{body('pc', 5)}<p>扫一扫</p>{body('mobile', 5)}</body></html>"

    document = extract_html(page.encode())

    assert [f.code for f in document.findings] == ["body_repeated"]
