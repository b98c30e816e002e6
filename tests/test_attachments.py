"""Files beside reports: found on the page, typed by their bytes, kept with it, never zeros."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawlers.attachments import MOST_ATTACHMENTS, attachments
from crawlers.practice.library import load_site
from crawlers.practice.render import render_report
from crawlers.run import crawl
from crawlers.summary import CrawlSummary
from pipeline.commands.places import Cell, Places
from pipeline.commands.steps import export, extract_cell, group_cell, load_cells, read_cell
from storage.captures import CaptureStore, media_type
from tests.crawl_town import FAST, Site, column, listing, row

URL = "http://slj.qinghe.gov.cn/2020/01-20/1.html"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REGION = "99_files"


def zipped(*names: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return memory.getvalue()


def stream(name: str) -> bytes:
    return OLE2 + name.encode("utf-16-le") + b"\0\0"


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (PDF, "pdf"),
        (b"\xef\xbb\xbf\r\n" + PDF, "pdf"),
        (stream("WordDocument"), "doc"),
        (stream("Workbook"), "xls"),
        (OLE2, "ole2"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (zipped("report.txt"), "zip"),
        (zipped("word/document.xml")[:40], "zip"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"<html><p>%PDF-1.4</p></html>", None),
        (b"", None),
        ("青禾县".encode("gb18030"), None),
    ],
    # A zip file has the time of day in it: no name that all workers agree on.
    ids=(
        "pdf pdf-after-a-mark doc xls ole2 docx xlsx ofd zip cut-zip rar png jpg page empty text"
    ).split(),
)
def test_a_file_is_known_by_its_bytes(body: bytes, media: str | None) -> None:
    assert media_type(body) == media


def found(html: str) -> list[tuple[str, str]]:
    return [
        (file.url.removeprefix("http://slj.qinghe.gov.cn"), file.name)
        for file in attachments(html, URL)
    ]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "<a href='P020200120.pdf'>附件：<b>年报</b>.pdf</a>",
            ("/2020/01-20/P020200120.pdf", "附件：年报.pdf"),
        ),
        (
            "<a href='/a/%E5%B9%B4%E6%8A%A5.DOCX#top'></a>",
            ("/a/%E5%B9%B4%E6%8A%A5.DOCX", "年报.DOCX"),
        ),
        (
            "<a href='/system/_content/download.jsp?urltype=news&owner=1&wbfileid=7'>年报</a>",
            ("/system/_content/download.jsp?urltype=news&owner=1&wbfileid=7", "年报"),
        ),
        (
            "<a href='/module/download/downfile.jsp?classid=0&filename=a.wps'>附件1</a>",
            ("/module/download/downfile.jsp?classid=0&filename=a.wps", "附件1"),
        ),
        ("<a href='/attachment/0/12/3.html'>下载</a>", ("/attachment/0/12/3.html", "下载")),
    ],
)
def test_a_link_to_a_file_is_found_with_the_name_that_is_printed(
    link: str, expected: tuple[str, str]
) -> None:
    assert found(f"<html><body><p>正文</p>{link}</body></html>") == [expected]


def test_an_image_of_the_body_may_be_a_table_and_a_sign_is_not() -> None:
    html = """<img src='/images/logo.png'><div id='zoom'><img src='W020200120.png' alt='统计表'>
        <img src='/pic/2.jpg' width='32'><img src='/x/qrcode.jpg'><img src='blank.gif'></div>
        <img src='/footer/jiucuo.png'>"""

    assert found(html) == [("/2020/01-20/W020200120.png", "统计表")]


def test_links_that_are_no_files_are_none() -> None:
    html = (
        "<a href='/pdf/'>年报</a><a href='javascript:down(\"a.pdf\")'>x</a><a href='2.html'>y</a>"
    )

    assert found(html) == []


def test_an_article_that_comes_as_json_names_its_files() -> None:
    text = json.dumps(
        {"data": {"infocontent": '<a href="/1.doc">表</a>', "pdflist": [{"atturl": "/a/2.pdf"}]}}
    )

    assert [file.url for file in attachments(text, URL)] == [
        "http://slj.qinghe.gov.cn/1.doc",
        "http://slj.qinghe.gov.cn/a/2.pdf",
    ]
    assert attachments('{"cut off": "/a/2.pdf', URL) == ()


def test_a_page_that_links_without_end_is_cut() -> None:
    html = "".join(f"<a href='{n}.pdf'>{n}</a>" for n in range(100)) + "<a href='1.pdf'>again</a>"

    assert len(found(html)) == MOST_ATTACHMENTS


def furnish(site: Site) -> None:
    """A report with files beside it, one that is a file itself, one that is a title and a file."""
    henan = load_site("henan_yjglt")
    page = render_report(henan.reports[0], henan).decode(henan.charset)
    year = henan.reports[0].report_year
    links = (
        "<a href='/files/full.pdf'>全文.pdf</a><a href='/files/word.pdf'>附件2</a>"
        "<a href='/files/lost.doc'>附件3</a><a href='https://clone.example/x.pdf'>附件4</a>"
    )
    site.put("/page.html", page.replace("</body>", f"{links}</body>"))
    site.put("/files/full.pdf", PDF, ETag='"pdf"', Content_Type="application/octet-stream")
    site.put("/files/word.pdf", stream("WordDocument"), Content_Type="application/pdf")
    site.put("/files/lost.doc", f"<html><title>首页</title>{'<p>要闻</p>' * 300}</html>")
    title = "年政府信息公开工作年度报告"
    site.put("/whole.pdf", PDF + b"whole", Content_Type="application/pdf")
    site.put(
        "/list.html",
        listing(
            row("/page.html", f"河南省应急管理厅{year}{title}"),
            row("/whole.pdf", f"河南省应急管理厅2022{title}"),
        ),
    )


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Places, CrawlSummary]]:
    folder = tmp_path_factory.mktemp("files")
    site = Site("127.82.0.1")
    furnish(site)
    (folder / "registry").mkdir()
    text = column("files", f"{site.url}/list.html", agency="河南省应急管理厅", first_year=2018)
    (folder / "registry" / f"{REGION}.toml").write_text(text, "utf-8")
    places = Places(folder, folder / "registry", f"sqlite:///{folder}/warehouse.sqlite")
    kinds = {"registry": places.registry, "captures": places.captures, "settings": FAST}
    summary = crawl(REGION, range(2018, 2023), **kinds)  # type: ignore[arg-type]
    cells = [Cell(REGION, year) for year in range(2018, 2023)]
    for step in (extract_cell, read_cell, group_cell):
        for cell in cells:
            step(places, cell)
    load_cells(places, cells, datetime.now(UTC))
    yield places, summary
    site.close()


def ask(places: Places, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(places.data / "warehouse.sqlite")) as warehouse:
        return warehouse.execute(query).fetchall()


def test_the_files_of_a_page_are_kept_with_it(places: tuple[Places, CrawlSummary]) -> None:
    with CaptureStore(places[0].captures) as store:
        page = next(c for c in store.captures(REGION) if c.url.endswith("/page.html"))
        assert store.verify() == []

    assert sorted((a.url.rsplit("/", 1)[1], a.name, a.media) for a in page.attachments) == [
        ("full.pdf", "全文.pdf", "pdf"),
        ("word.pdf", "附件2", "doc"),
    ]
    assert page.media is None
    assert {a.size for a in page.attachments} == {len(PDF), len(stream("WordDocument"))}


def test_what_is_no_file_and_what_is_elsewhere_is_said(places: tuple[Places, CrawlSummary]) -> None:
    (asked,) = places[1].columns

    assert asked.attachments == 3
    assert [(p.url.rsplit("/", 1)[1], p.why) for p in asked.failed] == [
        ("lost.doc", "blocked:soft404 (HTTP 200)")
    ]
    assert [p.url for p in asked.skipped] == ["https://clone.example/x.pdf"]


def test_the_warehouse_says_which_report_has_which_file(
    places: tuple[Places, CrawlSummary],
) -> None:
    rows = ask(
        places[0],
        "SELECT report_year, number, attachment.name, media, size FROM attachment "
        "JOIN report ON report.id = report_id ORDER BY number",
    )

    year = load_site("henan_yjglt").reports[0].report_year
    assert rows == [
        (year, 1, "全文.pdf", "pdf", len(PDF)),
        (year, 2, "附件2", "doc", len(stream("WordDocument"))),
    ]


def test_a_report_that_is_a_file_is_a_report_without_a_figure(
    places: tuple[Places, CrawlSummary],
) -> None:
    (report,) = ask(places[0], "SELECT id, agency, title FROM report WHERE report_year = 2022")
    codes = ask(places[0], f"SELECT code FROM finding WHERE report_id = '{report[0]}'")
    reported = ask(
        places[0],
        f"SELECT count(*) FROM figure WHERE report_id = '{report[0]}' AND value IS NOT NULL",
    )

    assert report[1] == "河南省应急管理厅"
    assert ("report_is_file",) in codes
    assert reported == [(0,)]


def test_the_files_are_exported(places: tuple[Places, CrawlSummary]) -> None:
    paths = {path.name: path for path in export(places[0], "csv")}

    assert "全文.pdf" in paths["attachments.csv"].read_text("utf-8")
    assert "column,attachments,media," in paths["dictionary.csv"].read_text("utf-8")
