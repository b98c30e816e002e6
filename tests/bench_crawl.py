"""How fast, how lean and how small a crawl is, beside a bare Scrapy spider that stores nothing."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from crawlers.summary import CrawlSummary
from tests.crawl_bench_site import HOSTS, REGION, Benchmark, benchmark
from tests.crawl_town import FAST, FAST_ARGUMENTS
from tests.memory_support import most_in_use
from tests.process_support import free_port

ROUNDS = 5
"""Paired: a slow moment of the machine hits both sides of a pair, the median drops it."""
COLUMNS = 100
SIZES = (91, 909, 1819)
"""Columns of eleven pages each: some 1,000, 10,000 and 20,000 pages."""

LEAST_RATIO = 1.0
"""Of processor time, best round against best round: what others take from a round only adds to it.
Measured on two cores: 1.05-1.08 where hardly anybody else is at work, 1.1-1.2 where others are."""
MOST_BYTES, MOST_REQUESTS = 0.05, 0.15
MOST_GROWTH = 1.15
"""Of the memory in use, from 1,000 to 20,000 pages of one crawl: measured 1.05-1.08."""
MOST_LARGER = 1.35
"""Of the peak, for twenty times the columns and pages: measured 1.24-1.27. What is left are the
columns: a row of the registry, a ledger, a request that waits and a part of the summary each."""
MEGABYTE = 1 << 20

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
        Bare.last = time.perf_counter(), time.process_time()
        Bare.first = Bare.first or Bare.last
process = AsyncCrawlerProcess()
process.crawl(Bare)
process.start()
print(json.dumps([Bare.pages, *(last - first for last, first in zip(Bare.last, Bare.first))]))
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """From the first page to the last: starting up is not the crawl."""

    pages: int
    seconds: float
    processor: float

    def over(self, other: Speed) -> tuple[float, float]:
        """How much faster, by the clock and by processor time."""
        share = self.pages / other.pages
        return share * other.seconds / self.seconds, share * other.processor / self.processor


@dataclass(slots=True)
class Crawled:
    """A crawl of ours, watched from outside."""

    speed: Speed
    peak: float
    """MB, as the system counts them, up to the summary at its end."""
    memory: dict[int, float] = field(default_factory=dict)
    """Thousands of pages -> MB in use then."""


def bare(site: Benchmark, folder: Path) -> Speed:
    """The smallest Scrapy there is, with its default settings."""
    (folder / "urls.json").write_text(json.dumps(site.urls))
    command = [sys.executable, "-c", BARE, str(folder / "urls.json")]
    run = subprocess.run(command, capture_output=True, check=True)
    speed = Speed(*json.loads(run.stdout))
    assert speed.pages == site.pages
    return speed


def ours(site: Benchmark, captures: Path) -> Crawled:
    """A crawl with every answer in WARC and index, and none of the pauses that real hosts get."""
    command = [
        *(sys.executable, "-m", "crawlers.process", "--region", REGION, "--year", "2016-2025"),
        *("--registry", str(site.registry), "--captures", str(captures), "--log-file"),
        *FAST_ARGUMENTS,
    ]
    memory: dict[int, float] = {}
    seen: list[tuple[float, float]] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        line, peak = b"", 0.0
        for line in child.stdout:
            peak = max(peak, most_in_use(child.pid))
            step = json.loads(line).get("progress")
            if step and (step["pages"] // 1000 not in memory or step["pages"] == site.pages):
                memory[step["pages"] // 1000] = in_use(child.pid)
            if step and step["pages"] in {1, site.pages}:
                seen.append((time.perf_counter(), processor(child.pid)))
    summary = CrawlSummary.model_validate(json.loads(line)["summary"])
    assert summary.complete, summary.unreached
    took = [last - first for last, first in zip(seen[-1], seen[0], strict=True)]
    return Crawled(Speed(site.pages, *took), peak, memory)


def in_use(process: int) -> float:
    """MB that a process has in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def processor(process: int) -> float:
    """Seconds of processor time that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_crawl_that_keeps_everything_beside_one_that_keeps_nothing(tmp_path: Path) -> None:
    pairs = []
    with benchmark(tmp_path, COLUMNS, free_port()) as site:
        for n in range(ROUNDS):
            theirs = bare(site, tmp_path)
            pairs.append((ours(site, tmp_path / f"captures{n}").speed, theirs))

    clock, processor_time = (median(r) for r in zip(*(a.over(b) for a, b in pairs), strict=True))
    print(f"\n{site.pages} pages of 60 KB on {HOSTS} loopback hosts, medians of {ROUNDS} pairs")
    for n, name in enumerate(("every answer in WARC and index", "bare Scrapy, nothing stored")):
        rate = median(pair[n].pages / pair[n].seconds for pair in pairs)
        cost = median(pair[n].processor / pair[n].pages for pair in pairs)
        print(f"{name:32}{rate:6.0f} pages/s{cost * 1e6:7.0f} us of processor time a page")
    mine, theirs_ = (min(speed.processor for speed in side) for side in zip(*pairs, strict=True))
    print(f"ratio by the clock {clock:.2f}, by processor time {processor_time:.2f}", end=", ")
    print(f"best round to best round {theirs_ / mine:.2f} (at least {LEAST_RATIO})")
    print(f"ours: crawlers/settings.py with {FAST}; theirs: Scrapy's defaults, no robots.txt")
    assert theirs_ / mine >= LEAST_RATIO


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


def test_memory_is_flat_from_a_thousand_pages_to_twenty_thousand(tmp_path: Path) -> None:
    crawls = []
    for columns in SIZES:
        with benchmark(tmp_path, columns, free_port()) as site:
            crawls.append(crawl := ours(site, tmp_path / f"captures{columns}"))
            rate = site.pages / crawl.speed.seconds
            print(f"\n{site.pages:6} pages: peak {crawl.peak:.0f} MB, {rate:.0f} pages/s", end="")

    large = crawls[-1]
    first, last = large.memory[1], large.memory[max(large.memory)]
    larger = large.peak / crawls[0].peak
    print(f"\nin use at 1,000 of 20,000 pages {first:.0f} MB, at the last {last:.0f} MB:", end=" ")
    print(f"{last / first:.2f} (at most {MOST_GROWTH})")
    print(f"peak of 20,000 to that of 1,000: {larger:.2f} (at most {MOST_LARGER})")
    assert last <= first * MOST_GROWTH
    assert larger <= MOST_LARGER
