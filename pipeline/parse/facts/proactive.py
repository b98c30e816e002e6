"""What was published: totals, the share of each channel, the items of a 其中 list.

A total is claimed only where the whole clause is understood: who, when, 公开, 信息. A clause with
another word in it (重点领域公开222条, 行政许可公开信息3121条) counts something narrower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipeline.forms.facts import load_facts
from pipeline.parse.facts.clause import Clause
from pipeline.parse.facts.said import Said
from pipeline.parse.facts.words import (
    ACCOUNTS,
    NOUN,
    RESPECTIVELY,
    channels_in,
    channels_together,
    common_channel,
)

TOTAL = "n.proactive_total"
LED_BY = ("n.proactive", "n.rate.electronic")
"""What a list may follow: the total, or how much of it is electronic."""

WEBSITE = "website"
TOPIC = "n.proactive.by_topic"

LABEL = re.compile(
    r"^[、,;:和及]?(?:其中|包括|主要有|分别为|分别是|涉及)*+[:,]?(?P<label>[^,;:#]{2,60})(?<!各)$"
)
NO_LABEL = re.compile(
    "^[^(]*[)]|(?:我|本)[^#]{1,24}(?:公开|发布|推送)|共(?:公开|发布|推送)|[通经]过|[在于][^#]{1,24}(?:公开|发布)"
)
"""A clause of its own behind the list: 我局在信用平台共发布许可信息76条."""

NO_PIECES = frozenset({"个", "次", "场"})
"""回应关切6次, 创建两个板块: behind a list, and no pieces of it."""

ANYTHING = "个"
"""微信、微博两个自媒体 counts no posts: what it counts stands right behind."""

A_SITE = ("网", "网上")
"""江苏民政网, 农业信息网: sites without a word for one."""

BARE_ITEM_ENDS = re.compile(r"[、,;。]|$")
"""A list item that lost its counter is followed by the next item."""

OWN_YEAR = re.compile("20\\d\\d年")
"""2015年公开信息702条，2016年公开信息830条: the same thing in two years."""

OTHER_ITEM = re.compile("、(?!其中|包括|公开|依申请)[^,;:、。0-9]{1,10}信息\\d")
"""公开政务信息43条、财务信息12条: the first is one kind of several."""

YEARS = range(1990, 2100)

SUM_ALONE = re.compile("[、,]?(?:全年)?(?:共计|总计|合计|累计|共)(?:为|:)?")
SUMS_UP = re.compile(r"(?:共|总计|合计|累计)")
SAME_AGAIN = re.compile(
    r"(?:其中)?,?(?:20\d\d年度?|今年|本年度?|当年)?(?:历年累计|历年|累计|总计|新增|其中新增)"
    r"(?:(?:主动)?(?:公开|发布)(?:政府信息|信息)?)?(?:已?达到?|为)?"
)
"""共公开文件104份，历年累计1089份; 累计达657条，2016年新增50条: the same thing at another time."""

WAY = re.compile(
    "(?:等(?:多种|各种|各类|多个|网络|线上)?|各类|各种|多种|多个|不同)(?:渠道|方式|形式|平台|途径|媒体|媒介|载体)"
)
IN_QUOTES = re.compile(r"\([^()]{0,20}\)")
OF_THE_PUBLISHED = re.compile("在[^,;:]{0,12}主动公开的(?:政府)?信息中[,:]")
"""What opens a list in the reports before 2019."""

OF_ITSELF, EVERY_KIND = "主动公开", "等各类"
FIGURELESS = re.compile(r"[^,;:、0-9。]{9}[,;]$")
"""A clause that counts nothing stands between the list and the figure: the list is over."""

PRINTED, GAZETTE = ("刊登", "刊发", "刊载", "登载"), "公报"
"""公报出版24期，刊登文件217件: what its issues hold."""

OF_SOME = re.compile("各?(?:乡镇|镇街|乡镇街道|县区|区县|[省市县区]直各?(?:部门|单位))")
"""各乡镇共公开1.1万条: of some agencies of the region, neither of it nor of the one reporting."""

MANY = 3
"""Of so many kinds and more, 行政许可 is one among others."""

PART_OF_SUM = re.compile(
    r"(?:条|篇|件|份|个|则|期|次|篇次|条次)?[,:;、][^,;:、。0-9]{2,26}(?P<part>\d{1,7})(?![\d.,余%])"
)
"""A list without a word that opens it is one where its items add up."""


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
    such_as: re.Pattern[str]
    """Verb, 政策、动态等信息: a share of a channel, never a total."""
    narrow: re.Pattern[str]
    parts: re.Pattern[str]


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
        channel_only=re.compile(
            f"(?:{channel})(?:平台|渠道|账号|公众号)?(?:等(?:方式|形式|渠道|媒体|平台)?)?{some}$"
        ),
        such_as=re.compile(
            f"{verb}了?(?P<such>[^,;:#0-9]{{2,80}}?)(?:信息等|等[^、,;:#]{{0,12}}信息|等){some}$"
        ),
        narrow=re.compile(words["narrow"]),
        parts=re.compile(words["parts"]),
    )


@dataclass(slots=True)
class Publishing:
    """What a paragraph has said so far about publishing; one for each paragraph."""

    counted: bool = False
    """A total or a channel was stated: 共 after it sums up, a list after it divides it."""
    listing: bool = False
    """Inside a list that 其中 or 包括 opened."""
    channels: int = 0
    together: Decimal = Decimal(0)
    """The figures of the channels: 共计 after them is the total where it is their sum."""
    respective: list[str] = field(default_factory=list)
    """The channels whose figures are still to come: 微信、微博分别发布12条、30条."""

    def goes_on(self, said: Said) -> bool:
        """Whether a figure may count more of what was published without any word that says so."""
        return self.listing or said.last.startswith(LED_BY)

    def read(self, clause: Clause, said: Said) -> tuple[str, str] | None:
        """Id and label of what the figure counts; None where it is not about publishing."""
        words, counter = grammar(), clause.number.counter
        if counter is not None and counter not in load_facts().counters["posts"]:
            return None
        if clause.number.counter == ANYTHING and NOUN.match(
            clause.sentence.text, clause.number.end
        ):
            return None
        found = None if words.unless.search(clause.left) else self._id(clause, said)
        if self._opens(clause, said):
            self.listing = True
        if found is None and self.listing:
            return self._item(clause)
        if found is None or (counter is None and (found == TOTAL or not _is_bare_item(clause))):
            return None
        if found == TOTAL and not _is_whole(clause):
            return None
        self.counted = True
        if found.startswith("n.proactive."):
            self.channels += 1
            self.together += clause.number.value
        self.listing = self.listing or _adds_up(clause)
        return found, ""

    def _opens(self, clause: Clause, said: Said) -> bool:
        """Whether the figure is the first of a list: 其中规划8条, or 其中,规划8条."""
        if not said.last.startswith(LED_BY):
            return False
        before = clause.before[: len(clause.before) - len(clause.left)]
        opens = grammar().opens
        return bool(opens.search(clause.left) or opens.search(before[-5:].rstrip(",:")[-4:]))

    def _id(self, clause: Clause, said: Said) -> str | None:
        words, left = grammar(), clause.left
        if "(" in left:
            left = IN_QUOTES.sub("", left)
        if self.respective and not left.strip("、和及"):
            return f"n.proactive.{self.respective.pop(0)}"
        self.respective = []
        tail = words.tail.search(left)
        if self._is_total_again(clause, left, said):
            return TOTAL
        if tail is None:
            return self._of_a_channel(clause, left)
        head = left[: tail.start()]
        where = channels_together(head) or channels_together(tail[0])
        if not where and head.endswith(A_SITE):
            return f"n.proactive.{WEBSITE}"
        if where or WAY.search(head):
            return self._by(where, head, tail[0])
        return self._without_channel(clause, head, tail[0])

    def _is_total_again(self, clause: Clause, left: str, said: Said) -> bool:
        """历年累计1089份 behind the total; 共计1559条 behind 网站1211条，微信348条."""
        if said.last == TOTAL and SAME_AGAIN.fullmatch(left.strip("、")):
            return True
        if self.channels < 2 or SUM_ALONE.fullmatch(left) is None:
            return False
        return clause.number.value == self.together

    def _by(self, where: list[str], head: str, tail: str) -> str | None:
        """What was published by the channels named, which stand in `head` or are only hinted at."""
        if RESPECTIVELY in head + tail and len(set(where)) > 1:
            first, *self.respective = where
            return f"n.proactive.{first}"
        kind, ways = common_channel(where), WAY.search(head)
        if kind and not (ways and kind != "new_media"):
            return f"n.proactive.{kind}"
        words = head + tail
        if grammar().strong.search(words) or SUMS_UP.search(words):
            return TOTAL
        if ways and self.counted and kind in ACCOUNTS:
            return "n.proactive.new_media"
        return TOTAL if ways and not self.counted else None

    def _of_a_channel(self, clause: Clause, left: str) -> str | None:
        """微信公众号762条, after a count; 网站公开政策、动态等信息86条."""
        words = grammar()
        if words.channel_only.search(left) and self._after_a_count(clause):
            return f"n.proactive.{channels_together(left)[-1]}"
        said_where = [channel.end() for channel in load_facts().any_channel.finditer(left)]
        such = words.such_as.search(left, max(said_where, default=0)) or words.such_as.search(left)
        if such is None or (words.parts.search(such["such"]) and such[0].count("、") < MANY):
            return None
        head = left[: such.start()]
        kind = common_channel(channels_together(head))
        if kind:
            return f"n.proactive.{kind}"
        first = not self.counted and (such[0].startswith(OF_ITSELF) or EVERY_KIND in such[0])
        return TOTAL if first and _only_who_and_when(head) else None

    def _after_a_count(self, clause: Clause) -> bool:
        """微信公众号762条 counts posts after a total, or with a verb earlier in the sentence."""
        strong = grammar().strong
        return self.counted or bool(
            strong.search(clause.before) or strong.search(clause.sentence.topic)
        )

    def _without_channel(self, clause: Clause, head: str, tail: str) -> str | None:
        """主动公开 makes a total; 发布 may go on about the channel named just before.

        发布 after another count is a part of it or something else; 更新 counts no new piece.
        """
        words = head + tail
        if tail.startswith(OF_ITSELF):  # 我镇信息主动公开292条
            head = head.removesuffix("信息").removesuffix("政府").removesuffix("政务")
        if not _only_who_and_when(head) or grammar().narrow.search(tail):
            return None
        if grammar().strong.search(words) or (self.channels and SUMS_UP.search(words)):
            return TOTAL
        if tail.startswith("更新") or (self.counted and not _of_another_year(clause, head)):
            return None
        if tail.startswith(PRINTED) and GAZETTE in clause.before:
            return None
        near = channels_in(clause.before) or channels_in(clause.sentence.topic)
        kind = common_channel(near)
        return f"n.proactive.{kind}" if kind else TOTAL

    def _over(self, clause: Clause) -> bool:
        before = clause.before[: len(clause.before) - len(clause.left)]
        if FIGURELESS.search(before) is None or grammar().opens.search(clause.left):
            return False
        return OF_THE_PUBLISHED.fullmatch(before) is None

    def _item(self, clause: Clause) -> tuple[str, str] | None:
        match = LABEL.match(clause.left)
        if (
            match is None
            or clause.number.counter in NO_PIECES
            or grammar().unless.search(match["label"])
        ):
            return None
        if NO_LABEL.search(match["label"]) or self._over(clause):
            self.listing = False
            return None
        if clause.number.counter is None:
            ends = BARE_ITEM_ENDS.match(clause.sentence.text, clause.number.end)
            return (TOPIC, match["label"]) if ends else None
        return TOPIC, match["label"]


def _adds_up(clause: Clause) -> bool:
    """Whether items behind the figure make it up: 100条，机构职能20条，工作动态80条."""
    text, at = clause.sentence.text, clause.number.end
    parts: list[int] = []
    while item := PART_OF_SUM.match(text, at):
        parts.append(int(item["part"]))
        at = item.end()
    return len(parts) > 1 and sum(parts) == clause.number.value


def _is_bare_item(clause: Clause) -> bool:
    """信息42、: a list item that lost its counter, and no year."""
    if clause.number.value in YEARS:
        return False
    return BARE_ITEM_ENDS.match(clause.sentence.text, clause.number.end) is not None


def _is_whole(clause: Clause) -> bool:
    """Whether no other kind of information is counted beside it, or all of them add up to it."""
    if grammar().strong.search(clause.left):
        return True
    beside = OTHER_ITEM.match(clause.sentence.text, clause.number.end)
    return beside is None or _adds_up(clause)


def _of_another_year(clause: Clause, head: str) -> bool:
    """Whether the clause begins with a year that the sentence has not named before."""
    said = OWN_YEAR.search(head)
    return said is not None and said[0] not in clause.before[: -len(clause.left)]


def _only_who_and_when(head: str) -> bool:
    rest = grammar().plain.sub("", head)
    if OF_SOME.fullmatch(rest):
        return False
    return not rest or grammar().agency.fullmatch(rest) is not None
