"""Which time a figure counts, where the words say so."""

from __future__ import annotations

import re
from typing import NamedTuple

YEAR, PRIOR, CUMULATIVE, AS_OF, YEAR_START, PLANNED = (
    "year",
    "prior_year",
    "cumulative",
    "as_of",
    "year_start",
    "planned",
)

YEAR_SAID = re.compile(r"(?<!\d)(20\d\d)(?=年)")
TITLE = re.compile(r"《[^》]{0,80}》|\[[^\]]{0,6}\]")
"""Years in the names of documents are not those of figures."""

ASIDE = re.compile(
    r"\([^()]{0,40}\)"  # closed before the figure
    r"|(?:比|较|与|同)20\d\d年[^,;]{0,40}(?=[,;])"  # what another figure is compared with
    r"|(?:比|较)20\d\d年度?(?:同期|全年)?(?=[增升提上降下减回多少])"  # or this one
)
COMPARED = re.compile(r"\([^()]{0,38}20|[比较与同]20")
"""Tried first, for it is quick."""

AGAINST = re.compile("[比较与同]20\\d\\d年[^,;]{0,20}$")
"""比2013年(21件)下降: before the rate itself."""

CARRIED = re.compile(
    r"结转(?:至|到|于|在)?20\d\d年度?|20\d\d年度?(?=(?:已|未办结|申请|政府信息公开申请)?(?:结转|转入|转来))"
)
"""Where a request came from or went to, not the year that counts it."""

LAST_YEAR = re.compile(r"(?:上年|去年|上一年)度?(?:同期|全年|共|,|收到|受理|主动|公开|发布|的)")
SOON = "(?:再|继续|于|在|举办|开展|召开|组织|发布|制定|新增|完成)"
FUTURE = re.compile(
    f"下一步|下一?年度?(?:工作)?(?:计划|目标|打算|安排|重点)|今后|明年|力争|预计|争取|计划{SOON}|将{SOON}|拟{SOON}"
)
SINCE = re.compile("历年|累计已|已累计|累计[^,;]{0,10}达|已达|至今|以来")
RUNNING_YEAR = re.compile("[年来]以来")
"""2019年以来 and 一年来 begin with the year reported on."""

SINCE_A_YEAR = re.compile(
    r"20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?[^,;。0-9]{0,12}以来[^;。0-9]{0,24}$"
)
"""2008年5月以来，累计主动公开1527条."""

OPENED = re.compile(
    "(?:开通|开设|上线|成立|运行)[^,;]{0,6}(?:以来|至今)"
    '|十[一二三四五六]五[”"]?(?:期间|时期|以来)'
    "|(?<![\\d〇○零一二三四五六七八九])[两二三四五六七八九十\\d]年(?:多|以)?来"
)
"""Said of an account one clause earlier, or of several years."""

NEW = re.compile("新增|全年|今年|本年|20\\d\\d年")
HINT = re.compile(
    "20|下一|下年|今后|明年|力争|预计|争取|计划|将|拟|从|由|历年|累计|已达|至今|以来|年来|五”期|五期|五时|五”时|去年|上年|上一年|截|目前|现有|年底|年末"
)
"""Tried first, for it is quick: without any of these the figure is the year's."""

UNTIL = re.compile(r"截[至止]|目前|现有|至今|到(?:20\d\d)?年(?:末|底)")
OF_THE_YEAR = re.compile(r"其中[^,;]{0,4}20\d\d年度?(?!末|底|初|\d)")
"""截至12月底，共公开1208条，其中2016年度264条."""

IN_THE_YEAR = re.compile(r"(?:当年|本年度?|全年|年内|[,;]20\d\d年度?)(?![末底\d])")
"""截至12月31日，本年度公开655条; 累计1.2万条，2016年公开655条."""

STARTING = re.compile(r"(?:从|由)(?:年初|年底)?的?$")
"""The figure before 增长到: what it was when the year began."""


class Period(NamedTuple):
    """The period, and the year named in the words, if any."""

    name: str
    year: int | None


def before_comparison(before: str, report_year: int | None) -> str:
    """What dates a rate of growth: not the year that it is measured against.

    2014年收到16件，2013年为21件，同比减少23.8%: of 2014, since that is named in the sentence.
    """
    named = before.rfind(f"{report_year}年")
    return before[: named + len("2014年")] if named >= 0 else AGAINST.sub("", before)


def period_of(before: str, clause: str, report_year: int | None, *, by_year: bool) -> Period:
    """The period of a figure.

    Args:
        before: the sentence up to the figure.
        clause: the end of it that belongs to the figure alone.
        report_year: null: years cannot be compared, only words count.
        by_year: the fact is given year by year in these reports, whatever date it is given at.
    """
    if not HINT.search(before):
        return Period(YEAR, None)
    if FUTURE.search(before):
        return Period(PLANNED, None)
    if STARTING.search(clause):
        return Period(YEAR_START, None)
    return _by_words_and_year(before, clause, report_year, by_year=by_year)


def _by_words_and_year(
    before: str, clause: str, report_year: int | None, *, by_year: bool
) -> Period:
    year = _year(before)
    if _has_run_for_long(clause) or (not NEW.search(clause) and _since_it_opened(before)):
        return Period(CUMULATIVE, year)
    if LAST_YEAR.search(clause):
        return Period(PRIOR, None)
    if year and report_year and year != report_year:
        return Period(_of_another_year(before, year, report_year), year)
    dated = "新增" in before or OF_THE_YEAR.search(clause)
    until = None if by_year or dated else UNTIL.search(before)
    if until and not IN_THE_YEAR.search(before, until.end()):
        return Period(AS_OF, year)
    return Period(YEAR, year)


def _since_it_opened(before: str) -> bool:
    """Whether 开通以来 stands before the figure, in the same part of the sentence."""
    if not ("来" in before or "至今" in before or "五" in before):
        return False  # quicker than to search
    return OPENED.search(before, max(len(before) - 40, before.rfind(";"))) is not None


def _of_another_year(before: str, year: int, report_year: int) -> str:
    if year > report_year:
        return PLANNED
    return CUMULATIVE if SINCE_A_YEAR.search(before) else PRIOR


def _has_run_for_long(clause: str) -> bool:
    return SINCE.search(clause) is not None and not RUNNING_YEAR.search(clause)


def _year(before: str) -> int | None:
    words = TITLE.sub("", before) if "《" in before or "[" in before else before
    words = ASIDE.sub("", words) if COMPARED.search(words) else words
    words = CARRIED.sub("", words) if "转" in words else words
    said = YEAR_SAID.findall(words)
    return int(said[-1]) if said else None
