"""One sentence after the other: its figures, its zero statements, its facts in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.forms.facts import Wording
from pipeline.model import Scope
from pipeline.parse.facts.clause import Clause, clause_of, reach_of
from pipeline.parse.facts.flat import Paragraph
from pipeline.parse.facts.hit import Hit
from pipeline.parse.facts.numbers import EXACT, figures_in, number_of
from pipeline.parse.facts.period import (
    AS_OF,
    CUMULATIVE,
    YEAR,
    Period,
    before_comparison,
    period_of,
)
from pipeline.parse.facts.proactive import OF_THE_PUBLISHED, TOPIC, Publishing
from pipeline.parse.facts.said import Said
from pipeline.parse.facts.scope import scope_of
from pipeline.parse.facts.sentences import Sentence
from pipeline.parse.facts.worded import IN_WORDS, Worded, worded
from pipeline.parse.facts.words import may_count, may_state, stated
from pipeline.parse.facts.zero import zeros

PROBLEMS = "problems"
"""What section 五 denies (未及时, 没有) is a shortcoming, no zero."""

NO_COUNT = re.compile(
    r"(?:没有|未有|无|任何)$"  # 无一败诉
    r"|每(?:年|月|季度?|周|日|天|半年|次|个)[^,;]{0,12}$"  # how often, not how many
    r"|(?:比|较|同比|环比)[^,;#]{0,16}(?:增加|增长|减少|多|少|下降|上升|提高|降低|增|减)了?$"
)
"""What stands before a figure that counts no thing or only a difference."""

PART_OF_YEAR = re.compile(r"(?:[一二三四1-4]季度|[上下]半年)[^,;#]{0,16}$")
"""上半年收到5件 does not count the year."""

YEARS_APART = re.compile(r"20\d\d年度?[、和及]20\d\d年度?[^,;#]{0,8}分别")
"""2021年、2022年分别收到20件、30件: which year a figure is of takes counting."""

PART_AT_ITS_HEAD = re.compile(
    r"(?:^|[,;:])(?:20\d\d年|今年|本年)?度?(?:第?[一二三四1-4]季度|[上下]半年)(?:以来)?,(?!.*(?:全年|全年度))"
)
"""2022年上半年，……收到5件: nor does what follows in the sentence."""

WORDS_ALONE = re.compile("^0件|[未末没无零均都评]|不存在|全部|所有|考核")
"""Tried first, for it is quick: a sentence without any of these states nothing but figures."""

COUNTED = frozenset({YEAR, CUMULATIVE})
"""开通以来发布2900余条，粉丝2960人: a stock has no running total."""

LOST, ITEM_ENDS = "条", frozenset("、,;。")
"""信息42、: an item of a list that lost its counter."""

WEBSITE, BOARD = "n.proactive.website", "n.proactive.other_media.bulletin_board"

LESS = re.compile("降|减|落|低|少")

ONLY_LISTED = ("n.proposals", "n.catalogue", "n.enforcement", "n.power_list")
"""建议提案回复4条 in a list of what was published counts pieces, no proposals."""

PART = "其中"
"""A figure behind it is a part: it never stands for a thing whose whole was stated before it."""

NEW_OF_ALL = re.compile("新增|本年|今年|当年|全年|20\\d\\d年")
"""累计5928条，其中新增2110条: the year beside a running total."""

DISPUTES = ("n.reconsideration", "n.litigation")
"""复议5件、诉讼0件，其中2件维持: of those that there were."""

ALSO_LISTED = ("n.interpretations", "n.normative", "n.regulations")
"""其中政策解读8条 is an item of the list and a fact of its own."""


@dataclass(slots=True)
class ParagraphReader:
    """Reads sentences in order; remembers what their paragraph has stated."""

    report_year: int | None
    scope: Scope
    paragraph: Paragraph | None = None
    said: Said = field(default_factory=Said)
    publishing: Publishing = field(default_factory=Publishing)
    wholes: frozenset[str] = frozenset()
    """What was stated before the last 其中, by this sentence or the one that it leans on."""
    regional: set[str] = field(default_factory=set)
    """What the paragraph stated of the whole region: an agency's own share is a fact beside it."""
    spoken_of: str = ""
    """Whose the figure before was: a rate of growth behind it is of the same."""

    def read(self, sentence: Sentence) -> list[Hit]:
        """The facts of a sentence in the order in which it states them."""
        if sentence.paragraph is not self.paragraph:
            self.paragraph, self.said, self.publishing = sentence.paragraph, Said(), Publishing()
            self.regional = set()
        self.wholes = self.said.ids() if sentence.text.startswith(PART) else frozenset()
        if not sentence.lead:
            self.publishing.listing = OF_THE_PUBLISHED.match(sentence.text) is not None
        here = self._figures(sentence)
        if sentence.section.id != PROBLEMS and (here or WORDS_ALONE.search(sentence.text)):
            some = {hit.id for hit in here if hit.value}
            here.extend(zero for zero in self._zeros(sentence) if zero.id not in some)
            here.extend(self._worded(sentence, here))
        return here

    def _figures(self, sentence: Sentence) -> list[Hit]:
        hits: list[Hit] = []
        if not (self.publishing.goes_on(self.said) or may_state(sentence.text, self.said)):
            return hits
        since = 0
        for figure in figures_in(sentence.text):
            new = self._figure(sentence, figure, since)
            if (new or figure["counter"]) and not _in_brackets(figure):
                since = figure.end()
            hits += new
        return hits

    def _figure(self, sentence: Sentence, figure: re.Match[str], since: int) -> list[Hit]:
        counter, reach = figure["counter"], reach_of(sentence.text, *figure.span(), since)
        if not (
            self.publishing.goes_on(self.said)
            or may_count(counter, sentence.text, reach, self.said)
            or (
                counter is None
                and sentence.text[figure.end() : figure.end() + 1] in ITEM_ENDS
                and may_count(LOST, sentence.text, reach, self.said)
            )
        ):
            return []
        if PART in sentence.text[since : figure.start()]:
            self.wholes = self.said.ids()
        clause = clause_of(sentence, number_of(figure), reach)
        if counter != "%" and _counts_nothing(clause.left):
            return []
        if _is_of_a_part(sentence.text, figure.start()):
            return []
        hits = [hit for hit in self._counted(clause) if not self._is_part(hit)]
        for hit in hits:
            self.spoken_of = hit.scope
            if hit.scope == Scope.REGION:
                self.regional.add(hit.id)
            if hit.value or not (hit.id in DISPUTES and self.said.any_of(DISPUTES)):
                self.said.add(hit.id)
        return hits

    def _is_part(self, hit: Hit) -> bool:
        """Whether the whole of it was stated: of 92 messages, 其中 65 by telephone."""
        if hit.id == BOARD and WEBSITE in self.wholes:
            return True  # a column of the website
        if hit.id not in self.wholes or hit.id == TOPIC:
            return False
        if hit.scope == Scope.AGENCY and hit.id in self.regional:
            return False
        return NEW_OF_ALL.search(hit.sentence.text, hit.start, hit.end) is None

    def _counted(self, clause: Clause) -> Iterator[Hit]:
        found = list(stated(clause, self.said))
        if self.publishing.listing and found and found[0][1].startswith(ONLY_LISTED):
            found = []
        for wording, id_ in found:
            yield self._hit(clause, id_, wording, "")
        if found and not found[0][1].startswith(ALSO_LISTED):
            self.publishing.listing = False
            return
        published = self.publishing.read(clause, self.said)
        if published and not (found and published[0] != TOPIC):
            yield self._hit(clause, published[0], None, published[1])

    def _hit(self, clause: Clause, id_: str, wording: Wording | None, label: str) -> Hit:
        number = clause.number
        period = self._period(clause.before, clause.left, wording)
        negative = wording is not None and wording.signed and LESS.search(clause.left)
        return Hit(
            id=id_,
            value=-number.value if negative else number.value,
            raw=number.raw,
            counter=number.counter,
            qualifier=number.qualifier,
            scope=self._scope(clause, wording),
            period=period.name,
            sentence=clause.sentence,
            start=clause.start,
            end=clause.end,
            label=label,
            year=period.year,
        )

    def _scope(self, clause: Clause, wording: Wording | None) -> str:
        if wording is not None and wording.scope:
            return wording.scope
        if wording is not None and wording.signed and wording.follows:
            return self.spoken_of
        before = clause.before
        return scope_of(before, len(before) - len(clause.left), self.scope)

    def _period(self, before: str, clause: str, wording: Wording | None) -> Period:
        by_year = wording is not None and wording.by_year
        if wording is not None and wording.signed:
            before = before_comparison(before, self.report_year)
        period = period_of(before, clause, self.report_year, by_year=by_year)
        if wording is not None and wording.stock and period.name in COUNTED:
            return period._replace(name=AS_OF)
        return period

    def _zeros(self, sentence: Sentence) -> Iterator[Hit]:
        for wording, start, end in zeros(sentence, self.said):
            nothing = Worded(wording.id, Decimal(0), None, sentence.text[start:end], start, end)
            yield self._in_words(sentence, nothing, EXACT, wording)

    def _worded(self, sentence: Sentence, here: list[Hit]) -> Iterator[Hit]:
        for found in worded(sentence, here):
            qualifier = IN_WORDS if found.value is None else EXACT
            hit = self._in_words(sentence, found, qualifier, None)
            yield hit._replace(period=YEAR) if hit.period == AS_OF else hit

    def _in_words(
        self, sentence: Sentence, found: Worded, qualifier: str, wording: Wording | None
    ) -> Hit:
        before = sentence.lead + sentence.text[: found.end]
        period = self._period(before, sentence.text[found.start : found.end], wording)
        return Hit(
            id=found.id,
            value=found.value,
            raw=found.raw,
            counter=found.counter,
            qualifier=qualifier,
            scope=scope_of(before, len(before) - (found.end - found.start), self.scope),
            period=period.name,
            sentence=sentence,
            start=found.start,
            end=found.end,
            year=period.year,
        )


def _counts_nothing(left: str) -> bool:
    if NO_COUNT.search(left) or ("分别" in left and YEARS_APART.search(left)):
        return True
    return ("季度" in left or "半年" in left) and PART_OF_YEAR.search(left) is not None


def _is_of_a_part(text: str, end: int) -> bool:
    """Whether the sentence begins by saying that it counts a part of the year."""
    if "半年" not in text and "季度" not in text:
        return False
    return PART_AT_ITS_HEAD.search(text[:end]) is not None


def _in_brackets(figure: re.Match[str]) -> bool:
    """公众号(1个)发布: an aside, which does not end the clause."""
    text, start, end = figure.string, figure.start(), figure.end()
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"
