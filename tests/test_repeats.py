"""A body printed twice is read once; a report that quotes itself is left alone."""

from hypothesis import given
from hypothesis import strategies as st

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
