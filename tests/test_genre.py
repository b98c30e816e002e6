"""Reports are told from the papers beside them by what they hold."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.titles import read_title
from pipeline.commands.results import Unread
from pipeline.commands.steps import without_others
from pipeline.model import Capture, CapturedReport, CaptureKind, Claim, Report, ReportKind
from pipeline.parse.genre import ANOTHER_PAPER
from pipeline.read import read_page
from tests.shared_support import SHARED

PAGES = Path(__file__).parent / "near_misses"
OTHERS = sorted(path.stem for path in PAGES.glob("*.html") if not path.stem.startswith("report"))
REPORTS = {
    "report_titled_with_the_agency_alone": ReportKind.REPORT,
    "report_as_a_picture": ReportKind.REPORT,
    "report_as_a_file": ReportKind.REPORT,
    "report_without_tables": ReportKind.REPORT,
    "report_of_2012": ReportKind.BEFORE_2019,
    "report_cut_off": ReportKind.REPORT,
}

UNTITLED = "report_without_its_title"


def read(name: str, claim: Claim | None = None) -> Report:
    return read_page((PAGES / f"{name}.html").read_bytes(), claim=claim or Claim())


def captured(name: str, claim: Claim) -> CapturedReport:
    capture = Capture(
        id=1,
        crawl="c",
        region="99_qinghe",
        column="qinghe",
        kind=CaptureKind.REPORT,
        report_year=2022,
        url=f"https://www.qinghe.gov.cn/{name}.html",
        status=200,
        content_type="text/html",
        fetched_at=datetime(2023, 1, 16, tzinfo=UTC),
        digest=f"sha256:{name}",
        warc="99_qinghe/c.warc.gz",
        offset=0,
        is_new=True,
    )
    return CapturedReport(capture, read(name, claim))


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("name", OTHERS)
def test_a_near_miss_is_no_report_whatever_the_list_called_it(name: str) -> None:
    report = read(name, Claim("青禾市人民政府", 2022))

    assert report.kind is ReportKind.OTHER
    assert "not_a_report" in codes(report)
    assert not {"section_missing", "table_missing"} & codes(report)


@pytest.mark.parametrize(("name", "kind"), REPORTS.items())
def test_a_report_is_one_however_little_its_page_shows(name: str, kind: ReportKind) -> None:
    report = read(name)

    assert report.kind is kind
    assert "not_a_report" not in codes(report)


def test_a_report_that_lost_its_title_says_itself_what_it_is() -> None:
    report = read(UNTITLED)

    assert report.kind is ReportKind.REPORT
    assert report.agency == "青禾市水利局"
    assert {"title_missing", "table_missing"} <= codes(report)


def test_every_page_of_the_folder_is_judged() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == {*OTHERS, *REPORTS, UNTITLED}
    assert len(OTHERS) == 10


def test_where_the_report_is_a_picture_or_a_file_that_is_said() -> None:
    assert "report_is_image" in codes(read("report_as_a_picture"))
    assert "report_not_on_page" in codes(read("report_as_a_file"))


def test_the_finding_names_the_marks_that_were_found() -> None:
    said = next(f for f in read("guide").findings if f.code == "not_a_report")

    assert "条例" in said.message_zh
    assert "1 of seven marks" in said.message_en


def test_a_title_without_content_is_a_report_where_the_list_says_so_and_a_file_is_there() -> None:
    page = "<h1>市教育局</h1><p>附件：<a href='1.pdf'>点击下载</a></p>".encode()

    assert read_page(page).kind is ReportKind.OTHER
    assert read_page(page, claim=Claim(None, 2022)).kind is ReportKind.REPORT


MENU = "".join(
    f"<h3>{item}</h3>" for item in ("政府信息公开指南", "政府信息公开制度", "政府信息公开年报")
)


@pytest.mark.parametrize(("name", "kind"), REPORTS.items())
def test_the_menu_of_a_site_says_nothing_of_its_pages(name: str, kind: ReportKind) -> None:
    html = (PAGES / f"{name}.html").read_text("utf-8")
    with_menu = html.replace("<h1>", f"{MENU}<p>").replace("</h1>", "</p>").encode()

    assert read_page(with_menu, claim=Claim(None, 2012 if "2012" in name else 2022)).kind is kind


@pytest.mark.parametrize("name", OTHERS)
def test_a_menu_makes_no_report_of_another_paper(name: str) -> None:
    html = (PAGES / f"{name}.html").read_text("utf-8").replace("<h1>", f"{MENU}<h1>")

    assert read_page(html.encode(), claim=Claim(None, 2022)).kind is ReportKind.OTHER


def test_a_report_before_2019_had_no_form_to_follow() -> None:
    page = "<h1>青禾镇2011年政府信息公开工作年度报告</h1><p>今年，我镇主动公开信息二十条。</p>"

    assert read_page(page.encode()).kind is ReportKind.BEFORE_2019


def test_a_near_miss_goes_no_further_and_is_named() -> None:
    claim = Claim("青禾市人民政府", 2022)
    pages = [captured(name, claim) for name in ("interpretation", "report_without_tables", "guide")]
    unread: list[Unread] = []

    assert list(without_others(pages, unread)) == [pages[1]]
    assert [each.url.rsplit("/")[-1] for each in unread] == ["interpretation.html", "guide.html"]
    assert "no annual report" in unread[0].why


@pytest.mark.skipif(not SHARED.exists(), reason="the collected titles are not here")
def test_the_crawler_and_the_reader_agree_on_what_a_title_names() -> None:
    """Two vocabularies, since the crawler knows nothing of the reader: neither may drift."""
    with (SHARED / "sites/title_cases.csv").open(encoding="utf-8") as stream:
        titles = [row["title"] for row in csv.DictReader(stream)]
    reports = [title for title in titles if read_title(title).is_report]

    assert len(reports) > 30
    assert not any(ANOTHER_PAPER.search(title) for title in reports)


@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not here")
def test_the_real_reports_are_reports() -> None:
    for path in sorted((SHARED / "real_reports").glob("*.txt")):
        assert read_page(path.read_bytes(), content_type="text/plain").kind is ReportKind.REPORT


def test_another_paper_that_prints_a_report_s_figures_says_how_they_were_read() -> None:
    rows = "".join(
        f"<tr><td>{label}</td>{'<td>0</td>' * 6}<td>x</td></tr>"
        for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")
    )
    page = f"<h1>关于报送信息公开季度报表的通知</h1><p>请填报。</p><table>{rows}</table>"
    report = read_page(page.encode())

    assert report.kind is ReportKind.OTHER
    assert {"t3"} == {f.where.partition(".")[0] for f in report.findings if "." in f.where}
    assert not {"section_missing", "table_missing"} & codes(report)
