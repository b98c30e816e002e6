"""Each CMS family on pages of our own, told as a page and `expected.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawlers.addresses import article_of
from crawlers.families import FAMILIES
from crawlers.families.base import Ask, Link, Listing
from crawlers.registry import default_registry, load_registry
from tests.families_support import CASES, PAGES, name_of, page_of


def ask_of(told: str | dict[str, Any] | None) -> Ask | None:
    if told is None or isinstance(told, str):
        return Ask(told) if told is not None else None
    headers = tuple(map(tuple, told.pop("headers", ())))
    return Ask(**told, headers=headers)


def asks_of(told: list[Any]) -> tuple[Ask, ...]:
    return tuple(ask for ask in map(ask_of, told) if ask is not None)


def links_of(told: list[list[Any]]) -> tuple[Link, ...]:
    return tuple(Link(*link[:3], *map(ask_of, link[3:])) for link in told)


def listing_of(expected: dict[str, Any]) -> Listing:
    """`links` and `columns` as [url, text, published, ask], asks as an address or its fields."""
    return Listing(
        links=links_of(expected["links"]),
        more=asks_of(expected["more"]),
        total=expected.get("total"),
        is_article=expected.get("is_article", False),
        columns=links_of(expected.get("columns", [])),
    )


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_an_answer_gives_its_rows_and_what_comes_after_it(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    asked = asks_of([expected["url"]])[0]

    listing = FAMILIES[case.parent.name].listing(page_of(case), asked)

    assert listing == listing_of(expected)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_has_a_first_and_a_later_page(name: str) -> None:
    pages = [json.loads(path.read_text("utf-8")) for path in PAGES.glob(f"{name}/*/expected.json")]

    assert any(page["more"] or page.get("columns") for page in pages)
    assert len(pages) > 1


@pytest.mark.parametrize("name", FAMILIES)
def test_a_page_without_a_list_gives_nothing(name: str) -> None:
    html = "<html><body><a href='/x.html'>政府信息公开年报</a></body></html>"

    assert FAMILIES[name].listing(html, Ask("https://a.gov.cn/")) == Listing()
    assert not FAMILIES[name].recognises(html, "https://a.gov.cn/")


@pytest.mark.parametrize("name", FAMILIES)
def test_a_pager_that_counts_for_ever_is_not_believed(name: str) -> None:
    huge = "9" * 12
    html = f"""<script>var c = {{ pageIndex:1, pageCount:{huge} }}; var countPage = {huge};
    createPageHTML('page_div',{huge},1,'common_list','shtml',{huge});
    createPageHTML({huge}, 0, "index", "html");</script>"""

    assert len(FAMILIES[name].listing(html, Ask("https://a.gov.cn/")).more) <= 201


def test_a_file_is_a_row_of_a_list_and_belongs_to_the_report_that_is_its_column() -> None:
    file = '<a href="/upload/nb.pdf">青禾县2022年政府信息公开工作年度报告</a>'
    case = Path(__file__).parent / "pages/vsb/year_page_is_the_report"
    told = json.loads((case / "expected.json").read_text("utf-8"))
    (asked,) = asks_of([told["url"]])
    report = page_of(case).replace("</BODY>", f"{file}</BODY>")
    column = f"<html><title>政府信息公开年报</title><body><ul><li>{file}</li></ul></body></html>"

    listing = FAMILIES["generic"].listing(column, Ask("https://a.gov.cn/nb/"))
    itself = FAMILIES["vsb"].listing(report, asked)

    assert file in report
    assert [link.url for link in listing.links] == ["https://a.gov.cn/upload/nb.pdf"]
    assert (itself.is_article, itself) == (True, listing_of(told))


def test_every_column_of_the_registry_is_asked_for_at_its_own_host() -> None:
    columns = [c for region in load_registry(default_registry()).values() for c in region]
    asks = {column.id: FAMILIES[column.family].first(column.list_url) for column in columns}

    assert len(asks) == len(columns)
    for column in columns:
        ask = asks[column.id]
        assert urlsplit(ask.url).hostname == column.host
        assert (ask.method, ask.body) == ("GET", None)


def test_every_dialect_of_addresses_is_that_of_a_family() -> None:
    marked = {family.marks.articles for family in FAMILIES.values()} - {None}
    cases = {
        "trs": "https://a.gov.cn/nb/202301/t20230118_800456.html",
        "vsb": "https://a.gov.cn/info/1011/15320.htm",
        "ucap": "https://a.gov.cn/nb/202301/c01_868731.shtml",
    }

    assert marked <= set(FAMILIES)
    for name, url in cases.items():
        article = article_of(url)
        assert article is not None
        assert article.family == name
        assert FAMILIES[name].recognises("", url)
