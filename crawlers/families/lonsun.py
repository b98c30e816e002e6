"""龙讯 LonSun Ex8: `/public/column/<organ>?type=4&catId=…&action=list`, most cities of 安徽.

The page's script prints where it is and how many pages there are:
`{ pageIndex:1, pageCount:2, …, link:"/public/column/…&pageIndex=" }`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawlers.families.base import Link
from crawlers.families.rows import rows_in

CONTAINERS = "ul.xxgk_nav_list, ul.doc_list"
PAGE_INDEX = re.compile(r"pageIndex\s*:\s*(\d+)")
PAGE_COUNT = re.compile(r"pageCount\s*:\s*(\d+)")
PAGE_LINK = re.compile(r"""link\s*:\s*["']([^"']*pageIndex=)["']""")
INDEX_PARAMETER = re.compile(r"&?pageIndex=\d*")


def report_links(html: str, url: str) -> list[Link]:
    """Rows of the document list."""
    return rows_in(html, url, CONTAINERS)


def next_pages(html: str, url: str) -> list[str]:
    """All pages after this one, counted from 1, by the script's own link or by `pageIndex`."""
    count, index = PAGE_COUNT.search(html), PAGE_INDEX.search(html)
    if count is None:
        return []
    first = int(index[1]) + 1 if index else 2
    link = PAGE_LINK.search(html)
    base = urljoin(url, link[1]) if link else _without_index(url)
    return [f"{base}{number}" for number in range(first, int(count[1]) + 1)]


def _without_index(url: str) -> str:
    parts = urlsplit(url)
    query = INDEX_PARAMETER.sub("", parts.query).lstrip("&")
    return urlunsplit(parts._replace(query=f"{query}&pageIndex=" if query else "pageIndex="))
