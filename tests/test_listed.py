"""One list while its pages come in, and which columns below it are worth a visit."""

from __future__ import annotations

import pytest

from crawlers.families.base import Ask, Link, Listing
from crawlers.listed import ListRun, Lists, may_hold, title_of
from crawlers.titles import Title

FIRST = Ask("https://a.gov.cn/nb/")


def page(*names: str, total: int | None = None) -> Listing:
    return Listing(tuple(Link(f"https://a.gov.cn/{name}.html", name) for name in names), (), total)


@pytest.mark.parametrize(
    ("text", "url", "years", "holds"),
    [
        ("2023年", "https://a.gov.cn/nb/2023n/", {2023}, True),
        ("2023年", "https://a.gov.cn/nb/2023n/", {2022}, True),  # published in 2023
        ("2023年", "https://a.gov.cn/nb/2023n/", {2021, 2024}, False),
        ("部门年报", "https://a.gov.cn/2010zfxxgk/2025/", {2024}, True),
        ("部门年报", "https://a.gov.cn/2010zfxxgk/2025/", {2010}, False),
        ("部门年报", "https://a.gov.cn/nb/bm_109815/", {2010}, True),
    ],
)
def test_a_column_below_is_followed_for_the_years_it_can_hold(
    text: str, url: str, years: set[int], *, holds: bool
) -> None:
    assert may_hold(Link(url, text), frozenset(years)) is holds


@pytest.mark.parametrize("text", ["2018年", "2018年度", "2018年年报", "2018年度报告.pdf"])
def test_a_year_that_leads_to_a_file_is_the_report_of_that_year(text: str) -> None:
    file, page = (Link(f"https://a.gov.cn/nb/{name}", text) for name in ("P1.pdf", "2018n/"))

    assert title_of(file, None, lists_agencies=False) == Title(True, (2018,))
    assert not title_of(page, None, lists_agencies=False).is_report


def test_a_page_that_brings_no_new_row_ends_a_list() -> None:
    run = ListRun("trs", FIRST)

    assert [run.adds(page(*names)) for names in ("ab", "bc", "ab", "")] == [
        True,
        True,
        False,
        False,
    ]


def test_each_page_is_asked_for_once_and_no_list_for_ever() -> None:
    run = ListRun("trs", FIRST)
    asked = [run.may_ask(Ask(f"https://a.gov.cn/{number % 500}")) for number in range(1000)]

    assert sum(asked) == 201
    assert run.is_endless


def test_each_list_is_begun_once_and_no_whole_site_is_walked_below_a_column() -> None:
    lists = Lists()
    asks = [Ask(f"https://a.gov.cn/bm{number % 400}/") for number in range(800)]
    begun = [lists.may_begin(ask) for ask in asks if not lists.is_endless]

    assert sum(begun) == 301
    assert lists.is_endless
    assert not lists.may_begin(asks[-1])


@pytest.mark.parametrize(
    ("total", "rows", "pages_out", "said"),
    [(3, "ab", 0, "3 rows and gave 2"), (2, "ab", 0, ""), (None, "ab", 0, ""), (3, "ab", 1, "")],
    ids=["short", "whole", "nothing promised", "a page is still out"],
)
def test_a_list_that_gave_fewer_rows_than_it_promised_says_so_at_its_end(
    total: int | None, rows: str, pages_out: int, said: str
) -> None:
    run = ListRun("trs", FIRST, open=pages_out)
    run.adds(page(*rows, total=total))

    assert bool(run.shortfall) is bool(said)
    assert said in (run.shortfall or "")


def test_pages_are_asked_for_a_few_at_a_time_and_no_more_once_two_bring_nothing() -> None:
    run = ListRun("trs", FIRST)
    run.waiting.extend(Ask(f"https://a.gov.cn/nb/index_{n}.html") for n in range(200))

    asked = []
    for _ in range(4):
        for ask in run.next_asks():
            asked.append(ask)
            run.open += 1
    assert len(asked) == 4
    for names in ("ab", "bc", "a", "b"):
        run.open -= 1
        run.adds(page(*names))
    assert run.breaks_off == "2 pages brought no new row: 196 after them are not asked for"
    assert list(run.next_asks()) == []
