"""上海: `/nw12344/index.html`, `/2025ndbg/index.html`, articles `/<yyyymmdd>/<32 hex>.html`.

No list was ever seen: rows are told by their addresses and dates, 下一页 is followed.
"""

from __future__ import annotations

import re

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

MARKS = Marks(
    text=re.compile(r"id=[\"']ivs_content|/20\d{6}/[0-9a-f]{32}\.html"),
    articles="shanghai",
)
FAMILY = Family(MARKS, printed())
