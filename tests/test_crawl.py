"""The crawl for real: Scrapy in a process of its own, every outcome a column can have, twice."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator

import pytest

from crawlers.coverage import Coverage
from crawlers.summary import ColumnStatus, CrawlSummary
from pipeline.model import CaptureKind
from storage.captures import CaptureStore
from tests.crawl_town import CRAWL_DELAY, Town, build_town, report, run


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = build_town(tmp_path_factory.mktemp("town"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NIANBAO_CONTACT", "https://nianbao.example/contact")
        for _ in range(2):
            town.summaries.append(run(town, DEEP_AFTER_DAYS=0))
    yield town
    for site in town.sites.values():
        site.close()


def test_every_column_says_how_it_answered(town: Town) -> None:
    status = {c.column: c.status for c in town.summaries[0].columns}

    assert status == {
        "good": ColumnStatus.ANSWERED,
        "second": ColumnStatus.ANSWERED,
        "slow": ColumnStatus.ANSWERED,
        "empty": ColumnStatus.EMPTY,
        "robots": ColumnStatus.ROBOTS,
        "challenge": ColumnStatus.BLOCKED,
        "gone": ColumnStatus.UNREACHED,
        "down": ColumnStatus.UNREACHED,
    }
    assert town.summaries[0].not_asked == {"former": "stopped 2024-03-01: the site was merged"}


def test_the_error_of_a_silent_column_is_named_exactly(town: Town) -> None:
    unreached = town.summaries[0].unreached

    assert "refused" in unreached["down"].lower()
    assert unreached["gone"] == "unreached: HTTP 404"
    assert unreached["challenge"] == "blocked: blocked:js_challenge (HTTP 412)"
    assert unreached["robots"] == "robots: Forbidden by robots.txt"
    assert "1 list pages of family dahe name no annual report among 1 links" in unreached["empty"]


def test_a_crawl_with_a_silent_column_or_a_lost_page_is_not_complete(town: Town) -> None:
    assert [summary.reason for summary in town.summaries] == ["finished", "finished"]
    assert [summary.complete for summary in town.summaries] == [False, False]


def test_reports_of_the_years_asked_are_found_and_nothing_else(town: Town) -> None:
    good = town["good"]

    assert (good.found, good.new, good.undated, good.passed_over) == (9, 6, 1, 1)
    kept = {capture.url.rsplit("/", 1)[1]: capture.report_year for capture in town.kept(0)}
    expected = {
        "2019.html": 2019,
        "2020.html": 2020,
        "2021.html": 2021,
        "2022.html": 2022,
        "undated.html": None,
        "by-date.html": 2021,
        "2020-corrected.html": 2020,
        "1.html": 2019,
        "2.html": 2021,
    }
    assert kept == expected
    assert not town.sites["good"].asked("/old.html")
    assert not town.sites["good"].asked("/notice.html")


def test_the_mobile_face_of_a_report_is_linked_to_it_and_not_fetched(town: Town) -> None:
    url = town.sites["good"].url

    assert town["good"].twins == {f"{url}/2019_wap.html": f"{url}/2019.html"}
    assert not town.sites["good"].asked("/2019_wap.html")


def test_how_each_year_stands_is_said_and_a_gap_is_not_a_list_unread(town: Town) -> None:
    stands = {c.column: [*c.coverage.values()] for c in town.summaries[0].columns}

    had, unknown, gap = Coverage.HAD, Coverage.UNKNOWN, Coverage.GAP
    assert stands["good"] == [had, had, had, unknown], "a report without a year may be that of 2022"
    assert stands["second"] == [had, gap, had, gap]
    assert stands["down"] == stands["empty"] == stands["challenge"] == [unknown] * 4
    assert town.summaries[0].missing == (("second", 2020), ("second", 2022))
    assert town["slow"].years == (2020, 2021, 2022)


def test_pages_that_could_not_be_had_are_named_with_the_reason(town: Town) -> None:
    failed = {problem.url.rsplit("/", 1)[1]: problem.why for problem in town["good"].failed}

    assert failed.pop("lured.html").endswith("2019.html, a host outside the registry")
    assert failed == {"gone.html": "HTTP 404", "deleted.html": "blocked:soft404 (HTTP 200)"}
    assert town["good"].blocked == 1


def test_hosts_outside_the_registry_are_skipped_and_said(town: Town) -> None:
    skipped = {problem.url: problem.why for problem in town["good"].skipped}

    elsewhere = "host elsewhere.gov.cn is not in the registry of 99_test"
    assert skipped == {
        "https://elsewhere.gov.cn/1.html": elsewhere,
        "https://clone.example/1.html": "host clone.example is not below .gov.cn",
    }


def test_a_report_linked_from_two_lists_is_fetched_once_for_its_own_column(town: Town) -> None:
    (capture,) = [c for c in town.kept(0) if c.url.endswith("/public/1/2.html")]

    assert capture.column == "second"
    assert len(town.sites["second"].asked("/public/1/2.html")) == 2  # once per crawl
    assert (town["second"].found, town["second"].lists) == (2, 2)


def test_a_blocked_page_is_kept_as_evidence_and_not_read(town: Town) -> None:
    names = [capture.url.rsplit("/", 1)[1] for capture in town.kept(0)]
    assert "deleted.html" not in names

    archive = gzip.decompress((town.captures / town.summaries[0].warc).read_bytes())
    assert "该文章已被删除".encode() in archive
    assert b"GET /robots.txt HTTP/1.1\r\nHost: 127.77.0.1:" in archive


def test_a_second_crawl_asks_only_for_what_has_changed(town: Town) -> None:
    second = town.summaries[1]

    assert (second.totals["new"], second.totals["unchanged"]) == (1, 10)  # the click counter's page
    assert [c.url for c in town.kept(1) if c.is_new] == [
        f"{town.sites['second'].url}/public/1/1.html"
    ]
    condition = [a.headers.get("If-None-Match") for a in town.sites["good"].asked("/2019.html")]
    assert condition == [None, '"2019"']
    confirmed = {c.url.rsplit("/", 1)[1] for c in town.kept(1) if c.status == 304}
    assert confirmed == {"2019.html"}
    assert second.totals["bytes"] < town.summaries[0].totals["bytes"]


def test_the_archive_is_whole_and_holds_what_the_servers_sent(town: Town) -> None:
    with CaptureStore(town.captures) as store:
        assert store.verify() == []
        bodies = {c.url.rsplit("/", 1)[1]: store.body(c) for c in town.kept(1)}
        lists = {c.url: store.body(c) for c in town.kept(0, CaptureKind.LIST)}

    assert bodies["2019.html"] == report(2019).encode()
    assert bodies["2020-corrected.html"] == report(2020, "corrected").encode()
    assert "关于编制2021年" in lists[f"{town.sites['good'].url}/list.html"].decode("gb18030")


def test_the_crawler_says_who_it_is_and_asks_for_the_rules_first(town: Town) -> None:
    site = town.sites["good"]

    assert site.log[0].path == "/robots.txt"
    agents = {asked.headers["User-Agent"] for asked in site.log}
    assert agents == {"nianbao/0.1.0 (+https://nianbao.example/contact)"}
    assert [asked.path for asked in town.sites["robots"].log] == ["/robots.txt"]  # good for a day


def test_a_crawl_delay_is_honoured(town: Town) -> None:
    times = [asked.at for asked in town.sites["slow"].log][1:6]  # the rules, then five pages
    pauses = [later - earlier for earlier, later in itertools.pairwise(times[1:])]

    assert len(pauses) == 3
    assert min(pauses) > CRAWL_DELAY * 0.9


def test_a_challenge_is_not_asked_again(town: Town) -> None:
    assert len(town.sites["challenge"].asked("/list.html")) == 2  # once per crawl


def test_progress_fills_a_bar(town: Town) -> None:
    last = [step for step in town.steps if step.message][-1]

    assert (last.columns, last.columns_done) == (8, 8)
    assert last.reports == sum(c.new + c.unchanged for c in town.summaries[1].columns) - 1
    assert any(step.column == "good" and step.message.startswith("new http") for step in town.steps)


def test_the_summary_stands_beside_its_archive(town: Town) -> None:
    summary = town.summaries[0]
    path = (town.captures / summary.warc).with_name(f"{summary.crawl}.json")

    assert CrawlSummary.from_json(path.read_text("utf-8")) == summary
    assert json.loads(path.read_text("utf-8"))["complete"] is False
    assert path.with_suffix(".log").exists()
