"""Counted figures in a sentence: digits and Chinese numerals, how exact, what they count."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.values import value

EXACT = "exact"

APPROACH = re.compile(r"(?:将近|接近|大约|超过|突破|不足|不到|近|约|超|逾)$")
"""Words right before a figure that blur it."""

SAME = {"将近": "近", "接近": "近", "大约": "约", "超过": "超", "突破": "超", "不到": "不足"}

COUNTERS = (
    "人次|篇次|条次|场次|件次|班次|户次|大类|(?:条|件|篇|人|场)\\(次\\)|"
    "[条件篇份期次场起个项人名位家部封宗例则种册块张幅批辑组元类户处%]"
)
"""条, 件, 篇, 期, 起 and 份 are interchangeable in these reports; the raw word is kept."""

CHINESE = "零一二两三四五六七八九十百千"

NOT_A_COUNT = r"年|月|日|号|时|点|分|季|楼|室|届|岁|周|/| \d|-\d|—\d"
"""What follows the digits of a date, an address or a telephone number."""

TOO_SMALL_A_WORD = "方面|性|事(?!项)|样|体|起来|次性|个环节|步|来"
"""一方面, 一次性, 四件事, 一起来: a numeral and a counter that count nothing."""

BEHIND = "(?P<behind>[余多]?(?:左右|以上|上下|以下)|余)?"

DIGITS = re.compile(
    r"[0-9](?>(?P<digits>\d{0,2}(?:,\d{3}){1,3}(?:\.\d{1,6})?(?!\d)|\d{0,11}(?:\.\d{1,6})?(?!\d))"
    rf"(?P<vague>[余多来])?(?P<scale>[万亿千百])?(?P<later>[余多])?(?P<counter>{COUNTERS})?)"
    rf"(?!{NOT_A_COUNT}){BEHIND}"
)
WORDS = re.compile(
    rf"[{CHINESE}](?>(?P<digits>[{CHINESE}]{{0,6}})"
    rf"(?P<vague>[余多])?(?P<scale>万)?(?P<later>[余多])?(?P<counter>{COUNTERS}))"
    rf"(?!{NOT_A_COUNT}|{TOO_SMALL_A_WORD}){BEHIND}"
)
"""Both begin with one character of a class: the engine then skips what cannot begin a figure."""

NIL = re.compile(
    r"(?<=为)零(?P<digits>)(?P<vague>余)?(?P<scale>万)?(?P<later>余)?"
    r"(?P<counter>件)?(?P<behind>余)?(?=[。,;]|$)"
)
"""复议、诉讼均为零: a figure in a word, without a counter. The groups are those of the others."""

NO_FIGURE_AFTER = frozenset("0123456789.第每任某同这那哪统唯逐另[")

SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
UNITS = {"十": 10, "百": 100, "千": 1000}
ONES = {word: n for n, word in enumerate("零一二三四五六七八九")} | {"两": 2}


@value
class Number:
    """A figure of a sentence; `start` and `end` take in 近 before and the counter behind."""

    start: int
    end: int
    value: Decimal
    raw: str
    counter: str | None
    qualifier: str


def figures_in(sentence: str) -> list[re.Match[str]]:
    """Where figures stand, from left to right; dates, ordinals and years are none."""
    digits = [match for match in DIGITS.finditer(sentence) if _is_figure(match, sentence)]
    words = [match for match in WORDS.finditer(sentence) if _is_figure(match, sentence)]
    if "为零" in sentence:
        words += NIL.finditer(sentence)
    return sorted(digits + words, key=re.Match.start) if digits and words else digits or words


def _is_figure(match: re.Match[str], sentence: str) -> bool:
    """Whether nothing before it makes it part of another word, of a figure torn in two."""
    start = match.start()
    before = sentence[start - 1 : start]
    if before == " " and sentence[start - 2 : start - 1].isdigit():
        return False  # two figures, or one torn in two: nobody can say
    return before not in NO_FIGURE_AFTER


def number_of(figure: re.Match[str]) -> Number:
    """The figure that stands at one of the places of `figures_in`."""
    start, counter = figure.start(), figure["counter"]
    approach = APPROACH.search(figure.string, max(0, start - 2), start)
    return Number(
        start=approach.start() if approach else start,
        end=figure.end(),
        value=_value(figure),
        raw=figure.string[start : figure.start("counter") if counter else _end(figure)],
        counter=counter,
        qualifier=_qualifier(figure, approach),
    )


def _end(figure: re.Match[str]) -> int:
    """Where the figure ends, what stands behind it left out."""
    return figure.start("behind") if figure["behind"] else figure.end()


def _qualifier(match: re.Match[str], approach: re.Match[str] | None) -> str:
    """The word that blurs the figure, as printed but for the long forms of 近, 约 and 超."""
    inside = match["vague"] or match["later"]
    if inside:
        return inside
    if approach:
        return SAME.get(approach[0], approach[0])
    return match["behind"] or EXACT


def _value(match: re.Match[str]) -> Decimal:
    digits = match.string[match.start() : match.end("digits")]
    if match.re is not DIGITS:
        return Decimal(chinese(digits) * SCALES.get(match["scale"] or "", 1))
    value = Decimal(digits.replace(",", ""))
    if not match["scale"] and "." not in digits:
        return value
    value *= SCALES.get(match["scale"] or "", 1)
    whole = value.to_integral_value()
    return whole if value == whole else value


def chinese(words: str) -> int:
    """Value of a numeral below 万: 十二, 两千三百, 四十."""
    total, digit = 0, 0
    for word in words:
        if word in UNITS:
            total += (digit or 1) * UNITS[word]
            digit = 0
        else:
            digit = ONES[word]
    return total + digit
