"""From a request to the page a site gives: robots.txt, front page, list, article, picture."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.hours import CHINA
from crawlers.practice.compose import PICTURE, compose
from crawlers.practice.exchange import Answer
from crawlers.practice.families import FAMILIES
from crawlers.practice.families.furniture import page_count
from crawlers.practice.images import table_png
from crawlers.practice.model import Notice, Site
from crawlers.practice.render import render_home, render_list, render_notice, render_report

NOT_FOUND = (
    "<!DOCTYPE html><html><head><title>404</title></head><body>您访问的页面不存在</body></html>"
)


def answer(site: Site, target: str) -> Answer:
    """What the site gives for a request target, path and query; a 404 page if nothing is there."""
    path = urlsplit(target).path
    for found in (
        _plain(site, path),
        _list(site, target),
        _article(site, path),
        _picture(site, path),
    ):
        if found is not None:
            return found
    return Answer(404, "text/html; charset=utf-8", NOT_FOUND.encode())


def _plain(site: Site, path: str) -> Answer | None:
    if path == "/robots.txt":
        return Answer(200, "text/plain; charset=utf-8", site.robots.encode())
    return html_answer(site.charset, render_home(site), None) if path == "/" else None


def _list(site: Site, target: str) -> Answer | None:
    numbers = range(1, page_count(site) + 1)
    pages = {_key(FAMILIES[site.family].list_path(site, number)): number for number in numbers}
    number = pages.get(_key(target))
    if number is None:
        return None
    newest = max((entry.published for entry in site.entries), default=None)
    return html_answer(site.charset, render_list(site, number), newest)


def _key(target: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """Path and query in any order; without a page number it is the first page."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    query.setdefault("pageIndex", "1")
    return parts.path.removesuffix("index.html"), frozenset(query.items())


def _article(site: Site, path: str) -> Answer | None:
    entry = next((e for e in site.entries if e.path == path), None)
    if entry is None:
        return None
    if isinstance(entry, Notice):
        return html_answer(site.charset, render_notice(entry, site), entry.published)
    charset = compose(entry, site).charset
    return html_answer(charset, render_report(entry, site), entry.changed or entry.published)


def _picture(site: Site, path: str) -> Answer | None:
    if path not in pictures(site):
        return None
    body = table_png()
    return Answer(200, "image/png", body, {"ETag": _etag(body)})


def pictures(site: Site) -> frozenset[str]:
    """Paths of the scanned tables of all reports."""
    return frozenset(
        urljoin(report.path, found["source"])
        for report in site.reports
        for section in report.sections
        for text in section.blocks
        if (found := PICTURE.fullmatch(text))
    )


def html_answer(charset: str, body: bytes, changed: datetime | None) -> Answer:
    """A page with the validators that a client can ask with again."""
    headers = {"ETag": _etag(body)}
    if changed is not None:
        moment = changed.replace(tzinfo=CHINA).astimezone(UTC)
        headers["Last-Modified"] = format_datetime(moment, usegmt=True)
    return Answer(200, f"text/html; charset={charset}", body, headers)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'
