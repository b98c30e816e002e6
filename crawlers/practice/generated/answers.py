"""From a request to the page that a generated site gives."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crawlers.practice.answers import NOT_FOUND, html_answer
from crawlers.practice.attachments import attachment
from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import Faults
from crawlers.practice.generated.addresses import article_in, owner_in, read_address
from crawlers.practice.generated.apis import APIS, jpage, unitbuild
from crawlers.practice.generated.layouts import (
    Layout,
    article_path,
    layout_of,
    layouts,
    list_path,
    template,
    twin_paths,
)
from crawlers.practice.generated.lists import list_html, page_count, row_html
from crawlers.practice.generated.model import Column, Entry, GeneratedSite
from crawlers.practice.generated.pages import PLAIN, Style, article_html
from crawlers.practice.generated.rows import agency_of, rows
from crawlers.practice.generated.sites import column_at, columns

ROBOTS = b"User-agent: *\nDisallow: /admin/\n"
PAST_THE_END = (
    "<html><head><title>404</title></head><body>"
    '<script>/* no such page */location.href="/";</script></body></html>'
)


def answer(site: GeneratedSite, request: Request, faults: Faults) -> Answer:
    """What the site gives; a 404 page if nothing is there."""
    layout = layouts()[site.layout]
    for found in (
        _plain(site, request),
        _api(site, request, faults),
        _article(site, layout, request, faults),
        _list(site, layout, request, faults),
        attachment(request.target),
    ):
        if found is not None:
            return found
    return Answer(404, "text/html; charset=utf-8", NOT_FOUND.encode())


def _plain(site: GeneratedSite, request: Request) -> Answer | None:
    if request.path == "/robots.txt":
        return Answer(200, "text/plain; charset=utf-8", ROBOTS)
    if request.path != "/":
        return None
    links = "".join(
        f'<li><a href="{escape(list_path(column))}">{column.agency.name}政府信息公开年报</a></li>'
        for column in columns(site)
    )
    title = "<title>政府门户网站</title>"
    html = f'<!DOCTYPE html><html><head><meta charset="utf-8">{title}</head><ul>{links}</ul></html>'
    return html_answer("utf-8", html.encode(), None)


def _api(site: GeneratedSite, request: Request, faults: Faults) -> Answer | None:
    api = APIS.get(site.layout)
    column = column_at(site, api.owner(request)) if api else None
    if api is None or column is None:
        return None
    return api.give(column, rows_of(column, faults), request, faults)


def rows_of(column: Column, faults: Faults) -> Sequence[Entry]:
    """The rows of the list as it is now."""
    return rows(column)


def _list(site: GeneratedSite, layout: Layout, request: Request, faults: Faults) -> Answer | None:
    target = request.target
    if layout.first.endswith("/") and request.path.endswith("/index.html"):
        target = target.removesuffix("index.html")
    if layout.page_parameter:
        return _by_query(site, layout, request, faults)
    for shape in (layout.first.partition("#")[0], layout.later):
        found = read_address(shape.replace("{last_year}", "{year}"), target) if shape else None
        column = column_at(site, owner_in(found)) if found else None
        if found and column:
            return _list_page(column, found, rows_of(column, faults))
    return None


def _by_query(
    site: GeneratedSite, layout: Layout, request: Request, faults: Faults
) -> Answer | None:
    path, _, query = layout.first.partition("?")
    name = query.partition("=")[0]
    fields = request.fields
    shape, value = (path, request.path)
    if "{branch}" in query:
        shape, value = "{branch}", fields.get(name, "") if request.path == path else ""
    found = read_address(shape, value)
    column = column_at(site, owner_in(found)) if found else None
    if column is None:
        return None
    page = fields.get(layout.page_parameter, "1")
    entries = rows_of(column, faults)
    number = int(page) if page.isdigit() else 1
    return _page(column, entries, max(1, number))


def _list_page(column: Column, found: dict[str, int], entries: Sequence[Entry]) -> Answer:
    pages = page_count(layout_of(column), len(entries))
    number = found.get("page", 1)
    if "before" in found:
        number = found["before"] + 1
    if "below" in found:
        number = pages - found["below"] + 1
    return _page(column, entries, number)


def _page(column: Column, entries: Sequence[Entry], number: int) -> Answer:
    if not 1 <= number <= page_count(layout_of(column), len(entries)):
        return html_answer("utf-8", PAST_THE_END.encode(), None)
    html = list_html(column, entries, number)
    html = template(html).safe_substitute(
        store=jpage.first_rows(column, entries) if column.site.layout == "jpage" else "",
        units=unitbuild.units(column) if column.site.layout == "unitbuild" else "",
    )
    newest = max((entry.published for entry in entries), default=None)
    return html_answer("utf-8", html.encode(), newest)


def _article(
    site: GeneratedSite, layout: Layout, request: Request, faults: Faults
) -> Answer | None:
    for shape in layout.articles():
        found = read_address(shape, request.target)
        if found is None:
            continue
        number = article_in(found)
        owner = agency_of(number) if number is not None else owner_in(found)
        column = column_at(site, owner)
        if column is None:
            return None
        entries = rows_of(column, faults)
        entry = next((e for e in entries if _is_at(column, e, request.target)), None)
        if entry is None:
            return None
        return _article_page(column, entries, entry)
    return None


def _is_at(column: Column, entry: Entry, target: str) -> bool:
    return target in {article_path(column, entry), *twin_paths(column, entry)}


def _article_page(column: Column, entries: Sequence[Entry], entry: Entry) -> Answer:
    layout, style = layout_of(column), PLAIN
    if layout.name == "epoint":
        return html_answer("utf-8", layout.more["shell"].encode(), None)
    if layout.name == "annual":
        years = "".join(row_html(column, e, "/") for e in entries if e.kind == "report")
        style = Style(nearby=template(layout.list).substitute(rows=years))
    html = article_html(column, entry, style)
    return html_answer(style.charset, html.encode(), entry.published)
