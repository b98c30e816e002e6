"""龙讯 LonSun Ex8: `/public/column/<organ>?type=4&catId=…&action=list`, most cities of 安徽.

The page's script prints where it is and how many pages there are:
`{ pageIndex:1, pageCount:2, pageSize:15, total:17, link:"/public/column/…&pageIndex=" }`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawlers.families.base import Ask, Listing
from crawlers.families.pager import later_pages
from crawlers.families.rows import rows_in

CONTAINERS = "ul.xxgk_nav_list, ul.doc_list"
MARK = re.compile(r"""\bj-fontContent\b|\btable_suoyin\b|\bxxgk_nav_list\b|\bLs\.[a-z]+\(""")
PAGE_INDEX = re.compile(r"pageIndex\s*:\s*(\d+)")
PAGE_COUNT = re.compile(r"pageCount\s*:\s*(\d+)")
TOTAL = re.compile(r"\btotal\s*:\s*(\d+)")
PAGE_LINK = re.compile(r"""link\s*:\s*["']([^"']*pageIndex=)["']""")
INDEX_PARAMETER = re.compile(r"&?pageIndex=\d*")


def recognises(text: str, url: str) -> bool:
    """Class names of its article and list, or its script object `Ls`."""
    return bool(MARK.search(text))


def first(list_url: str) -> Ask:
    """The page itself."""
    return Ask(list_url)


def listing(text: str, asked: Ask) -> Listing:
    """Rows of the document list, and all pages after this one."""
    total = TOTAL.search(text) if PAGE_COUNT.search(text) else None
    return Listing(
        tuple(rows_in(text, asked.url, CONTAINERS)),
        _later(text, asked.url),
        int(total[1]) if total else None,
    )


def _later(text: str, url: str) -> tuple[Ask, ...]:
    """Pages are counted from 1 and asked for by the script's own link, or by `pageIndex`."""
    count, index = PAGE_COUNT.search(text), PAGE_INDEX.search(text)
    if count is None:
        return ()
    current = int(index[1]) if index else 1
    link = PAGE_LINK.search(text)
    base = urljoin(url, link[1]) if link else _without_index(url)
    return tuple(Ask(f"{base}{number}") for number in later_pages(current, int(count[1])))


def _without_index(url: str) -> str:
    parts = urlsplit(url)
    query = INDEX_PARAMETER.sub("", parts.query).lstrip("&")
    return urlunsplit(parts._replace(query=f"{query}&pageIndex=" if query else "pageIndex="))
