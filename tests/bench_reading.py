"""How fast pages are read, beside bare `trafilatura.extract` on the same pages in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median

import trafilatura

from crawlers.practice.library import load_sites
from crawlers.practice.render import render_report
from pipeline.read import read_page

ROUNDS = 9
"""Paired: a slow moment of the machine hits both sides of a pair, the median drops it."""

LEAST_RATIO = 3.0
"""Raw HTML to a checked report against extracting the text alone."""


def pages() -> list[bytes]:
    return [render_report(report, site) for site in load_sites() for report in site.reports]


def seconds(work: Callable[[bytes], object], items: Sequence[bytes]) -> float:
    start = time.perf_counter()
    for item in items:
        work(item)
    return time.perf_counter() - start


def test_a_page_is_read_and_checked_faster_than_its_text_is_extracted() -> None:
    items = pages()
    for work in (read_page, trafilatura.extract):
        seconds(work, items)  # caches of both sides are warm before the clock runs

    pairs = [
        (seconds(read_page, items), seconds(trafilatura.extract, items)) for _ in range(ROUNDS)
    ]

    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(b / a for a, b in pairs)
    print(f"\n{len(items)} practice pages, {sum(map(len, items)) / len(items) / 1024:.0f} KB each")
    print(f"raw HTML -> checked report  {len(items) / ours:7.1f} pages/s")
    print(f"bare trafilatura.extract    {len(items) / theirs:7.1f} pages/s")
    print(f"ratio                       {ratio:7.2f} (at least {LEAST_RATIO})")
    assert ratio >= LEAST_RATIO
