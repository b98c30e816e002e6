"""A page that is only a script saying where the page is: followed once, within its host."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawlers.archive import KEPT
from crawlers.blocked import shell_target
from storage.captures import Kept

FOLLOWED = "nianbao_shell"


class ShellMiddleware:
    """`location.replace('./zwgk/')` and the like; Scrapy itself follows `<meta refresh>`."""

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
