"""新点 Epoint WebBuilder: lists by REST or printed, articles `showinfo.html?infoGuid=<id>`.

An article's page is a shell; its body comes by POST, a form field `params` holding JSON, from
`/<project>/rest/…`. Project and method differ by site and are read from the page's script. Only the
article's method was ever seen: that a list's is named alike, List for Detail, is inferred.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit

from crawlers.families.base import Ask, Family, Link, Listing
from crawlers.families.literal import json_object, literal_at
from crawlers.families.marks import Marks
from crawlers.families.page import printed
from crawlers.families.pager import later_pages
from crawlers.families.rows import address, printed_date

METHOD = re.compile(r"(/[\w-]{1,40}(?:/[\w-]{1,40}){0,3}/rest/[\w/.-]{1,100})")
PARAMS = re.compile(r"params\s*[=:]\s*['\"]?(?=\{)")
PROJECT = re.compile(r"""projectName\s*:\s*["'](\w+)["']""")
USUAL_METHOD = "rest/zfxxgk/getGovInfoDetail"
# The answer to a list's method knows neither the method for its articles nor which page is the
# first: the fragment of its ask, which is never sent, remembers both.
FIRST = "first:"
PAGE_FIELD = re.compile(r"page(?:Index|No|Num)?$|currentPage(?:Index)?$", re.IGNORECASE)
ADDRESS_FIELDS = ("infourl", "linkurl", "url", "href")
ID_FIELDS = ("infoid", "infoGuid", "infoguid", "guid")
DATE_FIELDS = ("infodate", "publishdate", "date")
NUMBER = re.compile(r"\d{1,9}")
TOTAL_FIELDS = ("total", "totalcount", "totalCount", "count")
MARKS = Marks(
    text=re.compile(r"""\bewb-[a-z]|\binfocontent\b|/rest/[\w/]{0,120}getGovInfo"""),
    articles="epoint",
    address=re.compile(r"/EpointWebBuilder|/rest/[\w/]{0,120}getGovInfo"),
)
_read_page = printed(".ewb-info-items, .ewb-list, .ewb-right-items")


def _listing(text: str, asked: Ask) -> Listing:
    """A list page that prints its rows or names a method for them, or that method's answer."""
    if text.lstrip().startswith("{"):
        return _rows(text, asked)
    page = _read_page(text, asked)
    methods = _methods(text)
    detail = _detail_method(text, methods)
    links = tuple(_with_ask(link, asked.url, detail) for link in page.links)
    more = page.more if links else tuple(_first_pages(text, methods, asked.url, detail))
    return Listing(links, more, None, page.is_article, page.columns)


def _methods(text: str) -> list[re.Match[str]]:
    return list(METHOD.finditer(text))


def _detail_method(text: str, methods: list[re.Match[str]]) -> str | None:
    """The method for an article: as printed, else named like that for the list, else the usual."""
    paths = [method[1] for method in methods]
    alike = [f"{path.removesuffix('List')}Detail" for path in paths if path.endswith("List")]
    project = PROJECT.search(text)
    usual = [f"/{project[1]}/{USUAL_METHOD}"] if project else []
    return next(iter([path for path in paths if path.endswith("Detail")] + alike + usual), None)


def _first_pages(
    text: str, methods: list[re.Match[str]], page: str, detail: str | None
) -> Iterator[Ask]:
    for method in methods:
        params = PARAMS.search(text, method.end(), method.end() + 60)
        if method[1].endswith("List") and params:
            url = urljoin(page, f"{method[1]}#{FIRST}{detail or ''}")
            yield Ask(url, "POST", _body(literal_at(text, params.end())), _headers(page))


def _body(params: dict[str, Any]) -> str:
    return urlencode({"params": json.dumps(params, ensure_ascii=False, separators=(",", ":"))})


def _headers(page: str) -> tuple[tuple[str, str], ...]:
    return (("Referer", page), ("X-Requested-With", "XMLHttpRequest"))


def _rows(text: str, asked: Ask) -> Listing:
    custom = json_object(text).get("custom")
    page = dict(asked.headers).get("Referer", asked.url)
    detail = urlsplit(asked.url).fragment.removeprefix(FIRST) or None
    rows = next(_tables(custom), [])
    links = tuple(link for row in rows if (link := _link(row, page, detail)))
    counts = (_find(custom, name) for name in TOTAL_FIELDS)
    total = next((int(count) for count in counts if NUMBER.fullmatch(str(count))), None)
    return Listing(links, tuple(_later(asked, len(rows), total)), total)


def _later(asked: Ask, given: int, total: int | None) -> Iterator[Ask]:
    """From the first page all others; they are counted as that one is, from 0 or from 1."""
    url, _, fragment = asked.url.partition("#")
    params = literal_at(parse_qs(asked.body or "").get("params", ["{}"])[0], 0)
    field = next((name for name in params if PAGE_FIELD.search(name)), "")
    first = params.get(field)
    if not fragment.startswith(FIRST) or not isinstance(first, int) or not given or total is None:
        return
    later = f"{url}#{fragment.removeprefix(FIRST)}"
    for number in later_pages(first, first + -(-total // given) - 1):
        yield replace(asked, url=later, body=_body(params | {field: number}))


def _tables(value: Any) -> Iterator[list[dict[str, Any]]]:
    """Lists of rows with titles, wherever the answer keeps them."""
    rows = value if isinstance(value, list) else []
    if rows and all(isinstance(row, dict) and "title" in row for row in rows):
        yield rows
    for inner in value.values() if isinstance(value, dict) else ():
        yield from _tables(inner)


def _find(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        return None
    if name in value:
        return value[name]
    return next((found for v in value.values() if (found := _find(v, name)) is not None), None)


def _link(row: dict[str, Any], page: str, detail: str | None) -> Link | None:
    named = next((str(row[name]) for name in ADDRESS_FIELDS if row.get(name)), None)
    number = next((str(row[name]) for name in ID_FIELDS if row.get(name)), "")
    url = address(page, named or f"showinfo.html?{urlencode({'infoGuid': number})}")
    if url is None:
        return None
    date = next((printed_date(str(row[name])) for name in DATE_FIELDS if row.get(name)), None)
    return _with_ask(Link(url, str(row["title"]).strip(), date), page, detail)


def _with_ask(link: Link, page: str, detail: str | None) -> Link:
    """The row with the POST that brings its body, where its page is a shell."""
    fields = {name.lower(): value for name, value in parse_qsl(urlsplit(link.url).query)}
    number = fields.get("infoguid")
    if detail is None or number is None:
        return link
    body = urlencode({"params": json.dumps({"infoid": number}, separators=(",", ":"))})
    ask = Ask(urljoin(link.url, detail), "POST", body, _headers(link.url))
    return Link(link.url, link.text, link.published, ask)


FAMILY = Family(MARKS, _listing)
