"""From a request to the page that a generated site gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from crawlers.practice.answer_faults import redirect
from crawlers.practice.answers import NOT_FOUND, html_answer
from crawlers.practice.attachments import attachment
from crawlers.practice.exchange import Answer, Request
from crawlers.practice.generated.addresses import article_in, owner_in, read_address
from crawlers.practice.generated.apis import APIS, jpage, unitbuild
from crawlers.practice.generated.faults import STYLE_FAULTS
from crawlers.practice.generated.layouts import (
    article_path,
    layout_of,
    layouts,
    list_path,
    template,
    twin_paths,
)
from crawlers.practice.generated.lists import list_html, page_count, row_html
from crawlers.practice.generated.model import Column, Entry, GeneratedSite, Listed
from crawlers.practice.generated.pages import PLAIN, Style, article_html
from crawlers.practice.generated.row_faults import ROW_FAULTS
from crawlers.practice.generated.rows import agency_of, number_of, rows
from crawlers.practice.generated.sites import column_at, columns
from crawlers.practice.generated.state import State

ROBOTS = b"User-agent: *\nDisallow: /admin/\n"
PAST_THE_END = (
    "<html><head><title>404</title></head><body>"
    '<script>/* no such page */location.href="/";</script></body></html>'
)
SESSION = re.compile(r";jsessionid=[0-9A-F]{32}")
DAY = re.compile(r"[?&]date=[\d-]{10}$")
YEAR_FOLDER = re.compile(r"(?P<folder>.*/)(?P<last>(?P<year>20\d\d)\w+/)(index\.html)?")


def answer(site: GeneratedSite, request: Request, state: State) -> Answer:
    """What the site gives; a 404 page if nothing is there."""
    target = DAY.sub("", SESSION.sub("", request.target))
    request = replace(request, target=target)
    for give in (_plain, _api, _article, _list):
        found = give(site, request, state)
        if found is not None:
            return _home_instead(found, site, state)
    file = attachment(target)
    if file is not None:
        return replace(file, part="attachment")
    return Answer(404, "text/html; charset=utf-8", NOT_FOUND.encode())


def _home_instead(found: Answer, site: GeneratedSite, state: State) -> Answer:
    options = state.options("home_instead", found.column)
    if options is None or found.part != options.get("part", "article"):
        return found
    return replace(_home(site), part=found.part, column=found.column, year=found.year)


def _plain(site: GeneratedSite, request: Request, state: State) -> Answer | None:
    if request.path == "/robots.txt":
        return Answer(200, "text/plain; charset=utf-8", ROBOTS, part="robots")
    return _home(site) if request.target == "/" else None


def _home(site: GeneratedSite) -> Answer:
    links = "".join(
        f'<li><a href="{escape(list_path(column))}">{column.agency.name}政府信息公开年报</a></li>'
        for column in columns(site)
    )
    title = "<title>政府门户网站</title>"
    html = f'<!DOCTYPE html><html><head><meta charset="utf-8">{title}</head><ul>{links}</ul></html>'
    return replace(html_answer("utf-8", html.encode(), None), part="home")


def listed(column: Column, state: State) -> Listed:
    """The column's list as it is now."""
    found, total = rows(column), None
    for name, change in ROW_FAULTS.items():
        options = state.options(name, column.id)
        if options is None:
            continue
        total = len(found) if name == "cut_short" else total
        found = change(found, column, state.asked[column.id], **options)
    found.sort(key=lambda entry: (entry.published, entry.number), reverse=True)
    return Listed(tuple(found), len(found) if total is None else total)


def _api(site: GeneratedSite, request: Request, state: State) -> Answer | None:
    api = APIS.get(site.layout)
    column = column_at(site, api.owner(request)) if api else None
    if api is None or column is None:
        return None
    found = api.give(column, listed(column, state), request, state.of(column.id))
    state.asked[column.id] += 1
    return replace(found, part="list", column=column.id)


def _list(site: GeneratedSite, request: Request, state: State) -> Answer | None:
    for column, numbers in _lists_at(site, request):
        here = _years(column, state) if _has_years(column, state) else listed(column, state)
        pages = page_count(layout_of(column), len(here.entries))
        number = numbers.get("page", 1)
        if "before" in numbers:
            number = numbers["before"] + 1
        if "below" in numbers:
            number = pages - numbers["below"] + 1
        found = _page(column, here, number, state)
        state.asked[column.id] += 1
        return replace(found, part="list", column=column.id)
    return _year_list(site, request, state)


def _lists_at(site: GeneratedSite, request: Request) -> Iterator[tuple[Column, dict[str, int]]]:
    """The columns whose lists stand at an address, with the page that is asked for."""
    layout = layouts()[site.layout]
    first, target = layout.first.partition("#")[0], request.target
    if layout.page_parameter:
        yield from _by_query(site, request, first, layout.page_parameter)
        return
    if first.endswith("/") and target.endswith("/index.html"):
        target = target.removesuffix("index.html")
    for shape in filter(None, (first.replace("{last_year}", "{year}"), layout.later)):
        numbers = read_address(shape, target)
        column = column_at(site, owner_in(numbers)) if numbers else None
        if numbers and column:
            yield column, numbers


def _by_query(
    site: GeneratedSite, request: Request, first: str, parameter: str
) -> Iterator[tuple[Column, dict[str, int]]]:
    path, _, query = first.partition("?")
    fields, shape, value = request.fields, path, request.path
    if "{branch}" in query:
        shape, value = "{branch}", fields.get("branch_id", "") if request.path == path else ""
    numbers = read_address(shape, value)
    column = column_at(site, owner_in(numbers)) if numbers else None
    page = fields.get(parameter, "1")
    if column and page.isdigit():
        yield column, {"page": int(page)}


