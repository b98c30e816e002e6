"""Every fault of the generated province does what it says, seen from outside."""

from __future__ import annotations

import gzip
import http.client
import inspect
import io
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from crawlers.blocked import blocked_kind
from crawlers.practice.answer_faults import shells
from crawlers.practice.attachments import FILES, attachment
from crawlers.practice.generated.faults import FAULTS
from crawlers.practice.generated.layouts import article_path, layout_of, layouts, list_path
from crawlers.practice.generated.model import Column, Plan
from crawlers.practice.generated.rows import report
from crawlers.practice.generated.server import Generated, serve_generated
from crawlers.practice.generated.sites import columns
from crawlers.practice.model import PracticeError
from storage.captures import media_type

LATE, EARLY = 2024, 2019


@dataclass(frozen=True, slots=True)
class Got:
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@pytest.fixture(scope="module")
def province() -> Iterator[Generated]:
    with serve_generated(Plan(size=32, port=0)) as served:
        yield served


def ask(url: str, method: str = "GET", body: str | None = None) -> Got:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, target, body)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Got(answer.status, headers, answer.read())
    finally:
        connection.close()


class Site:
    """One column of a site while a fault is on."""

    def __init__(self, province: Generated, layout: str) -> None:
        self.province = province
        self.site = province.site(layout)
        self.column: Column = next(columns(self.site))

    def list(self) -> Got:
        return ask(self.site.base_url + list_path(self.column))

    def page(self, number: int) -> Got:
        shape = layout_of(self.column).later
        path = shape.format(slug=self.column.agency.slug, before=number - 1, page=number)
        return ask(self.site.base_url + path)

    def article(self, year: int) -> Got:
        return ask(self.url(year))

    def url(self, year: int) -> str:
        return self.site.base_url + article_path(self.column, report(self.column, year))

    def robots(self) -> Got:
        return ask(f"{self.site.base_url}/robots.txt")

    def rows(self) -> int:
        return self.list().text.count('<li><a href="./20')


def breaks(get: Callable[[], Got]) -> bool:
    try:
        get()
    except (http.client.HTTPException, ConnectionError):
        return True
    return False


def seconds(get: Callable[[], Got]) -> float:
    started = time.monotonic()
    get()
    return time.monotonic() - started


def _jpage(site: Site, first: int, last: int) -> Got:
    address = "/module/web/jpage/dataproxy.jsp"
    query = f"?startrecord={first}&endrecord={last}&perpage=15"
    code = 6_600_000 + site.column.agency.number
    return ask(site.site.base_url + address + query, "POST", f"columnid={code}&unitid=88123")


def _unit(site: Site, page: int) -> Got:
    address = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    code = 6_600_000 + site.column.agency.number
    query = (
        f"?pageId=12{code}&tagId=%E4%BF%A1%E6%81%AF%E5%88%97%E8%A1%A8"
        f"&paramJson=%7B%22pageNo%22:{page},%22pageSize%22:15%7D"
    )
    return ask(site.site.base_url + address + query)


def _records(got: Got) -> int:
    return got.text.count("<record>")


def _moved(site: Site) -> bool:
    got = site.list()
    there = site.province.site("vsb").base_url
    followed = ask(got.headers["location"])
    return (
        got.status == 301 and got.headers["location"].startswith(there) and followed.status == 200
    )


def _nested(site: Site) -> bool:
    year = ask(f"{site.site.base_url}{list_path(site.column)}{LATE}nb/").text
    top = site.list().text
    title = report(site.column, LATE).title
    later = f"{site.province.plan.years[0]}nb/"
    found = f"{LATE}nb/" in top and title not in top and title in year
    return found and later not in top and later in site.page(2).text


def _moved_with_the_year(site: Site) -> bool:
    folder = f"{site.site.base_url}{list_path(site.column)}"
    before, now = (ask(f"{folder}{LATE}{name}/") for name in ("nb", "xxgknb"))
    return (before.status, now.status) == (404, 200) and f"{LATE}xxgknb/" in site.list().text


def _title(site: Site, year: int) -> str:
    return report(site.column, year).title


def _limited(site: Site) -> bool:
    first, second = site.article(LATE), site.article(LATE)
    return (first.status, first.headers["retry-after"], second.status) == (429, "1", 200)


