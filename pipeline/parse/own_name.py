"""An agency's name without what lists, attachments and notices print round it in a title."""

from __future__ import annotations

import re

BEFORE = re.compile(
    r"^(?:关于(?!20)|[\[【][^\]】]{1,8}[\]】]|附件?\d{0,2}[:：]|\d{1,2}[.、](?!\d)"
    r"|[一二三四五六七八九十]{1,3}、|[一-鿿]{1,8}[〔\[(]20\d\d[〕\])]\d{1,4}号"
    r"|1(?:月份?)?[-—~至]12月份?)+"
)
"""Numbers, marks, 关于, the months of the year. A name that begins so was not seen."""

BEHIND = re.compile("(?<=..)(?:公布|发布|印发|编制)$")
"""教育局发布2023年…: what the agency does with its report."""


def own_name(words: str) -> str:
    """The words of a title before its year and kind, without what is no part of a name."""
    return BEHIND.sub("", BEFORE.sub("", words))
