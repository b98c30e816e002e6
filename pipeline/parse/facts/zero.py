"""Statements that nothing happened: 未收到, 没有发生, 无. Each is a fact of value 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.forms.facts import Wording, load_facts
from pipeline.parse.facts.said import Said
from pipeline.parse.facts.sentences import Sentence
from pipeline.parse.facts.words import belongs

NONE = re.compile(
    "未有|未曾|未(?!经(?:行政)?复议)|没有|不存在|末(?=收取|收到|收费|发生|产生|接到|受理)"
    "|没(?=收|接|发)|无(?![法论需须偿关纸障序锡])|零(?=[申收败投诉纠复行])"
)

SECTION_SIX, NOTHING_ELSE = "other_matters", "n.section6"
NOTHING = re.compile("(?:无|没有|未发生|没有发生|无此类?情况|0件|零)[。;]?")
"""All that stands below a heading: the heading says of what."""

DISPUTES = "disputes"
ASKED_AND_SUED = ("n.reconsideration", "n.litigation")
REVIEWED, SUED = re.compile("复议"), re.compile("诉讼|应诉")
OF_ALL_KINDS = re.compile("办理|审理|建议|提案")

BODY = re.compile(r"[^,;:。]{1,60}")

DIGIT = re.compile(r"\d[\d.,]{0,12}(?:万)?(?:元|件|起|条|份)")
"""An amount behind 末收取 makes it 年末: collected at the end of the year."""


@cache
def _zero_wordings() -> tuple[Wording, ...]:
    return tuple(wording for wording in load_facts().wordings if wording.zero)


def zeros(sentence: Sentence, said: Said) -> Iterator[tuple[Wording, int, int]]:
    """The wordings of what did not happen, with the place of the words.

    末 is a misprint of 未 before 收取 and its like, unless an amount follows.
    """
    text = sentence.text
    if NOTHING.fullmatch(text):
        for wording in _below_a_heading(sentence):
            yield wording, 0, len(text)
        return
    for none in NONE.finditer(text):
        body = BODY.match(text, none.end())
        if body is None or (none[0] == "末" and DIGIT.search(text, none.end())):
            continue
        yield from _named(sentence, body[0], none.start(), body.end(), said)


def _below_a_heading(sentence: Sentence) -> Iterator[Wording]:
    """What a heading names of which there was 无."""
    heading = sentence.topic
    if sentence.section.id == SECTION_SIX:
        named: tuple[str, ...] = (NOTHING_ELSE,)
    elif OF_ALL_KINDS.search(heading):
        named = ()
    elif sentence.section.id == DISPUTES and not heading:
        named = ASKED_AND_SUED
    else:
        named = tuple(
            id_
            for id_, words in zip(ASKED_AND_SUED, (REVIEWED, SUED), strict=True)
            if words.search(heading)
        )
    yield from (next(w for w in _zero_wordings() if w.id == id_) for id_ in named)


def _named(
    sentence: Sentence, body: str, start: int, end: int, said: Said
) -> Iterator[tuple[Wording, int, int]]:
    for wording in _zero_wordings():
        if wording.zero is None or not wording.zero.match(body):
            continue
        if wording.zero_unless and wording.zero_unless.search(body):
            continue
        if wording.zero_context and not _in_context(wording, sentence, end):
            continue
        if belongs(wording, said):
            yield wording, start, end


def _in_context(wording: Wording, sentence: Sentence, end: int) -> bool:
    heading = f"^{sentence.section.id}|{sentence.topic}|{sentence.lead}{sentence.text[:end]}"
    return wording.zero_context is not None and bool(wording.zero_context.search(heading))
