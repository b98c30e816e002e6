"""How an `Ask` of a family becomes a request, and the URL that its answer is kept under."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urldefrag, urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.families.base import Ask
from storage.captures import PageClaim

# Meta keys: the claim goes out with a request; so does the public address of an article that is
# fetched from elsewhere.
CLAIM = "nianbao_claim"
KEEP_AS = "nianbao_keep_as"
FIRST = "is_start_request"  # Scrapy's: its queues give these in order, after what they lead to
MOVED = {301, 308}
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


def request_for(
    ask: Ask,
    callback: Callable[..., Any],
    errback: Callable[..., Any],
    claim: PageClaim,
    keep_as: str | None = None,
    **passed_on: object,
) -> Request:
    """The request for an ask; `keep_as` is the public URL of what a second request brings."""
    headers = dict(ask.headers)
    if ask.body is not None:
        headers.setdefault("Content-Type", FORM)
    url = urldefrag(ask.url).url
    return Request(
        url,
        callback,
        method=ask.method,
        body=ask.body,
        headers=headers,
        errback=errback,
        cb_kwargs=passed_on,
        meta={CLAIM: claim} | ({KEEP_AS: keep_as} if keep_as not in {None, url} else {}),
        dont_filter=True,  # we know what we asked for; Scrapy would drop the rest silently
    )


def kept_under(request: Request) -> str:
    """The URL that names the answer in the archive; a POST carries its body in it.

    As pywb and warcio spell it, so that each body asked with has a capture of its own.
    """
    public = request.meta.get(KEEP_AS)
    if public and not request.meta.get("redirect_times"):  # a redirect has an address of its own
        return str(public)
    if request.method == "GET":
        return request.url
    mark = "&" if urlsplit(request.url).query else "?"
    return f"{request.url}{mark}__wb_method={request.method}&{_as_query(request)}"


def _as_query(request: Request) -> str:
    kind = (request.headers.get("Content-Type") or b"").decode("latin-1")
    if kind.startswith("application/x-www-form-urlencoded"):
        return quote(request.body.decode("utf-8", "replace"), safe="%=&+/:;,{}\"'[]!*()~")
    return f"__wb_post_data={base64.b64encode(request.body).decode('ascii')}"


def moved_for_good(response: Response) -> str | None:
    """What people should know of a page that moved to another host; null if it did not."""
    came = response.meta.get("redirect_urls", [response.url])[0]
    hosts = {urlsplit(url).netloc for url in (came, response.url)}
    if len(hosts) == 1 or not MOVED.intersection(response.meta.get("redirect_reasons", ())):
        return None
    return f"{came} has moved to {response.url}: its row in the registry should say so"


def answered(asked: Ask, response: Response) -> Ask:
    """The ask as it was answered: after a redirect its address is another one."""
    fragment = urldefrag(asked.url).fragment
    return replace(asked, url=response.url + (f"#{fragment}" if fragment else ""))
