"""河北, 石家庄: `/columns/<uuid>/`, articles `/columns/<uuid>/<yyyymm>/<dd>/<uuid>.html`.

No list was ever seen: rows are told by their addresses and dates, 下一页 is followed.
"""

from __future__ import annotations

import re

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
MARKS = Marks(
    text=re.compile(rf"/columns/{UUID}/"),
    articles="uuid",
    address=re.compile(rf"/columns/{UUID}(?:/|$)"),
)
FAMILY = Family(MARKS, printed())
