"""Any list, by the shape of its rows: a date beside a link, or the numbered address of an article.

For systems that nobody has described (国脉, EasySite, 动易, aspx) and for sites
of a known one in an unknown theme.
"""

from __future__ import annotations

import re

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

ARTICLE = re.compile(
    r"/[Cc]ontent[-_]\d+\.html$|/contents/\d+/\d+\.html$|/doc/20\d\d/\d\d/\d\d/\d+\.s?html$"
    r"|/article[0-9A-F]{32}\.html$|/20\d{10,}/index\.s?html$|/\d{5,20}\.(?:s?html?|jhtml)$"
    r"|/article_\d{8,}\.html$|[?&](?:id|infoid|articleid)=\w+",
    re.IGNORECASE,
)
MARKS = Marks()  # it carries no mark: it reads what no other family claims
FAMILY = Family(MARKS, printed(article=ARTICLE))
