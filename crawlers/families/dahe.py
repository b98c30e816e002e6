"""河南省政府统一技术平台 (dahe): `<dept>.henan.gov.cn`, columns `/zwgk/zfxxgk/zfxxgknb/`.

How it numbers its pages was never seen: only a 下一页 that leads somewhere is followed.
"""

from __future__ import annotations

import re

from crawlers.families.base import Ask, Listing
from crawlers.families.pager import next_page
from crawlers.families.rows import rows_in

CONTAINERS = "ul.news-list"
BREADCRUMB = re.compile(r"您当前所在位置\s*[:：]")


def recognises(text: str, url: str) -> bool:
    """The breadcrumb's words; other platforms print 当前位置."""
    return bool(BREADCRUMB.search(text))


def first(list_url: str) -> Ask:
    """The page itself."""
    return Ask(list_url)


def listing(text: str, asked: Ask) -> Listing:
    """Rows of the news list; the target of 下一页, if it has one."""
    return Listing(tuple(rows_in(text, asked.url, CONTAINERS)), next_page(text, asked.url))
