"""What keeps a crawl where it may go, and as slow as it was asked to be."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings

from crawlers.job import CrawlJob
from crawlers.refused import OutsideAllowListError
from crawlers.registry import ReportColumn, is_government, is_loopback
from crawlers.summary import CrawlError

# A robots.txt may ask for hours between two pages; beyond five minutes a list is not worth reading
# in one night, and the host is better left out of the registry.
LONGEST_CRAWL_DELAY = 300.0
LEAST_DELAY = 2.0


def job_of(crawler: Crawler) -> CrawlJob:
    """The crawl that a middleware works for."""
    job = getattr(crawler.spider, "job", None)
    assert isinstance(job, CrawlJob), "these middlewares serve crawlers.spiders alone"
    return job


def check_manners(settings: BaseSettings, columns: tuple[ReportColumn, ...]) -> None:
    """Refuse settings that would be rude to a real host; loopback may be crawled at any speed."""
    check_manners_of(settings, {column.host for column in columns})


def check_manners_of(settings: BaseSettings, hosts: Iterable[str]) -> None:
    """`check_manners` for hosts that no row of the registry names yet."""
    real = sorted(host for host in hosts if not is_loopback(host))
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
        # RFC 9309, 2.3.1.2: the redirects of a robots.txt are followed across hosts.
        if request.callback is NO_CALLBACK and is_government(host):
            return
        if host not in job_of(self._crawler).hosts:
            asked = request.meta.get("redirect_urls", [request.url])[0]
            raise OutsideAllowListError(
                f"{asked} redirects to {request.url}, a host outside the registry"
            )
