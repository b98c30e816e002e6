"""龙讯 LonSun Ex8: `/public/column/<organ>?type=4&catId=…&action=list`, most cities of 安徽.

The page's script prints where it is and how many pages there are:
`{ pageIndex:1, pageCount:2, pageSize:15, total:17, link:"/public/column/…&pageIndex=" }`.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from crawlers.families.base import Ask, Family
from crawlers.families.marks import Marks
from crawlers.families.page import number_in, printed
from crawlers.families.pager import later_pages
from crawlers.families.rows import address

CONTAINERS = "ul.xxgk_nav_list, ul.doc_list"
PAGE_INDEX = re.compile(r"pageIndex\s*:\s*(\d{1,9})\d*")
PAGE_COUNT = re.compile(r"pageCount\s*:\s*(\d{1,9})\d*")
TOTAL = re.compile(r"pageCount\s*:[^{}]{0,400}?\btotal\s*:\s*(\d{1,9})\d*")
PAGE_LINK = re.compile(r"""link\s*:\s*["']([^"']*pageIndex=)["']""")
INDEX_PARAMETER = re.compile(r"&?pageIndex=\d*")
MARKS = Marks(
    text=re.compile(r"\bj-fontContent\b|\btable_suoyin\b|\bxxgk_nav_list\b|\bLs\.[a-z]+\("),
    articles="lonsun",
    address=re.compile(r"/public/column/\d+"),
)


def _later(text: str, url: str) -> tuple[Ask, ...]:
    """Pages are counted from 1 and asked for by the script's own link, or by `pageIndex`."""
    count, index = PAGE_COUNT.search(text), PAGE_INDEX.search(text)
    if count is None:
        return ()
    link = PAGE_LINK.search(text)
    base = (link and address(url, link[1])) or _without_index(url)
    numbers = later_pages(int(index[1]) if index else 1, int(count[1]))
    return tuple(Ask(f"{base}{number}") for number in numbers)


def _without_index(url: str) -> str:
    parts = urlsplit(url)
    query = INDEX_PARAMETER.sub("", parts.query).lstrip("&")
    return urlunsplit(parts._replace(query=f"{query}&pageIndex=" if query else "pageIndex="))


FAMILY = Family(MARKS, printed(CONTAINERS, _later, number_in(TOTAL)))
