"""大汉 Hanweb JPaaS: `/col/col<id>/index.html`, `/…/pc/list.html`, articles `art_<32 hex>.html`.

The page is a frame of units, each a `<script src="…unitbuild.js" url="…" queryData="{…}">`; a
gateway answers with JSON that holds the unit's HTML, its pagination and the number of rows. Some
gateways ignore the page number: their first page comes again, which ends the list.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from crawlers.families.base import Ask, Family, Listing
from crawlers.families.literal import json_object, literal_at
from crawlers.families.marks import Marks
from crawlers.families.page import printed
from crawlers.families.pager import MOST_PAGES
from crawlers.families.rows import address, rows_in
from crawlers.families.tree import attribute, tree_of

UNITS = "script[src*='unitbuild'][querydata], script[src*='unitbuild'][queryData]"
# Names of units that list articles, as seen; where none has one, all that are no furniture.
LIST_UNIT = re.compile(r"列表|分页|年报|右侧")
FURNITURE = re.compile(r"导航|页脚|页头|头部|底部|banner|面包屑|位置|菜单|轮播", re.IGNORECASE)
PAGER = ("count", "rows", "currpage")
LONGEST_NUMBER = 9
PAGE_SIZE = 15  # what the sites' own script asks for; more was seen to cut lists short
MARKS = Marks(
    text=re.compile(r"unitbuild\.js|jpaas-publish-server|unitUrl="),
    articles="hanweb_unit",
    address=re.compile(r"/pc/list\.html|/col/\d+_\d+/|jpaas-publish-server"),
)
_read_page = printed()


def _listing(text: str, asked: Ask) -> Listing:
    """The units of a page to ask for, or the rows of one."""
    if text.lstrip().startswith("{"):
        return _unit_answer(text, asked)
    page = _read_page(text, asked)
    more = tuple(_units(text, asked.url))
    return Listing(page.links, more or page.more, None, page.is_article, page.columns)


def _units(text: str, url: str) -> list[Ask]:
    named: dict[str, Ask] = {}
    for script in tree_of(text).select(UNITS):
        gateway = address(url, attribute(script, "url"))
        query = literal_at(attribute(script, "querydata"), 0)
        if gateway and gateway != url and query:
            named[str(query.get("tagId", ""))] = _ask(gateway, query, 1, url)
    lists = [ask for tag, ask in named.items() if LIST_UNIT.search(tag)]
    return lists or [ask for tag, ask in named.items() if not FURNITURE.search(tag)]


def _ask(gateway: str, query: dict[str, Any], page: int, referer: str) -> Ask:
    wanted = json.dumps({"pageNo": page, "pageSize": PAGE_SIZE}, separators=(",", ":"))
    fields = urlencode({**query, "paramJson": wanted})
    headers = (("Referer", referer), ("X-Requested-With", "XMLHttpRequest"))
    return Ask(f"{gateway}?{fields}", headers=headers)


def _unit_answer(text: str, asked: Ask) -> Listing:
    html = _html_of(text)
    page_url = dict(asked.headers).get("Referer", asked.url)
    links = tuple(rows_in(html, page_url)) if html else ()
    pagers = tree_of(html or "<p>").select("[count][rows]")
    pager = {name: attribute(pagers[0], name) for name in PAGER} if pagers else {}
    total = _number(pager.get("count"))
    here = _page_of(asked.url)
    # A unit that says it is on another page than asked for ignores the number.
    is_stuck = _number(pager.get("currpage")) not in {None, here}
    size = _number(pager.get("rows")) or PAGE_SIZE
    if is_stuck or not links or here * size >= min(total or 0, size * MOST_PAGES):
        return Listing(links, total=total)
    parts = urlsplit(asked.url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    gateway = asked.url.partition("?")[0]
    return Listing(links, (_ask(gateway, query, here + 1, page_url),), total)


def _html_of(text: str) -> str:
    data = json_object(text).get("data")
    html = data.get("html") if isinstance(data, dict) else data
    return html if isinstance(html, str) else ""


def _page_of(url: str) -> int:
    wanted = parse_qs(urlsplit(url).query).get("paramJson", ["{}"])[0]
    page = json_object(wanted).get("pageNo")
    return page if isinstance(page, int) else 1


def _number(text: str | None) -> int | None:
    return int(text[:LONGEST_NUMBER]) if text and text.isdecimal() else None


FAMILY = Family(MARKS, _listing)
