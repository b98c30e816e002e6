"""The spider of a scout: it asks what a walk tells it to, with the manners of every crawl."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.asking import FIRST, answered, request_for
from crawlers.columns import LEGACY_LINE
from crawlers.families.base import Ask
from crawlers.job import CrawlJob
from crawlers.scout.model import Refusal
from crawlers.scout.walks import Walk
from crawlers.spiders.files import is_gone, refusal_of
from crawlers.text import decode_page
from storage.captures import PageClaim

AS_LIST = PageClaim(None, "list")


class ScoutSpider(Spider):
    """List pages and home pages, one after another; no report is asked for."""

    name = "scout"

    def __init__(self, job: CrawlJob, walk: Walk, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.walk = walk

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ScoutSpider:
        """Scrapy's way of making one; signals are held weakly, so methods only."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._broke, signals.spider_error)
        crawler.signals.connect(spider._closed, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """What the walk begins with."""
        for request in self._ask(self.walk.begin()):
            request.meta[FIRST] = True
            yield request

    def _ask(self, asks: Iterable[Ask]) -> Iterator[Request]:
        for ask in asks:
            self.job.tally.pages += 1
            self.job.say(None, ask.url)
            yield request_for(ask, self.page, self.failed, AS_LIST, asked=ask)

    def page(self, response: Response, asked: Ask) -> Iterator[Request]:
        """Hand a page to the walk; a challenge or an error is none."""
        if refused := refusal_of(response):
            refusal = Refusal(url=asked.url, why=refused[1], is_gone=is_gone(response))
            yield from self._ask(self.walk.refused(refusal))
            return
        text = decode_page(response.body)
        yield from self._ask(self.walk.answered(asked, answered(asked, response), text))

    def failed(self, failure: Failure) -> Iterator[Request]:
        """No answer, or none that may be asked for."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        name = type(error).__name__
        why = str(error) if name.endswith("Error") and str(error) else f"{name}: {error}"
        line = LEGACY_LINE if LEGACY_LINE in why else None  # robots.txt, asked first, may say it
        url = request.cb_kwargs["asked"].url
        yield from self._ask(self.walk.refused(Refusal(url=url, why=why, line=line)))

    def _broke(self, failure: Failure) -> None:
        self.job.error = self.job.error or Exception(f"our error: {failure.value!r}")

    def _closed(self, reason: str) -> None:
        self.job.reason = reason
