"""安徽 PHP platform (利辛, 阜阳, 宣城, 铜陵): `/opennessAnnualReport/?branch_id=<agency>`.

Articles are `/OpennessAnnualReport/show/<id>.html` or `/XxgkAnnualReport/show/<id>.html`. How it
numbers its pages was never seen: 下一页 is followed.
"""

from __future__ import annotations

import re

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

CONTAINERS = "ul.is-list"
MARKS = Marks(
    text=re.compile(r"/(?:openness|xxgk)annualreport/|class=[\"']is-newscontnet"),
    any_case=True,
    articles="openness",
    address=re.compile(r"/(?:openness|xxgk)AnnualReport/", re.IGNORECASE),
)
FAMILY = Family(MARKS, printed(CONTAINERS))
