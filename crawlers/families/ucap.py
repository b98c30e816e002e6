"""开普 UCAP: `….shtml` lists (四川, 海南, 新疆, 黑龙江, 甘肃 and others).

The pager is a call in the page: `createPageHTML('page_div', pages, current, 'common_list',
'shtml', records)`, pages counted from 1, page N under `common_list_N.shtml`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.families.base import Ask, Listing
from crawlers.families.pager import later_pages
from crawlers.families.rows import rows_in

CONTAINERS = "ul#list, .pageList ul, .infoList ul, .listContent ul"
QUOTED = r"""\s*["']([^"']*)["']\s*"""
PAGER = re.compile(
    rf"createPageHTML\({QUOTED},\s*(\d+)\s*,\s*(\d+)\s*,{QUOTED},{QUOTED}(?:,\s*(\d+))?"
)
MARK = re.compile(r"""UCAP-CONTENT|<ucapcontent|createPageHTML\(\s*["']""", re.IGNORECASE)


def recognises(text: str, url: str) -> bool:
    """Its content element, or a pager whose first argument is a name (that of TRS is a number)."""
    return bool(MARK.search(text))


def first(list_url: str) -> Ask:
    """The page itself."""
    return Ask(list_url)


def listing(text: str, asked: Ask) -> Listing:
    """Rows of the list, and all pages after this one."""
    links = tuple(rows_in(text, asked.url, CONTAINERS))
    pager = PAGER.search(text)
    if pager is None:
        return Listing(links)
    pages, current, name, suffix = int(pager[2]), int(pager[3]), pager[4], pager[5]
    later = (urljoin(asked.url, f"{name}_{page}.{suffix}") for page in later_pages(current, pages))
    return Listing(links, tuple(map(Ask, later)), int(pager[6]) if pager[6] else None)
