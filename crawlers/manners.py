"""What keeps a crawl where it may go, and as slow as it was asked to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings

from crawlers.job import CrawlJob
from crawlers.registry import ReportColumn, is_loopback
from crawlers.summary import CrawlError

# A robots.txt may ask for hours between two pages; beyond five minutes a list is not worth reading
# in one night, and the host is better left out of the registry.
LONGEST_CRAWL_DELAY = 300.0
LEAST_DELAY = 2.0


class OutsideAllowListError(IgnoreRequest):
    """A redirect or link leads to a host that the registry does not name."""


def job_of(crawler: Crawler) -> CrawlJob:
    """The crawl that a middleware works for."""
    job = getattr(crawler.spider, "job", None)
    assert isinstance(job, CrawlJob), "these middlewares serve crawlers.spiders alone"
    return job


def check_manners(settings: BaseSettings, columns: tuple[ReportColumn, ...]) -> None:
    """Refuse settings that would be rude to a real host; loopback may be crawled at any speed."""
    real = sorted({column.host for column in columns if not is_loopback(column.host)})
    rude = {
        "ROBOTSTXT_OBEY": not settings.getbool("ROBOTSTXT_OBEY"),
        "DOWNLOAD_DELAY": settings.getfloat("DOWNLOAD_DELAY") < LEAST_DELAY,
        "DOWNLOAD_DELAY_JITTER": settings.getfloat("DOWNLOAD_DELAY_JITTER") > 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") != 1,
    }
    broken = [name for name, is_rude in rude.items() if is_rude]
    if real and broken:
        raise CrawlError(
            f"settings {', '.join(broken)} are ruder than crawlers/settings.py allows for real "
            f"hosts ({real[0]} and {len(real) - 1} more); only loopback hosts may be asked faster"
        )


class AllowListMiddleware:
    """Lets no request out to a host that the region's registry does not name."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AllowListMiddleware:
        """Scrapy's way of making one."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse redirects that leave; links that leave never become requests."""
        host = urlsplit(request.url).hostname or ""
        if host not in job_of(self._crawler).hosts:
            asked = request.meta.get("redirect_urls", [request.url])[0]
            raise OutsideAllowListError(
                f"{asked} redirects to {request.url}, a host outside the registry"
            )


class CrawlDelayMiddleware:
    """Honours `Crawl-delay`, which Scrapy reads and does not apply."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelayMiddleware:
        """Scrapy's way of making one."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.robots_parsed, signals.robots_parsed)
        return middleware

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember what the host asks for."""
        rules: Any = getattr(robotparser, "rp", None)
        delay = rules.crawl_delay(self._agent) if rules is not None else None
        if delay:
            host = urlsplit(request.url).hostname or ""
            self._delays[host] = min(float(delay), LONGEST_CRAWL_DELAY)

    def process_request(self, request: Request) -> None:
        """Slow the host's queue down, and keep AutoThrottle from speeding it up again."""
        host = urlsplit(request.url).hostname or ""
        delay = self._delays.get(host)
        if delay is None:
            return
        request.meta["autothrottle_dont_adjust_delay"] = True
        slots: Mapping[str, Any] = self._crawler.engine.downloader.slots
        if host in slots:
            slots[host].delay = max(slots[host].delay, delay)
