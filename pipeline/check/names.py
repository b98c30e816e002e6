"""Whether signature and body speak of the agency that the title names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.evidence import QUOTED, Evidence
from pipeline.extract.text import tight
from pipeline.findings import finding
from pipeline.model import Finding, Scope
from pipeline.parse.dates import read_date

AGENCY = "局|厅|委员会|人民政府|办事处|管理处|总局|总署|保障部|教育部|财政部|公安部|民政部|商务部"
"""How the name of an agency ends. 宣传部 and the like are of the Party and report nothing."""

VERBS = ("收到", "接到", "受理", "主动公开")
"""What was done with what is counted; a section without any is not searched."""

COUNTS = re.compile(
    r"(?:^|[。；，\n])\s{0,9}(?:20\d\d年度?[，,]?|全年[，,]?)?"
    rf"(?P<name>[\u4e00-\u9fff]{{2,18}}(?:{AGENCY}))"
    rf"(?:20\d\d年度?)?(?:共计|共|全年|累计|本年度)*(?:{'|'.join(VERBS)})[^。；，]{{0,16}}?\d"
)
"""An agency as the subject of what was received or disclosed, with a count."""

OURSELVES = re.compile("[我本各全该]|有关|部门|其他|上级|下级|下属|所属|[对向由经为按与和从]")
"""Words that no official name has, and that make it somebody named in passing."""

SIGNATURE = re.compile(
    rf"[\u4e00-\u9fff]{{3,30}}(?:{AGENCY}|政府|办公室|中心|院|站|所|队|委|办|部)"
)


def check_signature(evidence: Evidence) -> Iterator[Finding]:
    """The signature names another agency than the title."""
    agency = evidence.report.agency
    closing = next((text for section, text in evidence.prose if section == "closing"), "")
    first = tight(closing.split("\n", 1)[0])
    if not agency or read_date(first) is not None or not SIGNATURE.fullmatch(first):
        return
    if not _same(first, tight(agency)):
        values = {"signature": first, "agency": agency}
        yield finding("signature_differs", "section.closing", **values)


def check_body(evidence: Evidence) -> Iterator[Finding]:
    """Another agency's count in the body; a government's report may speak of all its agencies."""
    report = evidence.report
    if not report.agency or report.scope is Scope.REGION:
        return
    agency = tight(report.agency)
    told = ((id_, text) for id_, text in evidence.prose if any(map(text.__contains__, VERBS)))
    for section, text in told:
        for match in COUNTS.finditer(text):
            name = match["name"]
            if OURSELVES.search(name) or _same(name, agency):
                continue
            sentence = match[0].strip("。；，\n ")[:QUOTED]
            values = {"name": name, "agency": report.agency, "sentence": sentence}
            yield finding("other_agency_in_body", f"section.{section}", **values)


def _same(one: str, other: str) -> bool:
    """Whether one is a shortened form of the other: its characters in order, or its office."""
    short, long = sorted((one, other), key=len)
    return _within(short, long) or long.startswith(short) or short.startswith(long)


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)
