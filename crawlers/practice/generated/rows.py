"""The rows of a column's list: ten annual reports, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from crawlers.hours import CHINA
from crawlers.practice.corpus.model import dice
from crawlers.practice.generated.layouts import layout_of
from crawlers.practice.generated.model import KINDS, Agency, Column, Entry, Kind

FIRST_NUMBER = 10_000_000
"""Article numbers have eight digits for provinces up to 8,999 agencies."""
YEARS_OF_A_NUMBER = 100
REPORT_TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{agency}关于{year}年度政府信息公开工作情况的报告",
    "{agency}政府信息公开工作年度报告（{year}年度）",
    "{agency}{hanzi}年政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开工作年报",
)
NEAR_MISSES: dict[Kind, str] = {
    "notice": "关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知",
    "interpretation": "《{agency}{year}年政府信息公开工作年度报告》解读",
    "graphic": "一图读懂{agency}{year}年政府信息公开工作年度报告",
    "sheet": "{agency}政府网站工作年度报表（{year}年度）",
    "special": "{agency}关于{year}年财政资金信息公开情况的专项报告",
}
PAPERS = (
    "{agency}{month}月份重点工作安排",
    "{agency}关于{month}月督查情况的通报",
    "{agency}政府信息公开指南（第{month}版）",
    "依申请公开情况统计（第{quarter}季度）",
)
HANZI = str.maketrans("0123456789", "〇一二三四五六七八九")


def number_of(agency_number: int, year: int, kind: Kind) -> int:
    """The article number of an entry; `entry_of` reads it back."""
    place = agency_number * YEARS_OF_A_NUMBER + year % YEARS_OF_A_NUMBER
    return FIRST_NUMBER + place * len(KINDS) + KINDS.index(kind)


def agency_of(number: int) -> int | None:
    """The agency that an article number belongs to; null for a number nobody gave."""
    place = (number - FIRST_NUMBER) // len(KINDS)
    return place // YEARS_OF_A_NUMBER if place >= 0 else None


def rows(column: Column) -> list[Entry]:
    """All rows, newest first; nothing of it is kept."""
    found = list(_reports(column))
    if layout_of(column).near_misses:
        found += [*_near_misses(column), *_papers(column)]
    return sorted(found, key=lambda entry: (entry.published, entry.number), reverse=True)


def _dice(column: Column, what: str) -> Random:
    return dice(f"{column.site.plan.seed}/{column.agency.number}/{what}")


def _reports(column: Column) -> Iterator[Entry]:
    for year in column.site.plan.years:
        yield report(column, year)


def report(column: Column, year: int) -> Entry:
    """The annual report on a year: in January, a few in the two months that follow."""
    chance = _dice(column, f"report {year}")
    name = chance.choice(REPORT_TITLES)
    late = chance.choice((0, 0, 0, 0, 14, 45))
    day = datetime(year + 1, 1, chance.randint(8, 28), 9, chance.randint(0, 59), tzinfo=CHINA)
    return _entry(column.agency, "report", year, name, day + timedelta(days=late))


def correction(column: Column, year: int) -> Entry:
    """The same report again, corrected, three weeks later at an address of its own."""
    first = report(column, year)
    title = "{agency}{year}年政府信息公开工作年度报告（更正）"
    day = first.published + timedelta(days=21)
    return _entry(column.agency, "correction", year, title, day)


def _near_misses(column: Column) -> Iterator[Entry]:
    chance = _dice(column, "near misses")
    for kind, name in NEAR_MISSES.items():
        year = chance.choice(column.site.plan.years)
        first = report(column, year).published
        days = -chance.randint(20, 40) if kind == "notice" else chance.randint(1, 12)
        yield _entry(column.agency, kind, year, name, first + timedelta(days=days))


def _papers(column: Column) -> Iterator[Entry]:
    """What fills the list of a site's first agency, so that it has more pages than one."""
    if column.agency.number != column.site.agencies[0]:
        return
    for place in range(layout_of(column).papers):
        day = datetime(
            2016 + place % 9, 1 + place % 12, 1 + place % 27, 10, place % 60, tzinfo=CHINA
        )
        kind: Kind = "paper" if place < YEARS_OF_A_NUMBER else "paper2"
        yield _entry(column.agency, kind, 2000 + place, PAPERS[place % len(PAPERS)], day)


def _entry(owner: Agency, kind: Kind, year: int, name: str, published: datetime) -> Entry:
    title = name.format(
        agency=owner.name,
        year=year,
        hanzi=str(year).translate(HANZI),
        month=published.month,
        quarter=(published.month + 2) // 3,
    )
    return Entry(kind, year, title, published, number_of(owner.number, year, kind))
