"""Is this link an annual report, and of which year? Decided by its title alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Characters of the fixed words as mirrors in traditional script print them.
TRADITIONAL = str.maketrans("開報務關於縣資訊", "开报务关于县信息")
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}")
# These make of a report's name the name of something else, wherever they stand.
ANOTHER_PAPER = re.compile(
    r"通知|报告制度|报告格式|解读|图解|一图|读懂|说明$|指南|要点|办法|模板|填报|征求"
)
# 政府信息公开 names the legal duty; plain 信息公开 may be about energy or water quality, so it
# needs 年度 or 年报 to count. Words may come in any order, with the misprints that were seen:
# 工作告年度报, 度年.
DUTY = re.compile(r"政府信息公开|政务信息公开|政务公开")
ANY_DISCLOSURE = re.compile(r"信息公开|政务公开")
REPORT = re.compile(r"年报|年度报|报告|年度?\.{2,}$")  # the last: cut with … (NFKC: three dots)
ANNUAL = re.compile(r"年报|年度|度年")
# Nothing but the fixed words: the name of the column itself, unless the row has a date.
COLUMN_NAME = re.compile(r"(政府|政务|信息|公开|工作|年度|年|报告|报|历年|各|本)+")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
BRACKETS = re.compile(r"[(\[〔【][^)\]〕】]*[)\]〕】]")


@dataclass(frozen=True, slots=True)
class Title:
    """What a link says about itself.

    `years` are the years reported on: none where neither title nor date tells, two where one paper
    covers two. `from_date` is true where they were inferred from the date of publication.
    """

    is_report: bool
    years: tuple[int, ...] = ()
    from_date: bool = False


def read_title(text: str, published: str | None = None) -> Title:
    """Judge a link by its text and the date in its row (`YYYY-MM-DD`).

    A report appears in the year after the one it is about (条例 第四十九条): where the title names
    no year, that is what the date says.
    """
    title = normalised(text)
    if not _names_a_report(title, dated=published is not None):
        return Title(is_report=False)
    if years := _years(title):
        return Title(is_report=True, years=years)
    if published is not None:
        return Title(is_report=True, years=(int(published[:4]) - 1,), from_date=True)
    return Title(is_report=True)


def normalised(text: str) -> str:
    """Half width, simplified, no white space, years in digits."""
    title = "".join(unicodedata.normalize("NFKC", text).split()).translate(TRADITIONAL)
    return CHINESE_YEAR.sub(lambda year: year[0].translate(NUMERALS), title)


def _names_a_report(title: str, *, dated: bool) -> bool:
    if ANOTHER_PAPER.search(title) or not REPORT.search(title):
        return False
    if COLUMN_NAME.fullmatch(title) and not dated:
        return False
    if DUTY.search(title):
        return True
    return bool(ANY_DISCLOSURE.search(title) and ANNUAL.search(title))


def _years(title: str) -> tuple[int, ...]:
    """Years outside brackets; brackets count only if there is none (…年度报告(2021年度))."""
    found = YEAR.findall(BRACKETS.sub("", title)) or YEAR.findall(title)
    return tuple(sorted({int(year) for year in found}))
