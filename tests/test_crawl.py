"""The crawl for real: Scrapy in processes of its own, sites on loopback."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import resource
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings

from crawlers.manners import check_manners
from crawlers.practice.server import Province, serve
from crawlers.process import crawl_here
from crawlers.registry import columns_of, default_registry
from crawlers.run import crawl
from crawlers.summary import (
    ColumnStatus,
    ColumnSummary,
    CrawlError,
    CrawlRequest,
    CrawlSummary,
    Progress,
)
from crawlers.tally import Tally
from pipeline.model import Capture, CaptureKind
from storage.captures import CaptureError, CaptureStore, CrawlRunningError

FAST: dict[str, Any] = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
YEARS = range(2019, 2023)
REGION = "99_test"
CRAWL_DELAY = 0.25
PROSE = "<p>政府信息公开情况</p>" * 200  # longer than any shell

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    at: float
    path: str
    headers: dict[str, str]


class Site(ThreadingHTTPServer):
    """An agency site on a loopback address of its own: path -> answer, and a log."""

    daemon_threads = True

    def __init__(self, host: str) -> None:
        self.pages: dict[str, Callable[[], Answer]] = {}
        self.log: list[Asked] = []
        super().__init__((host, 0), Handler)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # the base class asks a name server who we are

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        content = body if isinstance(body, bytes) else body.encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = lambda: (status, {"Content-Type": "text/html", **named}, content)

    def asked(self, path: str) -> list[Asked]:
        return [asked for asked in self.log if asked.path == path]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.log.append(Asked(time.monotonic(), self.path, dict(self.headers.items())))
        missing: Answer = (404, {}, b"not found")
        status, headers, body = self.server.pages.get(self.path, lambda: missing)()
        if status == 200 and headers.get("ETag", "") == self.headers.get("If-None-Match"):
            status, body = 304, b""
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return


def report(year: int, words: str = "") -> str:
    return f"<html><h1>青禾县{year}年政府信息公开工作年度报告</h1>{PROSE}{words}</html>"


def row(href: str, title: str, published: str = "2020-01-20") -> str:
    return f"<li><a href='{href}'>{title}</a><span>{published}</span></li>"


def listing(*rows: str, after: str = "") -> str:
    rows_html = f"<ul class='news-list'>{''.join(rows)}</ul>"
    return f"<html><title>政府信息公开年报</title>{PROSE}{rows_html}{after}</html>"


def column(name: str, list_url: str, **more: object) -> str:
    values = {
        "id": name,
        "agency": f"青禾县{name}",
        "level": "county_department",
        "division": "990702",
        "family": "dahe",
        "list_url": list_url,
        "first_year": 2019,
        **more,
    }
    return "\n".join(["[[column]]", *(f"{k} = {json.dumps(v)}" for k, v in values.items()), ""])


def furnish_good(site: Site, second: Site) -> None:
    """A list in GBK called gb2312, gzipped, over two pages, with all a list can hold."""
    title = "年政府信息公开工作年度报告"
    first = listing(
        row("/2019.html", f"青禾县2019{title}"),
        row("/2020.html", f"青禾县2020{title}"),
        row("/old.html", f"青禾县2015{title}"),
        row("/notice.html", f"关于编制2021{title}的通知"),
        row(f"{second.url}/public/1/2.html", f"青禾县水利局2021{title}"),
        row("https://elsewhere.gov.cn/1.html", f"青禾县2021{title}"),
        row("https://clone.example/1.html", f"青禾县2021{title}"),
        after="<a href='/list_2.html'>下一页</a>",
    )
    site.put("/list.html", gzip.compress(first.encode("gb18030")), Content_Encoding="gzip")
    site.pages["/list.html"] = _labelled(site.pages["/list.html"])
    later = listing(
        row("/undated.html", "青禾县政府信息公开工作年度报告", ""),
        row("/by-date.html", "青禾县水务局政府信息公开工作年度报告", "2022-02-01"),
        row("/moved.html", f"青禾县2020{title}（更正）"),
        row("/gone.html", f"青禾县2019{title}（一）"),
        row("/slider.html", f"青禾县2019{title}（二）"),
        row("/lured.html", f"青禾县2019{title}（三）"),
        row("/2019.html", f"青禾县2019{title}"),
    )
    site.put("/list_2.html", later, ETag='"list-2"')
    site.put("/2019.html", report(2019), ETag='"2019"')
    site.put("/2020.html", report(2020))
    site.put("/undated.html", report(2019, "undated"))
    site.put("/by-date.html", report(2021))
    site.put("/moved.html", "", 301, Location="/2020-corrected.html")
    site.put("/2020-corrected.html", report(2020, "corrected"))
    site.put("/lured.html", "", 302, Location="http://127.66.0.1:9/2019.html")
    site.put("/slider.html", "<title>请稍候…</title><div>请按住滑块，拖动到最右边</div>")


def _labelled(answer: Callable[[], Answer]) -> Callable[[], Answer]:
    status, headers, body = answer()
    return lambda: (status, headers | {"Content-Type": "text/html; charset=gb2312"}, body)


def furnish_second(site: Site) -> None:
    """LonSun over two pages; a counter in the 2019 report makes new bytes each time."""
    pager = "<script>var c={ pageIndex:%d, pageCount:2 };</script>"
    title = "年政府信息公开工作年度报告"
    rows = (
        row("/public/1/2.html", f"青禾县水利局2021{title}"),
        row("/public/1/1.html", f"青禾县水利局2019{title}"),
    )
    site.put(
        "/public/column/1?type=4",
        listing(after=pager % 1).replace("news-list'>", f"doc_list'>{rows[0]}"),
    )
    site.put(
        "/public/column/1?type=4&pageIndex=2",
        listing(after=pager % 2).replace("news-list'>", f"doc_list'>{rows[1]}"),
    )
    site.put("/public/1/2.html", report(2021))
    hits = itertools.count()
    site.pages["/public/1/1.html"] = lambda: (200, {}, report(2019, f"浏览{next(hits)}次").encode())


@dataclass
class Town:
    """Sites with every outcome a column can have, and two crawls of them in a row."""

    registry: Path
    captures: Path
    sites: dict[str, Site] = field(default_factory=dict)
    summaries: list[CrawlSummary] = field(default_factory=list)
    steps: list[Progress] = field(default_factory=list)

    def __getitem__(self, name: str) -> ColumnSummary:
        return next(c for c in self.summaries[0].columns if c.column == name)

    def kept(self, crawl: int, kind: CaptureKind = CaptureKind.REPORT) -> list[Capture]:
        with CaptureStore(self.captures) as store:
            found = store.captures(REGION, kind=kind)
        return [capture for capture in found if capture.crawl == self.summaries[crawl].crawl]


NAMES = ("good", "second", "empty", "robots", "challenge", "gone", "slow")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    town = Town(folder / "registry", folder / "captures")
    town.sites = {name: Site(f"127.77.0.{n}") for n, name in enumerate(NAMES, start=1)}
    sites = town.sites
    furnish_good(sites["good"], sites["second"])
    furnish_second(sites["second"])
    sites["empty"].put("/list.html", listing(row("/1.html", "关于年报的通知")))
    sites["robots"].put("/robots.txt", "User-agent: *\nDisallow: /\n")
    sites["challenge"].put("/list.html", "<script>$_ts={}</script>", 412)
    sites["slow"].put("/robots.txt", f"User-agent: nianbao\nCrawl-delay: {CRAWL_DELAY}\n")
    years = [row(f"/{year}.html", f"{year}年政府信息公开年度报告") for year in YEARS]
    sites["slow"].put("/list.html", listing(*years))
    for year in YEARS:
        sites["slow"].put(f"/{year}.html", report(year))
    write_registry(town)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NIANBAO_CONTACT", "https://nianbao.example/contact")
        for _ in range(2):
            town.summaries.append(run(town))
    yield town
    for site in sites.values():
        site.shutdown()
        site.server_close()


def run(town: Town) -> CrawlSummary:
    return crawl(
        REGION,
        YEARS,
        registry=town.registry,
        captures=town.captures,
        on_progress=town.steps.append,
        settings=FAST,
    )


def write_registry(town: Town) -> None:
    lists = {name: f"{site.url}/list.html" for name, site in town.sites.items()}
    lists["down"] = "http://127.77.0.99:9/list.html"
    lists["second"] = f"{town.sites['second'].url}/public/column/1?type=4"
    more: dict[str, dict[str, object]] = {
        "second": {"family": "lonsun"},
        "slow": {"first_year": 2020},
    }
    rows = [column(name, url, **more.get(name, {})) for name, url in lists.items()]
    gone = {"stopped": "2024-03", "reason": "the site was merged"}
    rows.append(column("former", "http://127.77.0.98:9/list.html", **gone))
    town.registry.mkdir()
    (town.registry / f"{REGION}.toml").write_text("\n".join(rows), "utf-8")


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
    assert town.summaries[0].not_asked == {"former": "stopped 2024-03: the site was merged"}


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


def test_years_that_a_list_does_not_name_are_missing(town: Town) -> None:
    assert town.summaries[0].missing == (("good", 2022), ("second", 2020), ("second", 2022))
    assert town["slow"].years == (2020, 2021, 2022)


def test_pages_that_could_not_be_had_are_named_with_the_reason(town: Town) -> None:
    failed = {problem.url.rsplit("/", 1)[1]: problem.why for problem in town["good"].failed}

    assert failed.pop("lured.html").endswith("2019.html, a host outside the registry")
    assert failed == {"gone.html": "HTTP 404", "slider.html": "blocked:slider (HTTP 200)"}
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
    assert "slider.html" not in names

    archive = gzip.decompress((town.captures / town.summaries[0].warc).read_bytes())
    assert "请按住滑块".encode() in archive
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
    assert [asked.path for asked in town.sites["robots"].log] == ["/robots.txt"] * 2


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


@pytest.fixture
def province() -> Iterator[Province]:
    with serve(regions=["99_yunjiang"]) as province:
        yield province


def start(province: Province, captures: Path, **options: Any) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "crawlers.process", "--region", "99_yunjiang"),
        *("--year", "2019-2024", "--registry", str(province.registry)),
        *("--captures", str(captures)),
        *(part for k, v in FAST.items() for part in ("--set", f"{k}={json.dumps(v)}")),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, **options)


def read(child: subprocess.Popen[bytes]) -> tuple[int, dict[str, Any]]:
    out, _ = child.communicate(timeout=60)
    return child.returncode, json.loads(out.splitlines()[-1])


def pages(captures: Path) -> list[tuple[str, str]]:
    with CaptureStore(captures) as store:
        found = [
            *store.captures("99_yunjiang", kind=CaptureKind.LIST),
            *store.captures("99_yunjiang"),
        ]
    return sorted((capture.url, capture.digest) for capture in found)


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_a_crawl_killed_at_random_moments_ends_like_one_that_was_not(
    province: Province, tmp_path: Path
) -> None:
    """Each kill is a SIGKILL at any moment between the first step and the last."""
    moment = random.Random()
    for name in province.columns:
        province.fault(name, "slow", seconds=0.05)
    code, line = read(start(province, tmp_path / "unkilled"))
    assert (code, line["summary"]["complete"]) == (0, True)
    for _ in range(3):
        child = start(province, tmp_path / "killed", stderr=subprocess.DEVNULL)
        assert child.stdout is not None
        for _ in range(moment.randrange(1, 12)):
            child.stdout.readline()
        time.sleep(moment.uniform(0, 0.05))
        child.kill()
        child.communicate()
        assert child.returncode == -signal.SIGKILL
    had = {url for url, _ in pages(tmp_path / "killed")}
    before = len(province.requests)

    code, line = read(start(province, tmp_path / "killed"))

    summary = CrawlSummary.from_json(json.dumps(line["summary"]))
    assert (code, summary.complete, summary.resumed) == (0, True, True)
    assert summary.from_archive == len(had)
    asked_again = {(asked.host, asked.path) for asked in province.requests[before:]}
    assert not {(urlsplit(url).hostname, path_of(url)) for url in had} & asked_again
    assert pages(tmp_path / "killed") == pages(tmp_path / "unkilled")
    assert len(list((tmp_path / "killed/99_yunjiang").glob("*.warc.gz"))) == 1
    with CaptureStore(tmp_path / "killed") as store:
        assert store.verify() == []


def test_a_full_disk_ends_the_crawl_with_a_clear_error_and_nothing_half_kept(
    province: Province, tmp_path: Path
) -> None:
    """A limit on file size stands for the disk: the WARC file or the index hits it."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    code, line = read(start(province, tmp_path, preexec_fn=limit, stderr=subprocess.DEVNULL))
    assert code == 2
    assert line["error"]["type"] == "CaptureError"
    assert "could not be kept" in line["error"]["message"]
    with CaptureStore(tmp_path) as store:
        assert store.verify() == []
        assert store.captures("99_yunjiang", kind=CaptureKind.LIST)

    code, line = read(start(province, tmp_path))
    assert (code, line["summary"]["resumed"], line["summary"]["complete"]) == (0, True, True)
    with CaptureStore(tmp_path) as store:
        assert store.verify() == []


