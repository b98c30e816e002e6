"""Invented agencies by number."""

from __future__ import annotations

from functools import cache, lru_cache

from crawlers.practice.generated.model import Agency

FIRST = "霁砚芷棠珞澹岚漪栎翊"
SECOND = "川屏渚汀陂埠岑湾墟淙"
BEFORE = ("", "上", "下", "前", "后")
COUNTIES = len(FIRST) * len(SECOND)
OFFICES = (
    ("财政局", "czj"),
    ("应急管理局", "yjglj"),
    ("教育局", "jyj"),
    ("统计局", "tjj"),
    ("水利局", "slj"),
    ("审计局", "sjj"),
    ("民政局", "mzj"),
    ("林业局", "lyj"),
    ("商务局", "swj"),
    ("司法局", "sfj"),
    ("交通运输局", "jtysj"),
    ("医疗保障局", "ylbzj"),
    ("自然资源局", "zrzyj"),
    ("农业农村局", "nyncj"),
    ("卫生健康委员会", "wsjkw"),
    ("市场监督管理局", "scjgj"),
    ("住房公积金管理中心", "gjjzx"),
    ("人民政府办公室", "zfb"),
)
"""统计局 and 公积金 hold words that make of other titles near misses."""
OLD_SLUGS = {"yjglj": "ajj", "wsjkw": "wsj", "zrzyj": "gtj", "scjgj": "gsj"}
"""Folders keep the name of the office that was there before the reform of 2018."""
LIES = 7
"""One agency in so many stands in the folder of an office that it has nothing to do with."""
MOST_AGENCIES = COUNTIES * len(OFFICES) * len(BEFORE)
WEIGHTS_OF_AN_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11714."""
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100: no I, O, S, V, Z."""


@lru_cache(maxsize=4096)
def agency(number: int) -> Agency:
    """The agency of a number; the same one in every province."""
    rest, place = number % COUNTIES, number // COUNTIES
    before, turn = divmod(place, len(OFFICES))
    name, slug = OFFICES[(turn + rest) % len(OFFICES)]
    first, second = divmod(rest, len(SECOND))
    county = f"{BEFORE[before]}{FIRST[first]}{SECOND[second]}县"
    division = f"99{rest // 20 + 10 * before + 1:02}{rest % 20 + 21:02}"
    return Agency(
        number=number,
        name=f"{county}{name}",
        county=county,
        office=f"县{name}",
        slug=f"{_folder(slug, turn + rest, number)}{number}",
        level="county_department",
        division=division,
        credit_code=credit_code(division, f"{number:08}"),
    )


def _folder(slug: str, office: int, number: int) -> str:
    if number % LIES == LIES - 1:
        return OFFICES[(office + 1) % len(OFFICES)][1]
    return OLD_SLUGS.get(slug, slug)


@cache
def _weights(count: int) -> tuple[int, ...]:
    return tuple(pow(3, place, 31) for place in range(count))


def credit_code(division: str, organisation: str) -> str:
    """11 for an agency, the division, the organisation's eight digits, and two check digits."""
    total = sum(int(d) * w for d, w in zip(organisation, WEIGHTS_OF_AN_ORGANISATION, strict=True))
    check = "0123456789X0"[(11 - total % 11) % 11] if total % 11 else "0"
    code = f"11{division}{organisation}{check}"
    values = (LETTERS.index(letter) for letter in code)
    rest = sum(v * w for v, w in zip(values, _weights(len(code)), strict=True)) % 31
    return code + LETTERS[(31 - rest) % 31]
