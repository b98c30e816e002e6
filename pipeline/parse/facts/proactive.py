"""What was published: totals, the share of each channel, the items of a 其中 list.

A total is claimed only where the whole clause is understood: who, when, 公开, 信息. A clause with
another word in it (重点领域公开222条, 行政许可公开信息3121条) counts something narrower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.forms.facts import load_facts
from pipeline.parse.facts.clause import Clause
from pipeline.parse.facts.said import Said
from pipeline.parse.facts.words import channels_in

TOTAL = "n.proactive_total"
PUBLISHED = "n.proactive"
TOPIC = "n.proactive.by_topic"

LABEL = re.compile(
    r"^[、,;:和及]?(?:其中|包括|主要有|分别为|分别是|涉及)*+[:,]?(?P<label>[^,;:#]{2,26})$"
)
BARE_ITEM_ENDS = re.compile(r"[、,;。]|$")
"""A list item that lost its counter is followed by the next item."""

SUMS_UP = re.compile(r"(?:共|总计|合计|累计)")
SAME_AGAIN = re.compile(
    r"(?:20\d\d年度?|今年|本年度?|当年)?(?:历年累计|历年|累计|总计|新增|其中新增)(?:已?达到?|为)?"
)
"""共公开文件104份，历年累计1089份; 累计达657条，2016年新增50条: the same thing at another time."""

WAY = re.compile(r"等(?:多种|各种|各类|多个)?(?:渠道|方式|形式|平台|途径|媒体|载体)")


class Grammar(NamedTuple):
    """Compiled words of `[publishing]`."""

    tail: re.Pattern[str]
    """Verb, 各类, 信息, 共: the end of a clause that counts what was published."""
    strong: re.Pattern[str]
    plain: re.Pattern[str]
    """Words of a clause that say when and how, not what."""
    agency: re.Pattern[str]
    opens: re.Pattern[str]
    unless: re.Pattern[str]
    channel_only: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The words of `facts.toml` as patterns, once."""
    words, channel = load_facts().publishing, load_facts().any_channel.pattern
    verb = f"(?:{words['verbs']})"
    some = "(?:共计|总共|总计|合计|累计|数量|总数|总量|数|量|共|达到|达|为|有|了|约|已|:)*+"
    what = (
        f"(?:{words['modifiers']}){{0,6}}(?:(?:{words['objects']})(?:、(?:{words['objects']}))?)?"
    )
    return Grammar(
        tail=re.compile(f"{verb}(?:[、和并及]?{verb}){{0,3}}了?{what}{some}$"),
        strong=re.compile("主动公开|公开政府信息"),
        plain=re.compile(f"{words['time']}|{words['adverbs']}|[、,:]|其中|我|通过|在|上|利用|依托"),
        agency=re.compile(f"[^,;:#]{{0,24}}(?:{words['agencies']})"),
        opens=re.compile(words["list_opens"]),
        unless=re.compile(words["unless"]),
        channel_only=re.compile(f"(?:{channel})(?:平台|渠道|账号|公众号)?{some}$"),
    )


@dataclass(slots=True)
class Publishing:
    """What a paragraph has said so far about publishing; one for each paragraph."""

    counted: bool = False
    """A total or a channel was stated: 共 after it sums up, a list after it divides it."""
    listing: bool = False
    """Inside a list that 其中 or 包括 opened."""
    channels: int = 0

    def goes_on(self, said: Said) -> bool:
        """Whether a figure may count more of what was published without any word that says so."""
        return self.listing or said.last.startswith(PUBLISHED)

    def read(self, clause: Clause, said: Said) -> tuple[str, str] | None:
        """Id and label of what the figure counts; None where it is not about publishing."""
        words = grammar()
        if clause.number.counter not in load_facts().counters["posts"] | {None}:
            return None
        found = None if words.unless.search(clause.left) else self._id(clause, said)
        if said.last.startswith(PUBLISHED) and words.opens.search(clause.left):
            self.listing = True
        if found is None and self.listing:
            return self._item(clause)
        if found is None or clause.number.counter is None:
            return None
        self.counted = True
        self.channels += found.startswith("n.proactive.")
        return found, ""

    def _id(self, clause: Clause, said: Said) -> str | None:
        words, left = grammar(), clause.left
        if said.last == TOTAL and SAME_AGAIN.fullmatch(left.strip("、")):
            return TOTAL
        tail = words.tail.search(left)
        named = channels_in(left)
        if tail is None:
            alone = words.channel_only.search(left)
            return f"n.proactive.{named[-1]}" if alone and self._after_a_count(clause) else None
        head = left[: tail.start()]
        if WAY.search(head):
            return TOTAL
        where = channels_in(head) or channels_in(tail[0])
        if where:
            return f"n.proactive.{_widest(where)}"
        if not _only_who_and_when(head):
            return None
        return self._without_channel(clause, head + tail[0])

    def _after_a_count(self, clause: Clause) -> bool:
        """微信公众号762条 counts posts after a total, or with a verb earlier in the sentence."""
        return self.counted or bool(grammar().strong.search(clause.before))

    def _without_channel(self, clause: Clause, words: str) -> str:
        """主动公开 makes a total; 发布 may go on about the channel named just before."""
        if grammar().strong.search(words) or (self.channels and SUMS_UP.search(words)):
            return TOTAL
        since = clause.before if not self.counted else clause.left
        near = set(channels_in(since)) or set(channels_in(clause.sentence.topic))
        return f"n.proactive.{near.pop()}" if len(near) == 1 else TOTAL

    def _item(self, clause: Clause) -> tuple[str, str] | None:
        match = LABEL.match(clause.left)
        if match is None or grammar().unless.search(match["label"]):
            return None
        if clause.number.counter is None:
            ends = BARE_ITEM_ENDS.match(clause.sentence.text, clause.number.end)
            return (TOPIC, match["label"]) if ends else None
        return TOPIC, match["label"]


def _widest(channels: list[str]) -> str:
    """通过微信公众号等新媒体 names a channel and its kind: the kind is what is counted."""
    return "new_media" if "new_media" in channels else channels[-1]


def _only_who_and_when(head: str) -> bool:
    rest = grammar().plain.sub("", head)
    return not rest or grammar().agency.fullmatch(rest) is not None