PARENT = """
import sys
from pathlib import Path
from crawlers.run import crawl
registry, captures = map(Path, sys.argv[1:])
crawl("99_yunjiang", [2019, 2020, 2021], registry=registry, captures=captures,
      settings={"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False},
      on_progress=lambda step: print(step.message, flush=True))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_crawl_outlives_whoever_asked_for_it(
    province: Province, tmp_path: Path, number: signal.Signals
) -> None:
    for name in province.columns:
        province.fault(name, "slow", seconds=0.3)
    command = [sys.executable, "-c", PARENT, str(province.registry), str(tmp_path)]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout is not None
    assert parent.stdout.readline().startswith(b"crawl ")
    parent.stdout.readline()
    parent.send_signal(number)
    parent.wait(timeout=20)
    parent.stdout.close()

    deadline = time.monotonic() + (6 if number == signal.SIGKILL else 0.5)
    while is_running(tmp_path):
        assert time.monotonic() < deadline, "the crawl still holds its region"
        time.sleep(0.1)
    assert parent.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 143)


def is_running(captures: Path) -> bool:
    try:
        with CaptureStore(captures) as store:
            store.open_crawl("99_yunjiang", [2019, 2020, 2021]).close()
    except CrawlRunningError:
        return True
    return False


def test_a_region_being_crawled_is_refused_with_the_holder_named(
    province: Province, tmp_path: Path
) -> None:
    request = CrawlRequest(
        region="99_yunjiang", years=(2019,), registry=province.registry, captures=tmp_path
    )

    with (
        CaptureStore(tmp_path) as store,
        store.open_crawl("99_yunjiang", [2020]),
        pytest.raises(CrawlRunningError, match=f"by process {os.getpid()} since"),
    ):
        crawl_here(request)


def test_an_unwritable_folder_is_an_error_of_the_caller(province: Province, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CrawlError, match="cannot be used"):
        crawl(
            "99_yunjiang", [2019], registry=province.registry, captures=tmp_path / "file/captures"
        )


def test_years_that_no_column_holds_are_an_error(province: Province, tmp_path: Path) -> None:
    request = CrawlRequest(
        region="99_yunjiang", years=(2009,), registry=province.registry, captures=tmp_path
    )

    with pytest.raises(CrawlError, match="no column of 99_yunjiang holds reports of 2009"):
        crawl_here(request)


@pytest.mark.parametrize(
    "rude",
    [
        {"DOWNLOAD_DELAY": 0},
        {"ROBOTSTXT_OBEY": False},
        {"CONCURRENT_REQUESTS_PER_DOMAIN": 4},
        {"DOWNLOAD_DELAY_JITTER": 0.5},
    ],
)
def test_real_hosts_are_never_asked_faster_than_our_manners_allow(
    tmp_path: Path, rude: dict[str, Any]
) -> None:
    request = CrawlRequest(
        region="41_henan",
        years=(2019,),
        registry=default_registry(),
        captures=tmp_path,
        settings=rude,
    )

    with pytest.raises(CrawlError, match=f"settings {next(iter(rude))} are ruder"):
        crawl_here(request)
    assert list(tmp_path.iterdir()) == []


def test_our_own_settings_are_polite_and_open_no_port() -> None:
    settings = Settings()
    settings.setmodule("crawlers.settings")

    check_manners(settings, columns_of(default_registry(), "41_henan"))
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not {403, 405, 412, 521} & set(settings.getlist("RETRY_HTTP_CODES"))


def test_a_crawl_cut_short_is_not_complete() -> None:
    (henan,) = columns_of(default_registry(), "41_henan")
    tally = Tally([henan], [2019, 2020])
    assert tally["henan"].summary().status is ColumnStatus.UNREACHED

    tally["henan"].lists = tally["henan"].reports_seen = 1
    tally.want("https://www.henan.gov.cn/1.html", "henan", "2019年…")
    (cut,) = tally["henan"].summary().failed
    assert cut.why == "the crawl ended before it was kept"

    tally.kept("https://www.henan.gov.cn/1.html", is_new=True)
    assert tally["henan"].summary().failed == ()


def test_a_broken_archive_is_an_error_on_reading_too(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="not in this index"), CaptureStore(tmp_path) as store:
        store.body(
            Capture(7, "c", "r", "x", CaptureKind.LIST, None, "u", 200, None, _NOW, "", "", 0, True)
        )


_NOW: Any = None
