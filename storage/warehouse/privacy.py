"""Masking personal data in prose, so that the warehouse and its exports can be passed on.

Reports end with the office's telephone, the editor's name, a private mail address; township reports
list every member of a working group. The archive keeps the page as evidence; derived rows do not
need these. Each masked character becomes a `*`, so every position in the text stays where it was.
"""

from __future__ import annotations

import re

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+"
)
_NOT_COUNTED = r"(?!\d|\s?[元万亿条件次人个篇份期])"
"""What follows a count or an amount never follows a telephone number."""
# Each begins with its literal digit and looks back from there: four times as fast as looking first.
_MOBILE = re.compile(rf"1(?<![\d.]1)[3-9]\d[-— ]?\d{{4}}[-— ]?\d{{4}}{_NOT_COUNTED}")
_LANDLINE = re.compile(r"0(?<!\d0)\d{2,3}[)）]?[-—－–  ]{0,2}[2-9]\d{6,7}(?:[-—转]\d{1,5})?(?!\d)")
_PHONE_LABELS = "电话|传真|手机|热线|联系方式|QQ|微信号"
_LABELLED_NUMBER = re.compile(
    rf"(?:{_PHONE_LABELS})(?:号码)?[:：为是\s]{{0,3}}"
    rf"(?P<hidden>\d[\d\-—－–()（） /、]{{4,}}\d){_NOT_COUNTED}"
)
_NAME_LABELS = (
    "联系人|经办人|填报人|填表人|责任人|负责人|责任编辑|编辑|责编|审核人|审核|校对|撰稿|作者|签发人|签发"
    "|录入|组长|副组长|组员|成员|主任|副主任"
)
_NAME = r"[\u4e00-\u9fff][\u4e00-\u9fff·\u3000 ]{0,3}[\u4e00-\u9fff](?![\u4e00-\u9fff:：])"
_NAMES = re.compile(rf"(?:{_NAME_LABELS})\s?[:：]\s?(?P<hidden>{_NAME}(?:[、，,;； ]\s?{_NAME})*)")
_OFFICE = re.compile(r"[室科局厅处部委办股站会院中心]$")
_MASKABLE = re.compile(r"[^\s、，,;；]")


def mask(text: str) -> str:
    """Put `*` over telephone numbers, mail addresses and names of staff; keep the length.

    A number counts as a telephone number by its shape (mobile, area code) or by the label before
    it, never by its length alone: 访问量7854070人次 is a figure. A name is what follows a label
    such as 联系人：, unless it ends like an office.
    """
    if "@" in text or "＠" in text:
        text = _MAIL.sub(_mask_all, text)
    for pattern in (_MOBILE, _LANDLINE):
        text = pattern.sub(_mask_all, text)
    for pattern in (_LABELLED_NUMBER, _NAMES):
        text = pattern.sub(_mask_group, text)
    return text


def _mask_all(match: re.Match[str]) -> str:
    return _stars(match[0])


def _mask_group(match: re.Match[str]) -> str:
    """Cover the part after the label, leaving offices readable."""
    start, end = (edge - match.start() for edge in match.span("hidden"))
    hidden = re.split(r"([、，,;；])", match["hidden"])
    covered = "".join(part if _OFFICE.search(part.strip()) else _stars(part) for part in hidden)
    return match[0][:start] + covered + match[0][end:]


def _stars(text: str) -> str:
    return _MASKABLE.sub("*", text)
