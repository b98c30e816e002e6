"""Keep first: every answer goes into the archive before anything else looks at it."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.responsetypes import responsetypes

from crawlers.asking import CLAIM, kept_under
from crawlers.blocked import blocked_kind, is_root
from crawlers.job import CrawlJob
from crawlers.ledger import Ledger
from crawlers.manners import job_of
from storage.captures import (
    CaptureError,
    Exchange,
    Kept,
    Page,
    PageClaim,
    content_of,
)

log = logging.getLogger(__name__)

KEPT = "nianbao_kept"  # meta key: what was kept comes back with the answer
FROM_ARCHIVE = "from_archive"
HOME = "home"
NEVER_HOME = {"list", "report"}
NOT_A_FILE = "not_a_file"  # a page where a link promised a file
CONDITIONS = ("If-None-Match", "If-Modified-Since")


class ArchiveMiddleware:
    """Writes answers down; answers from the archive what this crawl has already."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._robots_fresh = timedelta(hours=crawler.settings.getfloat("ROBOTS_FRESH_HOURS"))
        self._homes: dict[str, frozenset[str]] = {}
        """Site -> digests of its home page, as far as the archive has it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Scrapy's way of making one."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Give what a killed run of this crawl had kept; else ask only for what has changed."""
        job = job_of(self._crawler)
        if job.error is not None:
            raise IgnoreRequest(str(job.error))
        for name in CONDITIONS:
            request.headers.pop(name, None)  # a redirect must not carry those of its origin
        if _claim(request).kind == "robots":
            fresh = job.writer.memory.fresh_robots(request.url, self._robots_fresh)
            return self._page(request, fresh) if fresh is not None else None
        kept = job.writer.earlier(kept_under(request))
        if kept is not None and kept.blocked is None and kept.status < HTTPStatus.BAD_REQUEST:
            return self._from_archive(job, request, kept)
        ledger = self._ledger(_claim(request))
        relist = ledger is not None and ledger.deep and _claim(request).kind == "list"
        # A condition on a POST would mean something else, and a list's validators may lie for ever.
        if request.method == "GET" and not relist:
            for name, value in job.writer.memory.validators(kept_under(request)).items():
                request.headers[name] = value
        return None

    def _from_archive(self, job: CrawlJob, request: Request, kept: Kept) -> Response:
        try:
            kept = job.writer.claim(kept, _claim(request))
        except CaptureError as error:
            self._stop(error)
            raise IgnoreRequest(str(error)) from error
        job.tally.from_archive += 1
        return self._page(request, kept)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep it; hand on the page that a 304 confirms."""
        if FROM_ARCHIVE in response.flags:
            return response
        job = job_of(self._crawler)
        self._count(request, len(response.body))
        if job.error is not None:
            raise IgnoreRequest(str(job.error))
        exchange = _exchange(request, response)
        try:
            blocked = _blocked(exchange, _claim(request)) or self._home(request, exchange)
            kept = job.writer.keep(exchange, _claim(request), blocked)
        except CaptureError as error:
            self._stop(error)
            raise IgnoreRequest(str(error)) from error
        request.meta[KEPT] = kept
        if kept.blocked == "cookie_loop":
            request.meta["dont_redirect"] = True
        if response.status == HTTPStatus.NOT_MODIFIED:
            return self._page(request, kept)
        return _undone(response, exchange)

    def _home(self, request: Request, exchange: Exchange) -> str | None:
        """A soft 404: the home page in place of a list or report, by redirect or by its bytes."""
        claim, asked = _claim(request), request.meta.get("redirect_urls", [request.url])[0]
        if exchange.status != HTTPStatus.OK or claim.kind not in NEVER_HOME or not claim.column:
            return None
        if is_root(asked):
            return None  # the row of the registry says that its list stands there
        if is_root(exchange.url):
            return HOME
        parts = urlsplit(exchange.url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._homes:
            self._homes[host] = job_of(self._crawler).writer.memory.digests([host, f"{host}/"])
        homes = self._homes[host]
        return HOME if homes and content_of(exchange)["digest"] in homes else None

    def process_exception(self, request: Request, exception: Exception) -> None:
        """An unanswered request counts as one; what it means is the spider's business."""
        if not isinstance(exception, IgnoreRequest):
            self._count(request, 0)

    def _page(self, request: Request, kept: Kept) -> Response:
        request.meta[KEPT] = kept
        page = job_of(self._crawler).writer.page(kept)
        return _response(page, request)

    def _count(self, request: Request, size: int) -> None:
        ledger = self._ledger(_claim(request))
        if ledger is not None:
            ledger.requests += 1
            ledger.bytes += size
            ledger.seconds += float(request.meta.get("download_latency", 0.0))

    def _ledger(self, claim: PageClaim) -> Ledger | None:
        return job_of(self._crawler).tally[claim.column] if claim.column else None

    def _stop(self, error: CaptureError) -> None:
        """Without an archive there is nothing to crawl for."""
        job_of(self._crawler).error = error
        log.error("archive_failed error=%s", error)
        closing = self._crawler.engine.close_spider_async(reason="archive_failed")
        self._closing = asyncio.ensure_future(closing)


def _claim(request: Request) -> PageClaim:
    """Why a request is made; those without a claim of ours are for robots.txt."""
    claim = request.meta.get(CLAIM)
    if isinstance(claim, PageClaim):
        return claim
    assert request.callback is NO_CALLBACK, f"{request.url} is asked for without a claim"
    return PageClaim(column=None, kind="robots")


def _exchange(request: Request, response: Response) -> Exchange:
    return Exchange(
        url=kept_under(request),
        method=request.method,
        request_headers=_pairs(request.headers),
        sent_to=request.url,
        request_body=request.body,
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        fetched_at=datetime.now(UTC),
        ip=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    found: Any = headers.items()
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in found
        for value in values
    )


def _blocked(exchange: Exchange, claim: PageClaim) -> str | None:
    body = exchange.decoded
    if body is None:
        return exchange.sealed
    headers = {name.lower(): value for name, value in exchange.headers}
    kind = blocked_kind(exchange.status, headers, body, exchange.url, claim.kind)
    is_page = exchange.status == HTTPStatus.OK and body.lstrip()[:1] == b"<"
    return NOT_A_FILE if kind is None and claim.kind == "attachment" and is_page else kind


def _undone(response: Response, exchange: Exchange) -> Response:
    """The answer without its content encoding, where it has one that could be undone."""
    if exchange.decoded is None or exchange.header("content-encoding") is None:
        return response
    headers, body = response.headers.copy(), exchange.decoded
    del headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return response.replace(cls=kind, headers=headers, body=body)


def _response(page: Page, request: Request) -> Response:
    """A kept page as an answer; its body is decoded already."""
    headers = Headers({})
    for name, value in page.headers:
        if name.lower() not in {"content-encoding", "content-length"}:
            headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=page.body)
    return kind(
        url=request.url,
        status=page.status,
        headers=headers,
        body=page.body,
        flags=[FROM_ARCHIVE],
        request=request,
    )
