"""Of what rank an agency is, by its name alone."""

from __future__ import annotations

import re
from enum import IntEnum


class Rank(IntEnum):
    """Who an agency belongs to."""

    TOWNSHIP = 0
    """镇, 乡, 街道, 苏木."""
    COUNTY = 1
    """县, 区, 旗."""
    ABOVE = 2
    """A city, a province, the State Council; or not known."""


CITY = re.compile(r"^[^县区旗]{1,6}?(?:省|自治区|市(?![场政容])|自治州|州|盟|地区)")
"""The first place of a name. A city may have 乡, 镇 or 州 in its own name: 新乡市, 镇江市."""

AUTONOMOUS_REGION = re.compile("^.{2,7}?自治区")

TOWNSHIP = re.compile("[镇乡](?!.{0,30}[区县])|街道|苏木")
COUNTY = re.compile("(?<!自治)[县区旗]")

MAKES_REGULATIONS = re.compile("(?:省|市|州|自治区|政府|政府办公[厅室])$")
"""How a government of a province or city, or a region's report as a whole, is called."""

NATIONAL = re.compile("^(?:国家|国务院|中国|中华人民共和国|全国|海关|证监|金融监管)")


def rank(agency: str) -> Rank:
    """The lowest place that the name speaks of."""
    rest = _below_city(agency)
    if TOWNSHIP.search(rest):
        return Rank.TOWNSHIP
    return Rank.COUNTY if COUNTY.search(rest) else Rank.ABOVE


def may_make_regulations(agency: str) -> bool:
    """《立法法》: State Council departments, governments of provinces and 设区的市, 自治州.

    A county-level city cannot be told by its name and passes.
    """
    if rank(agency) is not Rank.ABOVE:
        return False
    has_place = _below_city(agency) != agency and not NATIONAL.match(agency)
    return not has_place or MAKES_REGULATIONS.search(agency) is not None


def _below_city(agency: str) -> str:
    """The name without province and city."""
    rest = AUTONOMOUS_REGION.sub("", agency)
    while (shorter := CITY.sub("", rest, count=1)) != rest:
        rest = shorter
    return rest