def _bomb(site: Site) -> bool:
    got = site.article(LATE)
    return len(gzip.decompress(got.body)) == 64 << 20 > 500 * len(got.body)


def _changed(site: Site) -> bool:
    site.province.mend("trs", "corrected")
    before = site.article(LATE).body
    site.province.fault("trs", "corrected", year=LATE)
    return before != site.article(LATE).body


def _shifted(site: Site, rows_later: int) -> bool:
    first = site.list().text
    site_rows = sum(1 for _ in site.province.entries(site.column))
    return f'm_nRecordCount = "{site_rows - rows_later}"' in first


CASES: dict[str, tuple[str, dict[str, object], Callable[[Site], bool]]] = {
    "down": ("trs", {}, lambda s: breaks(s.list)),
    "http_500": ("trs", {}, lambda s: s.list().status == s.article(LATE).status == 500),
    "slow": ("trs", {"seconds": 0.2}, lambda s: seconds(s.list) >= 0.2),
    "slow_drip": ("trs", {"seconds": 0.01}, lambda s: seconds(s.list) >= 0.3),
    "dropped": ("trs", {"part": "article"}, lambda s: breaks(lambda: s.article(LATE))),
    "hung_up": ("trs", {"part": "list"}, lambda s: breaks(s.list) and s.robots().status == 200),
    "too_many": ("trs", {}, _limited),
    "shell": ("trs", {"kind": "slider_200"}, lambda s: "滑块" in s.list().text),
    "rules": (
        "trs",
        {"part": "robots", "text": "User-agent: *\nDisallow: /", "status": 500},
        lambda s: s.robots().status == 500 and s.list().status == 200,
    ),
    "wrong_charset": (
        "trs",
        {},
        lambda s: 'charset="gb2312"' in s.article(LATE).body.decode("gb18030"),
    ),
    "changing_etag": ("trs", {}, lambda s: s.list().headers["etag"] != s.list().headers["etag"]),
    "counts_clicks": ("trs", {}, lambda s: s.article(LATE).body != s.article(LATE).body),
    "gzip_unasked": ("trs", {}, lambda s: b"<html" in gzip.decompress(s.list().body)),
    "zip_bomb": ("trs", {}, _bomb),
    "huge": ("trs", {"megabytes": 2}, lambda s: len(s.article(LATE).body) > 2 << 20),
    "redirect": (
        "trs",
        {"to": "http://10.0.0.1/", "part": "article"},
        lambda s: s.article(LATE).headers["location"] == "http://10.0.0.1/",
    ),
    "empty_body": ("trs", {"year": LATE}, lambda s: not s.article(LATE).body),
    "gone": ("trs", {"year": LATE, "status": 410}, lambda s: s.article(LATE).status == 410),
    "without": (
        "trs",
        {"year": LATE},
        lambda s: (
            s.article(LATE).status == 404 and report(s.column, LATE).title not in s.list().text
        ),
    ),
    "corrected": ("trs", {"year": LATE}, _changed),
    "corrected_elsewhere": ("trs", {"year": LATE}, lambda s: "（更正）" in s.list().text),
    "clone": ("trs", {}, lambda s: "http://www.hengchuan.invalid/1.html" in s.list().text),
    "many_agencies": ("trs", {}, lambda s: s.province.site("jpage").host in s.list().text),
    "shifts": ("trs", {}, lambda s: _shifted(s, 1)),
    "shrinks": ("trs", {}, lambda s: _shifted(s, -1)),
    "cut_short": ("trs", {}, lambda s: 'm_nRecordCount = "18"' in s.list().text and s.rows() <= 8),
    "twins": ("nfcms", {}, lambda s: "/mpost_" in s.list().text),
    "session_ids": ("trs", {}, lambda s: ";jsessionid=" in s.list().text),
    "calendar": ("trs", {}, lambda s: "?date=2025-" in s.list().text),
    "body_twice": ("ucap", {}, lambda s: s.article(LATE).text.count("第二十条第（一）项") == 2),
    "tables_as_images": ("trs", {}, lambda s: "<img" in s.article(LATE).text),
    "pdf_only": ("trs", {}, lambda s: "总体情况" not in s.article(LATE).text),
    "attachments": ("trs", {}, lambda s: ".ofd" in s.article(LATE).text),
    "word_spans": ("trs", {}, lambda s: '<span lang="EN-US">' in s.article(EARLY).text),
    "over_delivery": ("jpage", {}, lambda s: _records(_jpage(s, 16, 30)) == 27),
    "under_delivery": ("jpage", {}, lambda s: _records(_jpage(s, 16, 30)) == 11),
    "empty_54_bytes": ("jpage", {}, lambda s: len(_jpage(s, 46, 90).body) == 54),
    "ignores_page": ("unitbuild", {}, lambda s: _unit(s, 1).body == _unit(s, 2).body),
    "endless_pager": ("trs", {}, lambda s: "createPageHTML(9999" in s.page(700).text),
    "year_columns": ("trs", {}, _nested),
    "year_moved": ("trs", {"year": LATE}, _moved_with_the_year),
    "single_article": ("vsb", {}, lambda s: "第二十条第（一）项" in s.list().text),
    "home_instead": ("trs", {}, lambda s: "政府门户网站" in s.article(LATE).text),
    "moved": ("trs", {"to": "vsb"}, _moved),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_does_what_it_says_and_mending_undoes_it(province: Generated, name: str) -> None:
    layout, options, shows = CASES[name]
    province.fault(layout, name, **options)
    try:
        assert shows(Site(province, layout)), inspect.getdoc(FAULTS[name])
    finally:
        province.mend(layout, name)
    site = Site(province, layout)
    assert site.list().status == site.article(LATE).status == 200


def test_every_fault_has_a_case_here_and_says_what_it_does() -> None:
    assert set(CASES) == set(FAULTS)
    assert all(inspect.getdoc(function) for function in FAULTS.values())


def test_a_fault_can_be_kept_to_one_column(province: Generated) -> None:
    one, other = list(columns(province.site("trs")))
    province.fault("trs", "gone", column=one.id)
    try:
        assert ask(one.site.base_url + list_path(one)).status == 404
        assert ask(other.site.base_url + list_path(other)).status == 200
    finally:
        province.mend("trs", "gone")


def test_a_report_that_comes_later_shifts_the_numbers_of_descending_pages(
    province: Generated,
) -> None:
    site = Site(province, "vsb")
    folder = f"{site.site.base_url}/{site.column.agency.slug}/zfxxgk/zfxxgknb"
    province.fault("vsb", "without", year=2016)
    province.fault("vsb", "without", year=2025)
    before = ask(f"{folder}/1.htm").text
    province.mend("vsb", "without")
    assert ask(f"{folder}/1.htm").text != before


@pytest.mark.parametrize("kind", shells())
def test_every_shell_is_served_with_its_status(province: Generated, kind: str) -> None:
    province.fault("ucap", "shell", kind=kind)
    try:
        assert Site(province, "ucap").list().status == shells()[kind]["status"]
    finally:
        province.mend("ucap", "shell")


def test_an_unknown_fault_or_option_is_refused(province: Generated) -> None:
    with pytest.raises(PracticeError, match="no fault 'flood'"):
        province.fault("trs", "flood")
    with pytest.raises(PracticeError, match="fault slow"):
        province.fault("trs", "slow", minutes=1)
    with pytest.raises(PracticeError, match="no site 'x'"):
        province.fault("x", "slow")


@pytest.mark.parametrize("layout", layouts())
def test_no_page_without_a_fault_looks_blocked(province: Generated, layout: str) -> None:
    site = Site(province, layout)
    for got in (site.list(), site.article(LATE), site.article(EARLY)):
        if layout not in {"epoint", "gkmlpt"}:  # shells by nature: their rows come by an API
            assert blocked_kind(got.status, got.headers, got.body) is None


@pytest.mark.parametrize("suffix", FILES)
def test_attachments_are_what_their_names_say(suffix: str) -> None:
    magic = {"pdf": b"%PDF-", "png": b"\x89PNG"}
    magic |= dict.fromkeys(("doc", "wps", "xls"), bytes.fromhex("d0cf11e0a1b11ae1"))
    magic |= dict.fromkeys(("docx", "ofd", "zip"), b"PK\x03\x04")
    found = attachment(f"/files/1.{suffix}")
    assert found is not None
    assert found.body.startswith(magic[suffix])
    if magic[suffix] == b"PK\x03\x04":
        assert zipfile.ZipFile(io.BytesIO(found.body)).testzip() is None
    known = {"wps": "doc"}.get(suffix, suffix)
    assert media_type(found.body) == known
    assert attachment("/files/1.html") is None
