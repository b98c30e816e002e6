"""河南省政府统一技术平台 (dahe): `<dept>.henan.gov.cn`, columns `/zwgk/zfxxgk/zfxxgknb/`.

How it numbers its pages was never seen: only a 下一页 that leads somewhere is followed.
"""

from __future__ import annotations

import re

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

CONTAINERS = "ul.news-list"
MARKS = Marks(
    # Other platforms print 当前位置 or 您现在所在的位置.
    text=re.compile(r"您当前所在位置\s*[:：]"),
    articles="dahe",
)
FAMILY = Family(MARKS, printed(CONTAINERS))
