"""Whose figure it is, where the words say so."""

from __future__ import annotations

import re

from pipeline.model import Scope

MARK = re.compile(
    r"(?P<neutral>(?:为|在|按|按照|照|向|对|居|列|经)全[省市县区州国]|全[省市县区州国](?:统一|通用|第|前列|平均|[^,;、#]{0,12}(?:会议|论坛)))"
    r"|(?P<region>全(?:省|市|县|区|州|旗|盟|国|系统)|我[省市县区州](?=共|各|全|累计|收到|受理|主动|公开|发布|,)|各级各部门|各级行政机关|各级各单位|各县|各区县|各地|市县两级)"
    r"|(?P<agency>我[局厅委办院处]|本[局厅委办院]|本机关|本单位|本级|[省市县区]政府(?:及(?:其|[省市县区]政府))?办|[厅局]机关|[厅局]本级)"
)


REGION_HINT = re.compile("全[省市县区州旗盟国系]|各[级县地区]|市县两级|我[省市县区州]")
AGENCY_HINT = re.compile("我|本|政府办|政府及其办|机关")
"""Tried first, for they are quick: each alternative begins with a character of its own."""

SUBJECT_FOLLOWS = frozenset({"", ",", ";", ":", "年", "度", "前", ")"})
"""What stands before a subject: nothing, a stop, a date."""


def scope_of(before: str, clause_start: int, default: Scope) -> str:
    """Agency or region, by the last word for either that governs the figure.

    Such a word governs anywhere in the figure's own clause, and where it opens one of the first
    two clauses as their subject; elsewhere it may speak of anything. Without one, a figure has
    the scope of its report.

    Args:
        before: the sentence up to the figure.
        clause_start: where the figure's own clause begins in it.
        default: of the report.
    """
    hint = REGION_HINT if default is Scope.AGENCY else AGENCY_HINT
    if not hint.search(before):
        return str(default)
    opening = before.find(",", before.find(",") + 1)
    found = str(default)
    for mark in MARK.finditer(before):
        at = mark.start()
        subject = (opening < 0 or at < opening) and before[at - 1 : at] in SUBJECT_FOLLOWS
        if (at >= clause_start or subject) and mark.lastgroup in {"region", "agency"}:
            found = mark.lastgroup
    return found
