"""Pages that only say where the page is, by a script or by `<meta refresh>`."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response

from crawlers.archive import KEPT
from crawlers.blocked import shell_target
from storage.captures import Kept

FOLLOWED = "nianbao_shell"
# Scrapy looks for `<meta refresh>` in so many characters; in GB18030 they are four bytes at most.
HEAD_BYTES = 4 * 4096


class ShellMiddleware:
    """`location.replace('./zwgk/')` and the like: followed once, within its host."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask for the page that the shell names, unless this page was named by a shell already."""
        kept = request.meta.get(KEPT)
        if not isinstance(kept, Kept) or kept.blocked != "shell" or FOLLOWED in request.meta:
            return response
        target = shell_target(response.body, response.url)
        if target is None:
            return response
        came = [*request.meta.get("redirect_urls", []), request.url]
        return request.replace(
            url=target,
            meta={**request.meta, FOLLOWED: True, "redirect_urls": came},
            dont_filter=True,
        )


class RefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's own, spared the pages that have none: it decodes and parses every one."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow a refresh if the word stands in the head of the page."""
        if b"refresh" not in response.body[:HEAD_BYTES].lower():
            return response
        return super().process_response(request, response)
