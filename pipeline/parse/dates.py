"""Printed dates and years. Damaged ones are no dates: `201911日` may be many days."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR = 2004
"""The oldest reports are of Shanghai for 2004."""

LAST_YEAR = 2099

DATE = re.compile(r"(?<!\d)(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
CHINESE_YEAR = re.compile(
    r"二[〇○零OoО0]([〇○零OoО0一二三四五六七八九])([〇○零OoО0一二三四五六七八九])年?"
)
DIGITS = {
    **dict.fromkeys("〇○零OoО0", "0"),
    **dict(zip("一二三四五六七八九", "123456789", strict=True)),
}

WIDE_DIGIT = re.compile("[０-９]")

PERIOD = re.compile(
    r"(?:统计(?:数据)?的?(?:期限|时限|时间|区间)|(?:统计|所列|本报告|报告中|总结中)[^。]{0,4}数据)"
    r"[^。]{0,12}?(20\d\d)年1月1日[^。]{0,4}[至到—～~-](?:20\d\d年)?12月31日"
)
"""The sentence of the statistical period; it must be whole to count."""


def fold(text: str) -> str:
    """Full-width digits narrow, Chinese years in digits; all else as printed."""
    folded = WIDE_DIGIT.sub(lambda digit: str(int(digit[0])), text)
    if "二" not in folded:
        return folded
    return CHINESE_YEAR.sub(lambda m: f"20{DIGITS[m[1]]}{DIGITS[m[2]]}年", folded)


def read_date(text: str | None) -> date | None:
    """The first whole date in the text; None where there is none or it does not exist."""
    match = DATE.search(fold(text or ""))
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_year(text: str | None) -> int | None:
    """The first four-digit year followed by 年 in the text."""
    match = YEAR.search(fold(text or ""))
    return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else None


def read_period(text: str) -> int | None:
    """The year of a whole 统计期限 sentence, 1 January to 31 December of one year."""
    match = PERIOD.search("".join(fold(text).split()))
    return int(match[1]) if match else None