def _page(column: Column, here: Listed, number: int, state: State) -> Answer:
    newest = here.entries[0] if here.entries else None
    if state.is_on("single_article", column.id) and newest:
        return _article_page(column, here, _last_report(here), state)
    endless = state.is_on("endless_pager", column.id)
    if not endless and not 1 <= number <= page_count(layout_of(column), len(here.entries)):
        return html_answer("utf-8", PAST_THE_END.encode(), None)
    found = _as_page(column, here, number, endless=endless)
    if state.is_on("calendar", column.id):
        days = _calendar(column, state.asked[column.id]).encode()
        found = replace(found, body=found.body.replace(b"</body>", days + b"</body>"))
    return found


def _as_page(
    column: Column, here: Listed, number: int = 1, *, endless: bool = False, address: str = ""
) -> Answer:
    html = list_html(column, here, number, endless=endless, address=address)
    html = template(html).safe_substitute(
        store=jpage.first_rows(column, here) if column.site.layout == "jpage" else "",
        units=unitbuild.units(column) if column.site.layout == "unitbuild" else "",
    )
    newest = max((entry.published for entry in here.entries), default=None)
    return html_answer("utf-8", html.encode(), newest)


def _calendar(column: Column, month: int) -> str:
    """Links to the list as of each day of a month; the month is another one each time."""
    path = list_path(column).partition("#")[0]
    path += "&" if "?" in path else "?"
    year, place = divmod(2_025 * 12 - month, 12)
    days = (f"{year}-{place + 1:02}-{day:02}" for day in range(1, 29))
    links = "".join(f'<td><a href="{path}date={day}">{day[-2:]}</a></td>' for day in days)
    return f'<table class="calendar"><tr>{links}</tr></table>'


def _last_report(here: Listed) -> Entry:
    return next(entry for entry in here.entries if entry.is_report)


def _has_years(column: Column, state: State) -> bool:
    return any(state.is_on(name, column.id) for name in ("year_columns", "year_moved"))


def _year_folder(column: Column, year: int, state: State) -> str:
    """The last folder of a year's column: `2023nb/`, or where it has moved to."""
    moved = state.options("year_moved", column.id)
    return f"{year}xxgknb/" if moved and moved["year"] == year else f"{year}nb/"


def _years(column: Column, state: State) -> Listed:
    """A row for each year, which leads to a folder of its own."""
    folder = list_path(column).rpartition("/")[0]
    found = [
        replace(
            entry,
            kind="paper2",
            title=f"{entry.year}年",
            number=number_of(column.agency.number, entry.year, "paper2"),
            href=f"{folder}/{_year_folder(column, entry.year, state)}",
        )
        for entry in rows(column)
        if entry.kind == "report"
    ]
    return Listed(tuple(found), 0)


def _year_list(site: GeneratedSite, request: Request, state: State) -> Answer | None:
    asked = YEAR_FOLDER.fullmatch(request.path)
    if asked is None:
        return None
    for column in columns(site):
        folder = list_path(column).rpartition("/")[0] + "/"
        if folder != asked["folder"] or not _has_years(column, state):
            continue
        if asked["last"] != _year_folder(column, int(asked["year"]), state):
            return _left_behind(site, column, state)
        every = listed(column, state).entries
        found = tuple(entry for entry in every if entry.year == int(asked["year"]))
        html = _as_page(column, Listed(found, len(found)), address=request.path)
        return replace(html, part="list", column=column.id)
    return None


def _left_behind(site: GeneratedSite, column: Column, state: State) -> Answer | None:
    """What stands where a year's column stood."""
    moved = state.options("year_moved", column.id) or {}
    home = replace(_home(site), part="list", column=column.id)
    return {"home": home, "redirect": redirect(home, 1, to="/")}.get(str(moved.get("answers")))


def _article(site: GeneratedSite, request: Request, state: State) -> Answer | None:
    for shape in layouts()[site.layout].articles():
        numbers = read_address(shape, request.target)
        if numbers is None:
            continue
        number = article_in(numbers)
        owner = agency_of(number) if number is not None else owner_in(numbers)
        column = column_at(site, owner)
        here = listed(column, state) if column else None
        if column is None or here is None:
            return None
        entry = next((e for e in here.entries if _is_at(column, e, request.target)), None)
        return _article_page(column, here, entry, state) if entry else None
    return None


def _is_at(column: Column, entry: Entry, target: str) -> bool:
    return target in {article_path(column, entry), *twin_paths(column, entry)}


def style_of(column: Column, entry: Entry, state: State) -> Style:
    """How the page of an entry is printed, by the faults that are on."""
    style = PLAIN
    for name, change in STYLE_FAULTS.items():
        options = state.options(name, column.id)
        if options is not None and options.pop("year", entry.year) == entry.year:
            style = change(style, **options)
    return style


def _article_page(column: Column, here: Listed, entry: Entry, state: State) -> Answer:
    layout, style = layout_of(column), style_of(column, entry, state)
    if layout.name == "epoint":
        html = layout.more["shell"]
    else:
        if layout.name == "annual":
            years = (row_html(column, e, "/") for e in here.entries if e.kind == "report")
            style = replace(style, nearby=template(layout.list).substitute(rows="".join(years)))
        html = article_html(column, entry, style)
    found = html_answer("utf-8", html.encode(), entry.published)
    year = entry.year if entry.is_report else None
    return replace(found, part="article", column=column.id, year=year)
