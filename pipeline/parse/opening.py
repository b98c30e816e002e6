"""What the first sentences of a report say of it: whose it is, and that it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.text import tight
from pipeline.forms.characters import simplified
from pipeline.model import Section

LONGEST_OPENING = 2000
"""Characters that are looked at; the longest preface seen has 700, and what it says comes first."""

OPENING_SECTIONS = 2
"""The preface, or what stands in its place under the first heading."""

NAME = "([一-鿿]{2,30}?)"

SAID = (
    re.compile(
        r"(?:公布|公开|发布|编制了?|形成|现将)[《“\"]?(?:20\d\d年度?)?的?"
        + NAME
        + r"(?:关于)?(?:20\d\d年度?)?的?(?:政府|政务)?信息公开(?:工作)?(?:情况)?"
        + r"(?:20\d\d)?(?:年度)?(?:工作)?(?:报告|年报)"
    ),
    re.compile(
        "由" + NAME + r"(?:(?:综合|汇总|按照|依据|根据|依照|负责|组织|牵头)[^。；;]{0,150}?)?编制"
    ),
    re.compile(r"[，,、；;]" + NAME + r"(?:认真)?(?:编制|编写)(?:了|形成)?(?:本|20\d\d年)"),
    re.compile(r"(?:请与|请联系|请致电|可与|可致电)[:：]?" + NAME + r"(?:联系|[(（，,:：。])"),
    re.compile(
        r"(?:^|[。，,)）]|20\d\d年度?[,，]?)"
        + NAME
        + "(?:认真|严格|深入|全面|坚持|高度重视|切实|紧紧|积极|扎实|不断|大力|始终|以服务)"
    ),
)
"""The report's name in a sentence, its maker, whom to ask, who worked hard; the first that names
somebody holds."""

ASKED = SAID[-2]
"""Names an office inside the agency, as a rule."""

SHORT = re.compile(r"[（(]以下(?:统一|均|合并)?简称[^（）()]{0,20}[）)]")

FULL_NAME = re.compile(
    "^(?=.{2,}[省市县区州旗盟镇乡]|.*(?:街道|国家))"
    ".*(?:[局厅委处署部队所站馆院会区县市省州旗镇乡行]|苏木|政府|办公室|中心|街道|海关)$"
)
"""A name says where, and ends as agencies' names do."""

PLAIN_PLACE = re.compile("^(?:本|我|各|该|全|上|省|市|区|县|州|镇|乡|局|委|厅|政府|单位)")
"""市政府办公厅 and 我局 are names for those who know where they are."""

INSIDE = re.compile(
    "(?:(?:政府|政务)?信息公开(?:工作)?(?:领导小组)?(?:办公室|办|处|科|股|中心)?"
    "|(?<=政府)[一-鿿]{0,8}(?:办公室|办公厅|办|处|科|中心)"
    "|(?<=[局委厅会处心])[一-鿿]{0,6}(?:办公室|处|科|股|室))$"
)
"""The office inside the agency that answers questions."""

SPEAKS_OF_ITSELF = re.compile(
    r"本(?:年度|年)?报告(?:由|是|中|所|根据|按照|依据|全文|包括|内容|统计|电子|数据|的)|本年报"
    r"|(?:报告(?:中)?所(?:列|涉)|所列(?:统计)?数据)|(?:编制|编写)(?:了)?(?:(?:本|此|该)(?:年度)?报告|20\d\d年)|形成(?:了)?(?:本|此)报告"
    r"|(?:现|特)[^。]{0,15}(?:公布|公开|发布|编制)[^。]{0,60}(?:年度|工作)报告"
    r"|现将[^。]{0,60}(?:年度|工作)报告(?:向社会|公布|如下|予以)"
)
"""What a report says of itself and no notice, guide or interpretation says."""


def agency_said(sections: Sequence[Section]) -> str | None:
    """The agency that the opening names as the report's own; None where it says 我局."""
    text = SHORT.sub("", _opening(sections))
    return next(_named(text), None)


def speaks_as_report(sections: Sequence[Section]) -> bool:
    """Whether the opening says of itself that it is a report."""
    return SPEAKS_OF_ITSELF.search(_opening(sections)) is not None


def _opening(sections: Sequence[Section]) -> str:
    text = "".join(section.text[:LONGEST_OPENING] for section in sections[:OPENING_SECTIONS])
    return simplified(tight(text[:LONGEST_OPENING]))


def _named(text: str) -> Iterator[str]:
    for pattern in SAID:
        for match in pattern.finditer(text):
            name = INSIDE.sub("", match[1]) if pattern is ASKED else match[1]
            name = f"{name}政府" if name.endswith("人民") else name
            if FULL_NAME.match(name) and not PLAIN_PLACE.match(name):
                yield name
