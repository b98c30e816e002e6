"""Facts that are stated in words: answered in time, how a case ended, how an evaluation ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.parse.facts.hit import Hit
from pipeline.parse.facts.period import YEAR
from pipeline.parse.facts.sentences import Sentence

IN_WORDS = "in_words"
"""Qualifier of a fact without a figure of its own."""

IN_TIME = re.compile(
    r"(?P<all>均|全部|都|所有)[^,;。]{0,12}?"
    r"(?:法定期限|法定时限|法定时间|规定期限|规定时限|规定时间|按时|按期|限期内|及时按)[^,;。]{0,12}?"
    r"(?P<done>办结|答复|回复|办理|办复|处理)"
)
ALL_BY = re.compile(
    "(?:均|都|全部)(?:以|是|为|系|由|通过|采用){0,2}+(?P<way>网络|网上|互联网|在线|信函|邮寄|当面|现场|传真|电子邮件)"
    "(?!、)[^,;。0-9、]{0,8}(?:申请|提出|提交|形式|方式|渠道)"
)
WAYS = {"信函": "letter", "邮寄": "letter", "当面": "in_person", "现场": "in_person"} | {
    "传真": "fax",
    "电子邮件": "email",
}
ONLINE, CHANNEL = "online", "n.requests.by_channel."
NOT_YET = re.compile("确保|要求|力争|做到|应当|必须|下一步|将")
REQUESTS = re.compile("^applications|申请|公开件")

OUTCOME = re.compile(
    r"[^,;。]{0,12}(?:撤销复议|撤回|撤诉|正在审理|尚未审结|尚在审理|审理中|维持|驳回|纠正|终止|调解结案|胜诉|已审结)"
    r"[^,;。]{0,12}"
)
EVALUATED = re.compile(
    r"(?:评估|考核|考评|测评|评议)[^,;。]{0,30}?[,]?(?:结果|结论|等次|等级|评)[^,;。]{0,3}?(?:为|是|:|定为)"
    r"(?P<grade>优秀|良好|优良|合格|不合格|达标|一般|优|良)"
)


class Worded(NamedTuple):
    """Id, value where one follows from the sentence, and the words."""

    id: str
    value: Decimal | None
    counter: str | None
    raw: str
    start: int
    end: int


def worded(sentence: Sentence, here: list[Hit]) -> Iterator[Worded]:
    """Facts in words of a sentence whose figures are already read.

    均在法定期限内办结 right after 收到5件 says that 5 were answered in time; where cases were
    carried in or out as well, the words do not say how many.
    """
    text = sentence.text
    yield from _all_by_one_way(text, here)
    yield from _in_time(text, sentence, here)
    for hit in here:
        if hit.id in {"n.reconsideration", "n.litigation"} and hit.value:
            outcome = OUTCOME.match(text, hit.end + 1)
            if outcome and not re.search(r"\d", outcome[0]):
                words = outcome[0].strip()
                yield Worded(f"{hit.id}.result", None, None, words, *outcome.span())
    if "评" in text or "考核" in text:
        for grade in EVALUATED.finditer(text):
            yield Worded("n.evaluation", None, None, grade["grade"], *grade.span())


def _in_time(text: str, sentence: Sentence, here: list[Hit]) -> Iterator[Worded]:
    match = IN_TIME.search(text)
    if match is None or NOT_YET.search(text, 0, match.start()):
        return
    about = sentence.section.id + sentence.topic + sentence.lead + text[: match.end()]
    if not REQUESTS.search(about):
        return
    if any(hit.id == "n.answered_on_time" for hit in here):
        return
    value, counter = _all_of(here)
    raw = match[0]
    yield Worded("n.answered_on_time", value, counter, raw, *match.span())
    if value is not None and match["done"] in {"办结", "答复", "回复"}:
        yield Worded("n.requests_processed", value, counter, raw, *match.span())


def _all_by_one_way(text: str, here: list[Hit]) -> Iterator[Worded]:
    """收到申请2件，均以信函方式提出: both by letter."""
    match = ALL_BY.search(text) if "均" in text or "都" in text or "全部" in text else None
    value, counter = _all_of(here) if match else (None, None)
    if match is None or value is None or any(hit.id.startswith(CHANNEL) for hit in here):
        return
    id_ = CHANNEL + WAYS.get(match["way"], ONLINE)
    yield Worded(id_, value, counter, match[0], *match.span())


def _all_of(here: list[Hit]) -> tuple[Decimal | None, str | None]:
    """How many 均 are: those received, where the sentence names no others to be answered."""
    received = [hit for hit in here if hit.id == "n.requests_received" and hit.period == YEAR]
    carried = any(hit.id.endswith(("carried_in", "carried_forward")) for hit in here)
    processed = any(hit.id == "n.requests_processed" for hit in here)
    if len(received) != 1 or carried or processed or received[0].qualifier != "exact":
        return None, None
    return received[0].value, received[0].counter
