"""开普 UCAP: `….shtml` lists (四川, 海南, 新疆, 黑龙江, 甘肃 and others).

The pager is a call in the page: `createPageHTML('page_div', pages, current, 'common_list',
'shtml', records)`, pages counted from 1, page N under `common_list_N.shtml`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.families.base import Link
from crawlers.families.rows import rows_in

CONTAINERS = "ul#list, .pageList ul, .infoList ul, .listContent ul"
QUOTED = r"""\s*["']([^"']*)["']\s*"""
PAGER = re.compile(rf"createPageHTML\({QUOTED},\s*(\d+)\s*,\s*(\d+)\s*,{QUOTED},{QUOTED}")


def report_links(html: str, url: str) -> list[Link]:
    """Rows of the list."""
    return rows_in(html, url, CONTAINERS)


def next_pages(html: str, url: str) -> list[str]:
    """All pages after this one."""
    pager = PAGER.search(html)
    if pager is None:
        return []
    pages, current, name, suffix = int(pager[2]), int(pager[3]), pager[4], pager[5]
    return [urljoin(url, f"{name}_{page}.{suffix}") for page in range(current + 1, pages + 1)]
