"""The hours of the night in which real hosts may be crawled, as people in China count them."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

HOURS = re.compile(r"([01]\d|2[0-4])-([01]\d|2[0-4])")


def today_in_china() -> date:
    """The day that is written into the registry, and that time limits are counted by."""
    return datetime.now(CHINA).date()


def parse_hours(text: str) -> tuple[int, int]:
    """`22-06` as (22, 6): from ten in the evening to six in the morning; ValueError otherwise."""
    found = HOURS.fullmatch(text)
    if found is None or found[1] == found[2]:
        raise ValueError(f"{text!r}: expected two different hours such as 22-06, Asia/Shanghai")
    return int(found[1]), int(found[2])


def is_open(hours: str, now: datetime) -> bool:
    """Whether `now` (with its zone) lies in these hours; the last hour itself is outside."""
    first, last = parse_hours(hours)
    hour = now.astimezone(CHINA).hour
    return first <= hour < last if first < last else hour >= first or hour < last
