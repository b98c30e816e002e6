"""Whose report it is, and of which year, with what speaks for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.extract.text import SENTENCE, squeeze, tight
from pipeline.findings import finding
from pipeline.forms.characters import simplified, simplified_prose
from pipeline.model import Claim, Finding, PageFields, Scope, Section
from pipeline.parse.dates import fold, read_date, read_period, read_year
from pipeline.parse.opening import agency_said
from pipeline.parse.own_name import own_name

KIND = re.compile(
    r"(?:关于)?(?:的)?(?:度)?(?:的)?(?:(?:政府|政务)?信息|政务)公开(?:工作)?(?:情况)?(?:的)?(?:20\d\d)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:报告|年报|告年度报)"
)
"""The fixed tail of a report's title and its variants."""

SUBJECT = "信息公开"
"""What all of them name."""

KIND_MARK = "报"
"""What all of them have: most headings that name the subject have none."""

YEAR = re.compile(r"(?:关于)?20\d\d(?:年度|年)")

LOST_YEAR = re.compile(r"(?<=[一-鿿])20\d\d$")
"""At the end of a title's first line, its 年 lost."""

TOLD = re.compile(r"(?<![\d〔\[])(20\d\d)年(?!\d*月?\d*日?(?:前|以前|之前))")
SEPARATORS = re.compile(r"(?<!\s)(?:\s*[_|]\s*+|\s+[-–—]\s++)")
"""What stands between title, column and site name in a title element."""

PLACE = re.compile(
    "[省县州旗盟镇]|市(?!场|容|政(?![府务协法])|民(?![政族]))|区(?!域)|乡(?!村)"
    "|街道|国家|中国|国务院|中央|自治|流域|总署|部$|.海关$"
)
"""A full official name says where: without one of these it is 应急管理局 of nowhere. 市场监督管理局
and 乡村振兴局 name no place with their 市 and 乡. 部 and 总署 are national; 黄埔海关 has one."""


HERE = re.compile("^(?:自治[区州县旗]|[省市县区州旗镇乡])(?=..)")
"""市教育局 and 区财政局 say what kind of place, not which."""

BREADCRUMBS = re.compile(r"位置\s*[:：]|^\W*(?:网站)?首页|[>›»][^>›»]+[>›»]")
"""首页 > 政府信息公开年报 says where the page hangs, not what it is called."""

BREADCRUMB_MARKS = ("位置", "首页", ">", "›", "»")
"""Of which each has one: looked for first, for that is quick."""

BEGINS_TITLE = re.compile(
    r"20\d\d(?:年度?)?$|(?:局|厅|委|委员会|办公室|政府|中心|镇|乡|街道|院|处|署|部|队|所|站|馆|管委会|海关)$"
)
"""How the first of a title's two lines ends: with the year or the agency, not with 相关阅读."""


DIVISION = re.compile("(?:人民政府|[省市县州旗镇乡]|(?<![新发园业景税关])区)$")
"""A government, or its place in its stead; 开发区, 高新区 and 园区 are agencies of one."""

IN_BRACKETS = re.compile(r"[（(][^（）()]+[)）]$")

REGISTRY = ("栏目登记", "the registry")
SOURCE = ("页面的来源", "the page's source")
OPENING = ("正文开头", "the first sentences")
"""What completes an agency's name, in Chinese and English."""


MARKS = "-—:：《》=*#>·•[]{}."
"""What may stand round a title, of a list or of a text's markup."""

FIELD = re.compile(
    r"^(?:(?:信息|文章|文件|公文)?(?:标\s*+题|名\s*+称)|题\s*+名|title|name)\s*+[:：]?+\s*+(?=..)",
    re.I,
)
"""The name of the field that holds the title, where a text has both on one line."""

YEAR_WITHOUT_NUMBER = re.compile(r"(?<=[局厅委会室府心镇乡道院处署部队所站馆])年度?$")
"""Text of a PDF may print the title's number apart from it."""

