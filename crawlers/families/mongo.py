"""Sites whose articles are MongoDB ids (西安 districts, 山东): `…/63ae9ee5f8fd1c4c2133970d.html`.

The first eight digits are the second in which the article was made. Lists differ by site: rows are
told by their addresses and dates, 下一页 is followed.
"""

from __future__ import annotations

import re

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

MARKS = Marks(
    text=re.compile(r"[\"'/](?:doc_)?[56][0-9a-f]{23}\.html"),
    articles="mongo",
)
FAMILY = Family(MARKS, printed())
