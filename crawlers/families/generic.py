"""Any list, by the shape of its rows: a date beside a link, or the numbered address of an article.

For systems that nobody has described (国脉, EasySite, 动易, aspx) and for sites
of a known one in an unknown theme.
"""

from __future__ import annotations

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

MARKS = Marks()  # it carries no mark: it reads what no other family claims
FAMILY = Family(MARKS, printed())
