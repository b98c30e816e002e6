"""How fast, how lean and how small a crawl is, beside a bare Scrapy spider that stores nothing."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import median

from crawlers.summary import CrawlSummary
from tests.crawl_bench_site import HOSTS, REGION, Benchmark, benchmark
from tests.crawl_town import FAST

ROUNDS = 3
"""Paired: a slow moment of the machine hits both sides of a pair, the median drops it."""
COLUMNS = 100
SMALL, LARGE = 91, 909
"""Columns of eleven pages each: some 1,000 and 10,000 pages."""

LEAST_RATIO = 0.75
"""What holds on a busy machine, measured 0.84-0.96 with pages of 60 KB; the goal is 1.0. What is
missing goes into judging each page, reading lists, and the index."""
MOST_BYTES, MOST_REQUESTS = 0.05, 0.15
MOST_GROWTH = 1.35
"""Of the peak memory, for ten times the pages: 1-2 KB a page are left, for what lists name."""

BARE = """
import json, sys, time, scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    pages, first = 0, None
    async def start(self):
        for url in json.load(open(sys.argv[1])):
            yield scrapy.Request(url)
    def parse(self, response):
        self.note()
        for href in response.css("li a::attr(href)").getall():
            yield response.follow(href, self.parse_report)
    def parse_report(self, response):
        self.note()
    def note(self):
        Bare.pages += 1
        Bare.last = time.perf_counter()
        Bare.first = Bare.first or Bare.last
process = AsyncCrawlerProcess()
process.crawl(Bare)
process.start()
print(json.dumps([Bare.pages, Bare.last - Bare.first]))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def bare(site: Benchmark, folder: Path) -> float:
    """Pages a second of the smallest Scrapy there is, with its default settings."""
    (folder / "urls.json").write_text(json.dumps(site.urls))
    command = [sys.executable, "-c", BARE, str(folder / "urls.json")]
    run = subprocess.run(command, capture_output=True, check=True)
    pages, seconds = json.loads(run.stdout)
    assert pages == site.pages
    return float(pages / seconds)


def ours(site: Benchmark, captures: Path) -> tuple[CrawlSummary, int]:
    """A crawl with every answer in WARC and index: its summary, and its peak memory in KB."""
    command = [
        *(sys.executable, "-m", "crawlers.process", "--region", REGION, "--year", "2016-2025"),
        *("--registry", str(site.registry), "--captures", str(captures), "--log-file"),
        *(part for k, v in FAST.items() for part in ("--set", f"{k}={json.dumps(v)}")),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        last = b""
        for line in child.stdout:
            last = line
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    summary = CrawlSummary.model_validate(json.loads(last)["summary"])
    assert summary.complete, summary.unreached
    return summary, usage.ru_maxrss


def seconds(captures: Path) -> float:
    """From the first page kept to the last, as of the bare spider: starting up is not the crawl."""
    with closing(sqlite3.connect(captures / "index.sqlite")) as index:
        query = "SELECT min(fetched_at), max(fetched_at) FROM capture WHERE kind <> 'robots'"
        first, last = index.execute(query).fetchone()
    return (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()


def test_a_crawl_that_keeps_everything_beside_one_that_keeps_nothing(tmp_path: Path) -> None:
    pairs = []
    with benchmark(tmp_path, COLUMNS, free_port()) as site:
        for n in range(ROUNDS):
            theirs = bare(site, tmp_path)
            ours(site, captures := tmp_path / f"captures{n}")
            pairs.append((site.pages / seconds(captures), theirs))

    ratio = median(a / b for a, b in pairs)
    mine, bare_ = (median(side) for side in zip(*pairs, strict=True))
    print(f"\n{site.pages} pages of 60 KB on {HOSTS} loopback hosts, medians of {ROUNDS} pairs")
    print(f"crawl, every answer in WARC and index  {mine:7.0f} pages/s")
    print(f"bare Scrapy, defaults, nothing stored  {bare_:7.0f} pages/s")
    print(f"ratio{ratio:41.2f} (at least {LEAST_RATIO}; the goal is 1.0)")
    assert ratio >= LEAST_RATIO


def test_an_unchanged_night_costs_little(tmp_path: Path) -> None:
    with benchmark(tmp_path, COLUMNS, free_port()) as site:
        ours(site, tmp_path / "captures")
        first = site.served.take()
        ours(site, tmp_path / "captures")
        second = site.served.take()

    requests, size = second[0] / first[0], second[1] / first[1]
    print(f"\nsecond night: {requests:.1%} of the requests, {size:.1%} of the bytes of the first")
    assert requests <= MOST_REQUESTS
    assert size <= MOST_BYTES


def test_memory_hardly_grows_with_the_pages(tmp_path: Path) -> None:
    peaks = {}
    for columns in (SMALL, LARGE):
        with benchmark(tmp_path, columns, free_port()) as site:
            captures = tmp_path / f"captures{columns}"
            _, peaks[site.pages] = ours(site, captures)
            print(f"\n{site.pages:6} pages: peak {peaks[site.pages] / 1024:.0f} MB", end="")
            print(f", {site.pages / seconds(captures):.0f} pages/s", end="")
    small, large = peaks.values()
    print(f", growth {large / small:.2f} (at most {MOST_GROWTH})")
    assert large <= small * MOST_GROWTH
