"""拓尔思 TRS WCM: static `…/zfxxgknb/index.html`, articles `<yyyymm>/t<yyyymmdd>_<id>.html`.

The pager is a call in the page: `createPageHTML(pages, current, "index", "html")`, pages counted
from 0, so that `index_1.html` is the second. 北京 has the number of records as a first argument;
others print `var countPage = N`. Past the last page some servers answer 200 with a stub.
"""

from __future__ import annotations

import re

from crawlers.families.base import Ask, Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed
from crawlers.families.pager import later_pages, numbered

NAME = r"""\s*["']([^"']*)["']\s*"""
NUMBER = r"(\d{1,9})\d*"  # of an absurd one the first digits say enough
PAGER = re.compile(
    rf"createPageHTML\(\s*(?:{NUMBER}\s*,\s*)?{NUMBER}\s*,\s*{NUMBER}\s*,{NAME},{NAME}",
    re.IGNORECASE,
)
COUNT_PAGE = re.compile(r"var\s+(?:countPage|_nPageCount)\s*=\s*[\"']?(\d{1,9})\d*")
CURRENT_PAGE = re.compile(r"var\s+(?:currentPage|_nCurrIndex)\s*=\s*[\"']?(\d{1,9})\d*")
RECORDS = re.compile(r"m_nRecordCount\s*=\s*[\"']?(\d{1,9})\d*")
SUFFIX = re.compile(r"\.(s?html?)$")
MARKS = Marks(
    text=re.compile(
        r"createpagehtml\(\s*\d|m_nrecordcount|trs_u?editor"
        r"|currchnlcls|custom_unionstyle|oldsrc=|insertfiletag|var\s+countpage\s*=",
    ),
    any_case=True,
    articles="trs",
)


def _total(text: str) -> int | None:
    pager, records = PAGER.search(text), RECORDS.search(text)
    found = (pager and pager[1]) or (records and records[1])
    return int(found) if found else None


def _later(text: str, url: str) -> tuple[Ask, ...]:
    if pager := PAGER.search(text):
        return _pages(url, int(pager[2]), int(pager[3]), pager[4], pager[5])
    count, current, suffix = COUNT_PAGE.search(text), CURRENT_PAGE.search(text), SUFFIX.search(url)
    if count is None:
        return ()
    here = int(current[1]) if current else 0
    return _pages(url, int(count[1]), here, "index", suffix[1] if suffix else "html")


def _pages(url: str, pages: int, current: int, name: str, suffix: str) -> tuple[Ask, ...]:
    return numbered(url, name, suffix, later_pages(current, pages - 1))


FAMILY = Family(MARKS, printed(more=_later, total=_total))
