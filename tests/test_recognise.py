"""Which CMS built a page: on every page of ours, and on the skeletons where they lie beside us."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.families import FAMILIES
from crawlers.families.base import Ask
from crawlers.families.recognise import contradiction, first_reading, recognise
from crawlers.text import decode_page
from tests.families_support import CASES, PAGES, name_of, page_of
from tests.shared_support import SHARED

SKELETONS = SHARED / "sites/skeletons"
# A stub has nothing of anybody's, nor has a theme without the platform's breadcrumb.
UNMARKED = {"trs/stub_past_the_end", "dahe/last_page_in_another_theme"}
FOLDERS = {
    "trs-wcm": "trs",
    "hanweb-jpage": "hanweb_jpage",
    "hanweb-jpage/module": "hanweb_annual",
    "hanweb-jpaas-unitbuild": "hanweb_unit",
    # Articles of the new Hanweb that kept the addresses of the old one bear no mark of either.
    "hanweb-jpaas-unitbuild/art": "hanweb_jpage",
    "lonsun-ex8": "lonsun",
    "ah-php-openness": "openness",
    "gkmlpt": "gkmlpt",
    "gkmlpt/nfcms": "nfcms",
    "boda-vsb": "vsb",
    "ucap-kaipu": "ucap",
    "henan-dahe": "dahe",
    "epoint-webbuilder": "epoint",
}
NO_PAGE = {"notes.md", "index_9.html"}


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_page_is_recognised_by_its_marks(case: Path) -> None:
    told = json.loads((case / "expected.json").read_text("utf-8"))["url"]
    found = recognise(page_of(case), told if isinstance(told, str) else told["url"])

    if case.parent.name == "generic" or name_of(case) in UNMARKED:
        assert found is None
    else:
        assert found is not None
        assert found.family == case.parent.name
        assert found.evidence


def skeletons() -> list[tuple[str, Path, str]]:
    """Family, file and address of every page of the skeletons; the last folder named wins."""
    found: dict[Path, tuple[str, Path, str]] = {}
    for folder, family in sorted(FOLDERS.items()):
        root = folder.split("/", maxsplit=1)[0]
        for path in sorted((SKELETONS / folder).rglob("*.*")):
            url = f"http://www.qinghe.gov.cn/{path.relative_to(SKELETONS / root)}"
            address, _, query = url.partition("@")
            where = f"{address}?{query.removesuffix('.html')}" if query else address
            found[path] = (family, path, where)
    return [case for path, case in found.items() if path.name not in NO_PAGE]


@pytest.mark.skipif(not SKELETONS.exists(), reason="no ../shared/sites/skeletons beside us")
def test_every_skeleton_is_recognised() -> None:
    cases = skeletons()
    told = {str(path.relative_to(SKELETONS)): family for family, path, _ in cases}
    found = {
        str(path.relative_to(SKELETONS)): recognised.family if recognised else None
        for _, path, url in cases
        for recognised in [recognise(decode_page(path.read_bytes()), url)]
    }

    assert len(cases) > 35
    assert found == told


LIST = (PAGES / "ucap/first_page/page.html").read_text("utf-8")
URL = "https://slt.songjiang.gov.cn/sslt/xxgkgzndbg/common_list.shtml"


def test_a_claim_that_the_page_bears_out_is_not_doubted() -> None:
    assert contradiction("ucap", LIST, URL) is None
    assert first_reading("ucap", LIST, Ask(URL)).note is None


def test_a_claim_that_the_page_contradicts_is_said_with_both_names_and_the_evidence() -> None:
    reading = first_reading("lonsun", LIST, Ask(URL))

    assert reading.family == "ucap"
    assert reading.note == (
        f"{URL} is claimed to be of family lonsun and bears a mark of ucap: "
        '"createPageHTML(\'"; read as ucap'
    )
    assert reading.listing == FAMILIES["ucap"].listing(LIST, Ask(URL))
    assert reading.listing.more


def test_a_claimed_family_that_finds_as_much_goes_on_reading() -> None:
    html = """<div class="CurrChnlCls"></div><ul class="news-list"><li>
    <a href="/2024/01-29/3051001.html">某局2023年政府信息公开年度报告</a><span>2024-01-29</span>"""
    reading = first_reading("dahe", html, Ask("https://a.gov.cn/nb/"))

    assert (reading.family, len(reading.listing.links)) == ("dahe", 1)
    assert "bears a mark of trs" in str(reading.note)


def test_a_list_that_its_family_cannot_read_is_read_as_any_list() -> None:
    case = PAGES / "generic/table_of_rows"
    url = json.loads((case / "expected.json").read_text("utf-8"))["url"]
    reading = first_reading("gkmlpt", (case / "page.html").read_text("utf-8"), Ask(url))

    assert (reading.family, len(reading.listing.links)) == ("generic", 2)
    assert reading.note == f"{url} has no row as family gkmlpt prints them; read as generic"


def test_a_row_that_leads_to_a_site_of_another_cms_is_no_mark_of_this_page() -> None:
    html = """<ul class="news-list"><li><a href="http://%s/x/rest/zfxxgk/getGovInfoDetail?id=1">
    某局2023年政府信息公开年度报告</a><span>2024-01-29</span></li></ul>"""

    elsewhere, here = (
        contradiction("dahe", html % h, URL) for h in ("b.gov.cn", URL.split("/")[2])
    )
    assert elsewhere is None
    assert here is not None
    assert here.family == "epoint"


def test_an_address_alone_contradicts_nobody() -> None:
    article = "https://a.gov.cn/art/2024/1/2/art_1_2.html"

    found = recognise("<html></html>", article)
    assert found is not None
    assert (found.family, found.is_text) == ("hanweb_jpage", False)
    assert contradiction("trs", "<html></html>", article) is None