GARBLED = re.compile(r"报告|年报|索引号|发布(?:机构|日期)|[={}*#_|\\<>]|\d{3}")
"""What no agency is called: a name with it has words of something else in it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Title, agency, year and scope as decided, with the contradictions met."""

    title: str | None
    agency: str | None
    report_year: int | None
    scope: Scope
    findings: tuple[Finding, ...]


def identify(fields: PageFields, sections: Sequence[Section], claim: Claim) -> Identity:
    """Decide agency and year; what speaks against the decision becomes a finding.

    The year is that of the 统计期限 sentence, else of the title, of the list, the one before
    publication; never of a URL. Where title and publication agree against the sentence, it is last
    year's, left standing. The agency is that of the title, completed by the registry's full
    name, else the registry's, that of the first sentences, of the page's source, of the signature.
    """
    title = best_title(fields.titles)
    printed = agency_in_title(title) if title else None
    agency, agency_findings = _agency(printed, fields, sections, claim)
    year, year_findings = _year(title, fields, sections, claim)
    findings = [*agency_findings, *year_findings]
    if agency and GARBLED.search(agency):
        findings.append(finding("agency_garbled", "agency", agency=agency[:60]))
    if title is None:
        findings.append(finding("title_missing", "title"))
    return Identity(title, agency, year, scope_of(agency), tuple(findings))


def best_title(candidates: Sequence[str]) -> str | None:
    """The candidate that names year and kind of report; two lines are joined where one lacks it.

    Truncated first lines and bare agency names lose against a candidate that says it all.
    """
    titles = [c for c in candidates if not (SENTENCE.search(c) or _is_breadcrumbs(c))]
    single = [SEPARATORS.split(title)[0].strip() for title in titles]
    joined = [a + b for a, b in pairwise(single) if BEGINS_TITLE.search(tight(fold(a)))]
    ranked = sorted([*single, *joined], key=_completeness, reverse=True)
    best = ranked[0] if ranked else ""
    return FIELD.sub("", squeeze(best)) if _completeness(best)[0] else None


def _is_breadcrumbs(text: str) -> bool:
    has_mark = any(map(text.__contains__, BREADCRUMB_MARKS))
    return has_mark and BREADCRUMBS.search(text) is not None


@lru_cache(maxsize=64)  # of a page's few titles each is asked several times
def _completeness(title: str) -> tuple[int, int]:
    """How much of a title is there; among equals the shorter, which has no second title in it."""
    words = simplified(tight(fold(title)))
    if not KIND.search(words):
        return 0, 0
    has_year, has_agency = bool(YEAR.search(words)), bool(agency_in_title(title))
    return 1 + has_year + has_agency, -len(words)


@lru_cache(maxsize=64)
def agency_in_title(title: str) -> str | None:
    """The title without its year and its fixed tail; None where nothing is left."""
    words = simplified(tight(fold(title)))
    kind = list(KIND.finditer(words))
    head = (words[: kind[-1].start()] if kind else words).rpartition("《")[2]
    if len(kind) > 1:
        second = YEAR.sub("", words[kind[-2].end() : kind[-1].start()])
        head = second if BEGINS_TITLE.search(second) else head
    head = own_name(LOST_YEAR.sub("", YEAR.sub("", own_name(head))).strip(MARKS))
    head = YEAR_WITHOUT_NUMBER.sub("", FIELD.sub("", head))
    return _without_brackets(head) or None


def _without_brackets(name: str) -> str:
    """海关总署(本级机关) as it is; without the brackets that lost their words or their fellows."""
    inner = name.strip("()（）")
    return name if IN_BRACKETS.search(name) and inner and name[0] not in "(（)）" else inner


def agency_in_row(text: str | None) -> str | None:
    """The agency that a row of a list names, with its place; None where it names it by half."""
    agency = agency_in_title(SEPARATORS.split(text)[0]) if text else None
    return agency if agency and PLACE.search(agency) and BEGINS_TITLE.search(agency) else None


