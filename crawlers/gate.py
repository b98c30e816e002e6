"""The gate of each host: when it may be asked, how long to wait, and when to leave it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.archive import FROM_ARCHIVE, KEPT
from crawlers.hours import is_open
from crawlers.manners import job_of
from crawlers.refused import HostChallengedError, HostLeftError, OutOfHoursError
from crawlers.registry import is_loopback
from storage.captures import Kept

PAUSED_BY = {429, 503}  # the statuses that RFC 9110 names beside Retry-After
SERVER_ERROR = 500
FAILURE = "failure"


class GateMiddleware:
    """Holds requests back outside a host's hours, and once the host has been left."""

    def __init__(self, crawler: Crawler, now: Callable[[], datetime]) -> None:
        self._crawler = crawler
        self._now = now
        self._longest = crawler.settings.getfloat("RETRY_AFTER_LONGEST")
        self._hours: str | None = crawler.settings.get("CRAWL_HOURS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GateMiddleware:
        """Scrapy's way of making one."""
        gate = cls(crawler, lambda: datetime.now(UTC))
        crawler.signals.connect(gate.downloaded, signals.response_downloaded)
        return gate

    def downloaded(self, response: Response, request: Request) -> None:
        """Obey `Retry-After` before the host's queue is looked at again."""
        seconds = asked_to_wait(response, self._now())
        if seconds is not None and seconds <= self._longest:
            pause(self._crawler, _host(request), seconds)

    def process_request(self, request: Request) -> None:
        """Refuse what is out of hours or goes to a host that was left; slow the others down."""
        host = _host(request)
        try:
            self._check(host)
        except IgnoreRequest:
            job_of(self._crawler).note(host).not_asked += 1
            raise
        delay = job_of(self._crawler).note(host).crawl_delay
        if delay is not None:
            request.meta["autothrottle_dont_adjust_delay"] = True
            slots = self._crawler.engine.downloader.slots
            if host in slots:
                slots[host].delay = max(slots[host].delay, delay)

    def _check(self, host: str) -> None:
        job = job_of(self._crawler)
        if why := job.breaker.left.get(host):
            raise _left(why)
        if is_loopback(host):
            return
        for hours in {self._hours, *job.hours.get(host, ())} - {None, ""}:
            if not is_open(str(hours), self._now()):
                raise OutOfHoursError(f"{host} is crawled from {hours} only (Asia/Shanghai)")

    def process_response(self, request: Request, response: Response) -> Response:
        """What is left of an answer after retries tells how the host feels about us."""
        kept = request.meta.get(KEPT)
        if FROM_ARCHIVE in response.flags and response.status < SERVER_ERROR:
            return response
        host, what = _host(request), f"HTTP {response.status} at {response.url}"
        if isinstance(kept, Kept) and kept.blocked is not None:
            self._bad(host, kept.blocked, f"blocked:{kept.blocked} ({what})")
        elif response.status >= SERVER_ERROR:
            self._bad(host, FAILURE, what)
        else:
            job_of(self._crawler).breaker.good(host)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A request that was never answered, after its retries."""
        if not isinstance(exception, IgnoreRequest):
            name = type(exception).__name__
            self._bad(_host(request), FAILURE, f"{name} at {request.url}")

    def _bad(self, host: str, kind: str, what: str) -> None:
        job = job_of(self._crawler)
        if job.breaker.bad(host, kind, what):
            leave(self._crawler, host, job.breaker.left[host])


class PoliteRetryMiddleware(RetryMiddleware):
    """Asks again as Scrapy does, but not a host that wants more time than a crawl has."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Retry; the gate sees to it that the host's time has passed."""
        seconds = asked_to_wait(response, datetime.now(UTC))
        if seconds is None or seconds <= self.crawler.settings.getfloat("RETRY_AFTER_LONGEST"):
            return super().process_response(request, response)
        host = _host(request)
        why = f"HTTP {response.status} with Retry-After {seconds:.0f} s at {response.url}"
        job_of(self.crawler).breaker.left[host] = why
        leave(self.crawler, host, why)
        return response


def asked_to_wait(response: Response, now: datetime) -> float | None:
    """Seconds that an answer asks us to wait; null: it does not."""
    header = response.headers.get("Retry-After") if response.status in PAUSED_BY else None
    return None if header is None else retry_after(header, now)


def retry_after(header: bytes, now: datetime) -> float | None:
    """Seconds to wait, from a number or a date; null for what is neither."""
    text = header.decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def pause(crawler: Crawler, host: str, seconds: float) -> None:
    """Let nothing out to a host for a while; other hosts go on."""
    downloader: Any = crawler.engine.downloader
    slot = downloader.slots.get(host)
    if slot is None:
        return
    if slot.latercall:
        slot.latercall.cancel()
    loop = asyncio.get_running_loop()
    slot.latercall = loop.call_later(seconds, downloader._latercall, slot)


def leave(crawler: Crawler, host: str, why: str) -> None:
    """Take back what waits in a host's queue; each request learns why."""
    slot = crawler.engine.downloader.slots.get(host)
    while slot is not None and slot.queue:
        _, waiting = slot.queue.popleft()
        job_of(crawler).note(host).not_asked += 1
        waiting.errback(_left(why))


def _left(why: str) -> HostLeftError:
    error = HostChallengedError if why.startswith("blocked:") else HostLeftError
    return error(f"the host was left: {why}")


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
