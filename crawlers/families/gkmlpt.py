"""广东 gkmlpt (政府信息公开目录平台): `[/<sub-site>]/gkmlpt/annualreport#<category>`.

The page is an empty application whose `_CONFIG` holds the site's id and the tree of categories;
rows come from `/gkmlpt/api/all/<category>?page=N&sid=<id>`, 100 to a page, 0 and 1 being the same.
An article's body stands in its page, in `div.content` or as JSON in `_CONFIG.DETAIL`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urldefrag, urlencode, urlsplit

from crawlers.families.base import Ask, Family, Link, Listing
from crawlers.families.below import OUR_NAME
from crawlers.families.literal import json_object, literal_after
from crawlers.families.marks import Marks
from crawlers.families.pager import later_pages
from crawlers.families.rows import address, printed_date

CONFIG = re.compile(r"_CONFIG\s*=\s*(?=\{)")
MARKS = Marks(
    text=re.compile(r"window\._CONFIG\s*=|/gkmlpt/assets/|\"classify_main_name\""),
    articles="gkmlpt",
    address=re.compile(r"/gkmlpt/(?:index|annualreport|api)\b"),
)


def _listing(text: str, asked: Ask) -> Listing:
    if text.lstrip().startswith("{"):
        return _rows(text, asked.url)
    return Listing(more=tuple(_categories(text, asked.url)))


def _categories(text: str, url: str) -> Iterator[Ask]:
    """The API of the category in the address's fragment, else of those named 年报."""
    config = literal_after(text, CONFIG)
    site = config.get("SID")
    base, fragment = urldefrag(url)
    if site is None or "DETAIL" in config:
        return
    numbers = [fragment] if fragment.isdigit() else _report_numbers(config.get("TREE"))
    root = base.partition("/gkmlpt")[0]
    for number in numbers:
        query = urlencode({"page": 1, "sid": site})
        yield Ask(f"{root}/gkmlpt/api/all/{number}?{query}", headers=(("Referer", base),))


def _report_numbers(tree: Any) -> list[str]:
    """Ids of the topmost categories named 年报."""
    found: list[str] = []
    nodes = tree if isinstance(tree, list) else []
    for node in (node for node in nodes if isinstance(node, dict)):
        if OUR_NAME.search(str(node.get("name"))):
            found.append(str(node.get("id")))
        else:
            found += _report_numbers(node.get("children"))
    return found


def _rows(text: str, url: str) -> Listing:
    answer = json_object(text)
    found, kind = answer.get("articles"), answer.get("classify")
    articles = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    links = tuple(link for row in articles if (link := _link(row, url)))
    total = answer.get("total", kind.get("post_count") if isinstance(kind, dict) else None)
    if not isinstance(total, int):
        return Listing(links)
    return Listing(links, tuple(_later(url, len(articles), total)), total)


def _later(url: str, given: int, total: int) -> Iterator[Ask]:
    """From the first page all others: only there is the number of rows that of a full page."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if given and int(query.get("page", "1")) <= 1:
        for page in later_pages(1, -(-total // given)):
            yield Ask(parts._replace(query=urlencode(query | {"page": page})).geturl())


def _link(row: dict[str, Any], url: str) -> Link | None:
    there = address(url, str(row.get("url") or row.get("post_url") or ""))
    if there is None or there == url:
        return None
    date = printed_date(str(row.get("display_publish_time") or row.get("created_at") or ""))
    return Link(there, str(row.get("title", "")).strip(), date)


FAMILY = Family(MARKS, _listing)
