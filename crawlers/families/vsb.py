"""博达 VSB: `zfxxgknb.htm`, articles `/info/<tree>/<id>.htm`.

Pages run backwards: of N pages the second is `zfxxgknb/<N-1>.htm`, the last `zfxxgknb/1.htm`. When
the list grows all numbers shift, so only 下页 is followed. A page may be a year's report itself
(`n2025n.htm`).
"""

from __future__ import annotations

import re

from crawlers.families.base import Ask, Family
from crawlers.families.marks import Marks
from crawlers.families.page import number_in, printed
from crawlers.families.pager import next_page
from crawlers.families.rows import address
from crawlers.families.tree import tree_of

CONTAINERS = "li[id^=line_u], tr[id^=line_u]"
TOTAL = re.compile(r'class="p_t"[^>]*>\s*共\s*(\d{1,9})\d*\s*条')
NEXT = "span.p_next a::attr(href), a.Next::attr(href)"
MARKS = Marks(
    text=re.compile(
        r"_newscontent_fromname|_showDynClicks|id=[\"']vsb_content|Visual SiteBuilder"
        r"|\bpb_sys_common\b|/system/resource/js/|v_news_content|wbfileid="
    ),
    articles="vsb",
)


def _next(text: str, url: str) -> tuple[Ask, ...]:
    href = tree_of(text).page.css(NEXT).get()
    there = address(url, href) if href else None
    return (Ask(there),) if there else next_page(text, url)


FAMILY = Family(MARKS, printed(CONTAINERS, _next, number_in(TOTAL)))
