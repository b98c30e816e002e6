"""开普 UCAP: `….shtml` lists (四川, 海南, 新疆, 黑龙江, 甘肃 and others).

The pager is a call in the page: `createPageHTML('page_div', pages, current, 'common_list',
'shtml', records)`, pages counted from 1, page N under `common_list_N.shtml`. A column a year is
common, and the columns move: what lies below a column is followed.
"""

from __future__ import annotations

import re

from crawlers.families.base import Ask, Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed
from crawlers.families.pager import later_pages, numbered

CONTAINERS = "ul#list, .pageList ul, .infoList ul, .listContent ul"
QUOTED = r"""\s*["']([^"']*)["']\s*"""
NUMBER = r"\s*(\d{1,9})\d*\s*"  # of an absurd one the first digits say enough
PAGER = re.compile(rf"createPageHTML\({QUOTED},{NUMBER},{NUMBER},{QUOTED},{QUOTED}(?:,{NUMBER})?")
MARKS = Marks(
    # The first argument of the call is a name; that of TRS is a number.
    text=re.compile(r"ucap-content|<ucapcontent|createpagehtml\(\s*[\"']"),
    any_case=True,
    articles="ucap",
)


def _later(text: str, url: str) -> tuple[Ask, ...]:
    pager = PAGER.search(text)
    if pager is None:
        return ()
    return numbered(url, pager[4], pager[5], later_pages(int(pager[3]), int(pager[2])))


def _total(text: str) -> int | None:
    pager = PAGER.search(text)
    return int(pager[6]) if pager and pager[6] else None


FAMILY = Family(MARKS, printed(CONTAINERS, _later, _total))
