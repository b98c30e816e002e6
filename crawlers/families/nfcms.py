"""南方 NFCMS (portals of 广东): `…/xxgknb/index.html`, articles `…/content/post_<id>.html`.

Later pages are `index_2.html`, counted from 1; 下一页 is followed. `mpost_<id>.html` is the same
article for telephones.
"""

from __future__ import annotations

import re

from crawlers.families.base import Family
from crawlers.families.marks import Marks
from crawlers.families.page import printed

CONTAINERS = ".news_list li"
MARKS = Marks(
    text=re.compile(
        r"NFCMS_(?:SITE|POST)_ID|nfw-cms-attachment|/content/(?:\d+/\d+/)?post_\d+\.html"
    ),
    articles="nfcms",
)
FAMILY = Family(MARKS, printed(CONTAINERS))
