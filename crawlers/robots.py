"""robots.txt as RFC 9309 has it: what an error, a challenge or a page in its place means."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler

from crawlers.manners import LONGEST_CRAWL_DELAY, job_of
from crawlers.refused import RobotsRefusedError, RobotsUnreachableError

TOO_MANY_REQUESTS = 429
# RFC 9309, 2.3.1.3: a 4xx means that there are no rules. We take 429 out of it: that is the host
# asking for less, and asking on would be the wrong reply.
UNREACHABLE_FROM = 500


class PoliteRobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt, and lets nothing out to a host whose robots.txt is not reachable."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._why: dict[str, str] = {}
        """Host and port -> why its robots.txt cannot be had."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what the rules, or the lack of an answer, forbid."""
        why = self._why.get(urlsplit(request.url).netloc)
        if why is not None:
            raise RobotsUnreachableError(f"robots.txt could not be had, so nothing is asked: {why}")
        if rp is not None and not rp.allowed(request.url, str(self._robotstxt_useragent)):
            raise RobotsRefusedError("Forbidden by robots.txt")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        """Rules, no rules (4xx), a page in their place (no rules in it), or unreachable (5xx)."""
        status, body = response.status, response.body
        host = job_of(self.crawler).note(urlsplit(request.url).hostname or "")
        if status == TOO_MANY_REQUESTS or status >= UNREACHABLE_FROM or 300 <= status < 400:
            self._why[netloc] = host.robots = f"HTTP {status}"
        elif status >= 400:
            host.robots, body = f"none: HTTP {status}", b""
        elif body.lstrip()[:1] == b"<":
            host.robots, body = "none: a page stands in its place", b""
        else:
            host.robots = "rules" if body.strip() else "none: empty"
            host.crawl_delay = self._delay(body)
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """Network errors, and redirects to where we do not go."""
        text = str(exc)
        named = isinstance(exc, IgnoreRequest) or type(exc).__name__ in text
        self._why[netloc] = text if named else f"{type(exc).__name__}: {text}"
        host = job_of(self.crawler).note(urlsplit(f"//{netloc}").hostname or "")
        host.robots = self._why[netloc]
        super()._robots_error(exc, netloc)

    def _delay(self, body: bytes) -> float | None:
        rules = build_from_crawler(self._parserimpl, self.crawler, body)
        delay = rules.crawl_delay(str(self._robotstxt_useragent))
        return min(delay, LONGEST_CRAWL_DELAY) if delay else None
