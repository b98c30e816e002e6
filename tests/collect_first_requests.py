"""Run by test_registry_starts.py: every column of the packaged registry, with nothing sent.

The spider, its middlewares and the scheduler are the real ones; in place of the network stands a
handler that notes each request and says 404. Sockets to other machines raise.
"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from crawlers.hosts import allow_list
from crawlers.job import CrawlJob
from crawlers.registry import default_registry, load_registry
from crawlers.spiders.annual_reports import AnnualReportsSpider
from crawlers.tally import Tally
from storage.captures import CaptureStore

YEARS = range(2008, 2026)
ASKED: list[list[str]] = []


class Collector(BaseDownloadHandler):
    """No network: what would have been sent, noted."""

    async def download_request(self, request: Request) -> HtmlResponse:
        ASKED.append([request.method, request.url])
        return HtmlResponse(request.url, status=404, body=b"<html>nothing here</html>")


def refuse_the_network() -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1")):
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]


def main(captures: Path) -> None:
    refuse_the_network()
    columns = tuple(c for region in load_registry(default_registry()).values() for c in region)
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    nothing_sent = {
        "DOWNLOAD_HANDLERS": {"http": Collector, "https": Collector},
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }
    settings.setdict(nothing_sent, priority="cmdline")
    with CaptureStore(captures) as store, store.open_crawl("99_all", YEARS) as writer:
        job = CrawlJob(
            columns=columns,
            hosts=allow_list(host for column in columns for host in column.hosts),
            years=frozenset(YEARS),
            writer=writer,
            tally=Tally(columns, YEARS),
            on_progress=lambda _: None,
        )
        process = AsyncCrawlerProcess(settings)
        process.crawl(AnnualReportsSpider, job=job)
        process.start()
        ledgers = job.tally.ledgers.values()
        problems = {led.column.id: led.problem.why for led in ledgers if led.problem}
        sys.stdout.write(json.dumps({"asked": ASKED, "problems": problems, "reason": job.reason}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