def scope_of(agency: str | None) -> Scope:
    """A government's own report sums up its region; an office or department speaks for itself."""
    return Scope.REGION if agency and DIVISION.search(agency) else Scope.AGENCY


def _agency(
    printed: str | None, fields: PageFields, sections: Sequence[Section], claim: Claim
) -> tuple[str | None, list[Finding]]:
    if printed is None:
        other = claim.agency or agency_said(sections) or _agency_named(fields.source)
        return _not_in_title(other or _signature(sections))
    shortened = not PLACE.search(HERE.sub("", printed))
    if claim.agency and tight(claim.agency).endswith(printed):
        return claim.agency, [_completed(printed, claim.agency, REGISTRY)] if shortened else []
    if shortened:
        return _with_place(printed, ((fields.source, SOURCE), (agency_said(sections), OPENING)))
    if claim.agency:
        values = {"printed": printed, "claimed": claim.agency}
        return printed, [finding("agency_differs", "agency", **values)]
    return printed, []


def _not_in_title(agency: str | None) -> tuple[str | None, list[Finding]]:
    if agency is None:
        return None, [finding("agency_unknown", "agency")]
    return agency, [finding("agency_not_in_title", "agency", agency=agency)]


def _with_place(
    printed: str, elsewhere: Iterable[tuple[str | None, tuple[str, str]]]
) -> tuple[str, list[Finding]]:
    """A name without its place, completed by the first other mention that ends with it."""
    for name, where in elsewhere:
        if full := _full_name(printed, name):
            return full, [_completed(printed, full, where)]
    return printed, [finding("agency_without_place", "agency", printed=printed)]


def _agency_named(source: str | None) -> str | None:
    """来源 where it is an agency with its place; 本站 and 局办公室 are neither."""
    name = tight(source or "")
    return name if PLACE.search(name) and BEGINS_TITLE.search(name) else None


def _full_name(printed: str, source: str | None) -> str | None:
    """What the page gives elsewhere, where that is the title's agency with its place."""
    name = tight(source or "")
    return name if name.endswith(printed) and PLACE.search(name) else None


def _completed(printed: str, agency: str, by: tuple[str, str]) -> Finding:
    zh, en = by
    values = {"printed": printed, "agency": agency, "source": zh, "source_en": en}
    return finding("agency_completed", "agency", **values)


def _signature(sections: Iterable[Section]) -> str | None:
    """The first line of the signature, where the report is signed."""
    closing = next((s.text for s in sections if s.id == "closing"), "")
    first = closing.split("\n")[0]
    return first if first and read_date(first) is None else None


def _year_told(sections: Sequence[Section]) -> int | None:
    """The year that the first section speaks of, where it speaks of one more than of all others."""
    text = fold("\n".join(s.text for s in sections[:2]))
    years = Counter(int(year) for year in TOLD.findall(text))
    year, count = years.most_common(1)[0] if years else (None, 0)
    return year if count * 2 > years.total() else None


def _year(
    title: str | None, fields: PageFields, sections: Sequence[Section], claim: Claim
) -> tuple[int | None, list[Finding]]:
    text = simplified_prose("\n".join(s.text for s in sections[:2]))
    published = read_date(fields.published)
    evidence = {
        "统计期限": read_period(text),
        "标题": read_year(title),
        "列表": claim.report_year,
        "发布日期": published.year - 1 if published else None,
    }
    known = {source: year for source, year in evidence.items() if year is not None}
    if not known and (told := _year_told(sections)):
        return told, [finding("year_from_prose", "report_year", year=told)]
    if not known:
        return None, [finding("year_unknown", "report_year")]
    source, year = next(iter(known.items()))
    if "标题" in known and known["标题"] == known.get("发布日期"):
        source, year = "标题", known["标题"]
    said = {s: y for s, y in known.items() if y != year and s != "发布日期"}
    others = ", ".join(f"{s} {y}" for s, y in said.items())
    values = {"source": source, "year": year, "others": others}
    return year, [finding("year_differs", "report_year", **values)] if said else []
