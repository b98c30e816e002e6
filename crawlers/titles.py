"""Is this link an annual report, and of which year? Decided by its title alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Characters of the fixed words as mirrors in traditional script print them.
TRADITIONAL = str.maketrans("開報務關於縣資訊", "开报务关于县信息")
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# The letter O typed for a nought: 2O22年.
MISTYPED_YEAR = re.compile(r"(?<![0-9A-Za-z])2[0Oo][0-9Oo]{2}(?=年)")
CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}")
# These make of a report's name the name of something else, wherever they stand.
ANOTHER_PAPER = re.compile(
    r"通知|报告制度|报告格式|解读|图解|一图|读懂|说明$|指南|要点|办法|模板|填报|征求"
    r"|图说|数说|看懂|速览|英文版|^(?:动漫|漫画|视频|音频|长图)|通报|自查|目录$|学年"
    r"|评估(?:报告|情况|结果)|考核(?:情况|结果|的)|整改(?:报告|情况)|培训[会班]|工作会议"
    r"|[一二三四1-4]季度|[上下]半年|企业环境|排污单位|政务公开[^年]{0,8}总结"
)
# 政府信息公开 names the legal duty; plain 信息公开 may be about energy or water quality, so it
# needs 年度 or 年报 to count. Words may come in any order, with the misprints that were seen:
# 工作告年度报, 度年.
DUTY = re.compile(r"政府信息公开|政务信息公开|政务公开")
# Before 2014 many wrote 教育局2012年信息公开工作报告: a year or an agency stands right before it.
OLD_NAME = re.compile(r"(?:年度?|[局委府办厅乡镇处]|中心|街道)信息公开工作(?:情况)?的?报告")
ANY_DISCLOSURE = re.compile(r"信息公开|政务公开")
REPORT = re.compile(r"年报|年度报|报告|年度?\.{2,}$")  # the last: cut with … (NFKC: three dots)
ANNUAL = re.compile(r"年报|年度|度年")
# Nothing but the fixed words: the name of the column itself, unless the row has a date.
COLUMN_NAME = re.compile(r"(政府|政务|信息|公开|工作|年度|年|报告|报|历年|各|本)+")
AGENCY = re.compile(
    r"[^\W\d_a-zA-Z（）()]{2,30}(?:局|委|委员会|办|办公室|政府|中心|镇|乡|街道|街道办事处|办事处|管委会|厅|处)"
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
BRACKETS = re.compile(r"[(\[〔【][^)\]〕】]{0,100}[)\]〕】]")


@dataclass(frozen=True, slots=True)
class Title:
    """What a link says about itself.

    `years` are the years reported on: none where neither title nor date tells, two where one paper
    covers two. `from_date` is true where they were inferred from the date of publication.
    """

    is_report: bool
    years: tuple[int, ...] = ()
    from_date: bool = False


def read_title(
    text: str,
    published: str | None = None,
    *,
    column_year: int | None = None,
    lists_agencies: bool = False,
) -> Title:
    """Judge a link by its text, its column, and the date in its row (`YYYY-MM-DD`).

    The year is that of the title, else of the column, else the one before publication: a report
    appears in the year after the one it is about (条例 第四十九条).

    Args:
        text: of the link.
        published: the date printed in its row.
        column_year: of a column that holds one report year.
        lists_agencies: a column of many agencies, where a row may be an agency's name alone.
    """
    if why_not_a_report(text, published) and not (lists_agencies and names_an_agency(text)):
        return Title(is_report=False)
    if years := _years(normalised(text)):
        return Title(is_report=True, years=years)
    if column_year is not None:
        return Title(is_report=True, years=(column_year,))
    if published is not None:
        return Title(is_report=True, years=(int(published[:4]) - 1,), from_date=True)
    return Title(is_report=True)


def why_not_a_report(text: str, published: str | None = None) -> str | None:
    """Why a link is passed over, for people; null: it names an annual report."""
    title = normalised(text)
    if another := ANOTHER_PAPER.search(title):
        return f"another paper: {another[0]}"
    if not REPORT.search(title):
        return "names no report"
    if COLUMN_NAME.fullmatch(title) and published is None:
        return "the name of a column, without a date"
    if DUTY.search(title) or (ANY_DISCLOSURE.search(title) and ANNUAL.search(title)):
        return None
    if OLD_NAME.search(title):
        return None
    return "names no 政府信息公开"


def names_an_agency(text: str) -> bool:
    """Whether a link is the name of an agency and nothing else."""
    return AGENCY.fullmatch(normalised(text)) is not None


def normalised(text: str) -> str:
    """Half width, simplified, no white space, years in digits."""
    title = "".join(unicodedata.normalize("NFKC", text).split()).translate(TRADITIONAL)
    title = CHINESE_YEAR.sub(lambda year: year[0].translate(NUMERALS), title)
    return MISTYPED_YEAR.sub(lambda year: re.sub("[Oo]", "0", year[0]), title)


def _years(title: str) -> tuple[int, ...]:
    """Years outside brackets; brackets count only if there is none (…年度报告(2021年度))."""
    found = YEAR.findall(BRACKETS.sub("", title)) or YEAR.findall(title)
    return tuple(sorted({int(year) for year in found}))
