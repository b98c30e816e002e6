"""A town of agency sites on loopback that shows every outcome a report column can have."""

from __future__ import annotations

import gzip
import itertools
import json
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.run import crawl
from crawlers.summary import ColumnSummary, CrawlSummary, Progress
from pipeline.model import Capture, CaptureKind
from storage.captures import CaptureStore

FAST: dict[str, Any] = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
FAST_ARGUMENTS = tuple(
    part for name, value in FAST.items() for part in ("--set", f"{name}={json.dumps(value)}")
)
"""The same for `python -m crawlers.process`."""
TITLE = "年政府信息公开工作年度报告"
"""What follows agency and year."""
YEARS = range(2019, 2023)
REGION = "99_test"
CRAWL_DELAY = 0.25
PROSE = "<p>政府信息公开情况</p>" * 200  # longer than any shell


def path_of(url: str) -> str:
    """What a request names: the path, with the query where there is one."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


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

    def close(self) -> None:
        """The socket goes after its thread, which would spin on a closed one for ever."""
        self.shutdown()
        self.server_close()

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
        self._answer(self.path)

    def do_POST(self) -> None:
        """A form's answer stands under its path and its body, a blank between."""
        size = int(self.headers.get("Content-Length", "0"))
        self._answer(f"{self.path} {self.rfile.read(size).decode()}")

    def _answer(self, path: str) -> None:
        self.server.log.append(Asked(time.monotonic(), path, dict(self.headers.items())))
        missing: Answer = (404, {}, b"not found")
        status, headers, body = self.server.pages.get(path, lambda: missing)()
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
    return f"<html><h1>青禾县{year}{TITLE}</h1>{PROSE}{words}</html>"


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
    lines = (f"{key} = {toml(value)}" for key, value in values.items())
    return "\n".join(["[[column]]", *lines, ""])


def toml(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


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
        row("/deleted.html", f"青禾县2019{title}（二）"),
        row("/lured.html", f"青禾县2019{title}（三）"),
        row("/2019.html", f"青禾县2019{title}"),
        row("/2019_wap.html;jsessionid=0A1B", f"青禾县2019{title}"),
    )
    site.put("/list_2.html", later, ETag='"list-2"')
    site.put("/2019.html", report(2019), ETag='"2019"')
    site.put("/2020.html", report(2020))
    site.put("/undated.html", report(2019, "undated"))
    site.put("/by-date.html", report(2021))
    site.put("/moved.html", "", 301, Location="/2020-corrected.html")
    site.put("/2020-corrected.html", report(2020, "corrected"))
    site.put("/lured.html", "", 302, Location="http://127.66.0.1:9/2019.html")
    site.put("/deleted.html", f"<title>提示</title><p>该文章已被删除</p>{'<p>要闻</p>' * 200}")


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


def run(town: Town, **settings: object) -> CrawlSummary:
    return crawl(
        REGION,
        YEARS,
        registry=town.registry,
        captures=town.captures,
        on_progress=town.steps.append,
        settings=FAST | settings,
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
    gone = {"status": "stopped", "as_of": date(2024, 3, 1), "reason": "the site was merged"}
    rows.append(column("former", "http://127.77.0.98:9/list.html", **gone))
    town.registry.mkdir()
    (town.registry / f"{REGION}.toml").write_text("\n".join(rows), "utf-8")


def build_town(folder: Path) -> Town:
    """Sites up and their registry written; nothing crawled yet."""
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
    return town
