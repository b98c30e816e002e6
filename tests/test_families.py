"""Each CMS family on pages of our own, told as `page.html` and `expected.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.families import FAMILIES

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.parent for family in FAMILIES for path in PAGES.glob(f"{family}/*/page.html"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_list_page_gives_its_rows_and_the_pages_after_it(case: Path) -> None:
    html = (case / "page.html").read_text("utf-8")
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    family = FAMILIES[case.parent.name]

    links = family.report_links(html, expected["url"])

    assert [[link.url, link.text, link.published] for link in links] == expected["links"]
    assert family.next_pages(html, expected["url"]) == expected["next_pages"]


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_has_a_first_and_a_later_page(name: str) -> None:
    pages = [json.loads(path.read_text("utf-8")) for path in PAGES.glob(f"{name}/*/expected.json")]

    assert any(page["next_pages"] for page in pages)
    assert len(pages) > 1


@pytest.mark.parametrize("name", FAMILIES)
def test_a_page_without_a_list_gives_nothing(name: str) -> None:
    html = "<html><body><a href='/x.html'>政府信息公开年报</a></body></html>"

    assert FAMILIES[name].report_links(html, "https://a.gov.cn/") == []
    assert FAMILIES[name].next_pages(html, "https://a.gov.cn/") == []
