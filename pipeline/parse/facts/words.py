"""Figures whose words say what they count, by the wordings of `facts.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.forms.facts import Wording, load_facts
from pipeline.parse.facts.clause import Clause
from pipeline.parse.facts.said import Said

EVERY_ONE = ("均为", "都为", "各", "均", "都是", "分别为")
"""复议、诉讼均为0件: the figure belongs to each of the things named."""

TOLD_TWICE = ("全部", "均", "都", "已全部", "已均")
"""收到申请3件全部予以公开: received and granted."""

OF_ANYTHING = frozenset("个项家种")
NOUN = re.compile(r"(?!纳入|已|均|都|全|的|被|为|是|左右)[\u4e00-\u9fff]")
"""What a counter of anything counts stands right behind it."""


NEVER = "(?!)"
"""A pattern that nothing matches."""

Ranked = tuple[tuple[int, Wording], ...]


@cache
def _by_counter(counter: str | None) -> dict[str, tuple[tuple[str, Ranked], ...]]:
    """First letter of a needed word -> such words, each with the wordings that need it, ranked."""
    found: dict[str, list[tuple[int, Wording]]] = {}
    for rank, wording in enumerate(load_facts().wordings):
        fits = wording.bare if counter is None else counter in wording.counters
        if wording.figure and fits:
            for word in wording.needs:
                found.setdefault(word, []).append((rank, wording))
    return {
        letter: tuple((word, tuple(each)) for word, each in found.items() if word[0] == letter)
        for letter in {word[0] for word in found}
    }


def _candidates(clause: Clause) -> list[Wording]:
    """Wordings with a needed word in the clause or as counter, in the order of `facts.toml`."""
    window = f"{clause.window} {clause.number.counter or ''}"
    index = _by_counter(clause.number.counter)
    ranked: dict[int, Wording] = {}
    for letter in index.keys() & window:
        for word, each in index[letter]:
            if word in window:
                ranked.update(each)
    return [ranked[rank] for rank in sorted(ranked)]


@cache
def _signs(counter: str | None, leans: bool) -> frozenset[str]:
    """Words without which no clause states what a figure with the counter counts."""
    facts = load_facts()
    fits = (
        w for w in facts.wordings if w.figure and (counter in w.counters if counter else w.bare)
    )
    words = {word for w in fits if leans or not (w.follows or w.after) for word in w.needs}
    if counter in facts.counters["posts"]:
        words.update(facts.publishing["verbs"].split("|"), facts.any_channel.pattern.split("|"))
    return frozenset(words)


@cache
def _any_sign(counter: str | None, leans: bool) -> re.Pattern[str]:
    return _any_of(_signs(counter, leans))


@cache
def _any_sign_at_all(leans: bool) -> re.Pattern[str]:
    counters = {None}.union(*load_facts().counters.values())
    return _any_of(frozenset().union(*(_signs(each, leans) for each in counters)))


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    shortest = sorted(w for w in words if not any(other in w for other in words - {w}))
    return re.compile("|".join(map(re.escape, shortest)) or NEVER)


def may_count(counter: str | None, text: str, reach: tuple[int, int], said: Said) -> bool:
    """Whether the words of a figure's clause can say what it counts: asked first, for most do not.

    Figures that go on with what was said before need no such words.
    """
    return _any_sign(counter, bool(said.last)).search(text, *reach) is not None


def may_state(sentence: str, said: Said) -> bool:
    """Whether the words of a sentence can say what any of its figures counts."""
    return _any_sign_at_all(bool(said.last)).search(sentence) is not None


def stated(clause: Clause, said: Said) -> Iterator[tuple[Wording, str]]:
    """The wordings that take the figure, with the fact's id: one, or several for 均为.

    Args:
        clause: the figure in its place.
        said: the facts stated before in the paragraph.
    """
    for wording in _candidates(clause):
        if not (follows(wording, said) and _matches(wording, clause)):
            continue
        yield wording, _id(wording, clause, said)
        behind = clause.window[len(clause.left) + 1 :]
        if not (clause.left.endswith(EVERY_ONE) or behind.startswith(TOLD_TWICE)):
            return


def _matches(wording: Wording, clause: Clause) -> bool:
    window = clause.window
    if clause.number.counter is None and wording.bare == "zero" and clause.number.value:
        return False
    if not _counts(wording, clause):
        return False
    if wording.unless and wording.unless.search(window):
        return False
    return not wording.context or bool(wording.context.search(clause.background + window))


def _counts(wording: Wording, clause: Clause) -> bool:
    """Whether a pattern takes the figure: 答复三个环节 counts 环节, what stands behind, no 答复."""
    if wording.figure is None:
        return False
    figure = clause.window.index("#") if "#" not in clause.left else len(clause.left)
    names_behind = clause.number.counter in OF_ANYTHING and NOUN.match(clause.window, figure + 1)
    if not names_behind:
        return wording.figure.search(clause.window) is not None
    return any(m.end() > figure + 1 for m in wording.figure.finditer(clause.window))


def _id(wording: Wording, clause: Clause, said: Said) -> str:
    """The id with its places filled in."""
    id_ = wording.id
    if "{after}" in id_:
        id_ = id_.replace("{after}", said.any_of(wording.after) or "")
    if "{channel}" in id_:
        id_ = id_.replace("{channel}", _channel(clause))
    return id_


def follows(wording: Wording, said: Said) -> bool:
    """Whether what was stated before, in the paragraph and last, is what the wording asks for."""
    if wording.follows and not said.last.startswith(wording.follows):
        return False
    return belongs(wording, said)


def belongs(wording: Wording, said: Said) -> bool:
    """Whether the facts stated before in the paragraph are those that the wording asks for."""
    if wording.unless_after and said.any_of(wording.unless_after):
        return False
    return not wording.after or said.any_of(wording.after) is not None


def _channel(clause: Clause) -> str:
    """The channel that the clause names, else the last one named before, else `other`."""
    for text in (clause.left, clause.window, clause.before, clause.sentence.topic):
        found = channels_together(text)
        if found and RESPECTIVELY in clause.left:
            return found[0]
        if found:
            return common_channel(found) or found[-1]
    return "other"


ACCOUNTS = frozenset(
    {
        "wechat",
        "weibo",
        "new_media",
        "other_media.short_video",
        "other_media.toutiao",
        "other_media.app",
    }
)
"""What 新媒体 takes in."""

APART = re.compile("[0-9,;:]")
RESPECTIVELY = "分别"
"""微博、微信粉丝分别达到12万、9万: the first figure is of the first."""

BUILT = "建设"
"""平台建设 publishes nothing."""

NAME_ENDS = "”"
"""“云江政府网”微信公众号: what stands in the quotes is a name."""

JOINED = 12
"""Characters between two channels of one enumeration: 、, 和, the name of an account in quotes."""


def common_channel(channels: list[str]) -> str | None:
    """微信公众号、微博共发布 counts for both: their kind; None where nothing short of all is."""
    named = set(channels)
    if len(named) < 2:
        return channels[0] if channels else None
    if named <= ACCOUNTS:
        return "new_media"
    return "other_media" if all(name.startswith("other_media") for name in named) else None


@cache
def _channel_called(word: str) -> str:
    """The channel of a word; there are only as many as `facts.toml` lists."""
    return next(name for name, words in load_facts().channels if words.fullmatch(word))


def channels_together(text: str) -> list[str]:
    """The channels that a text names last: several where it enumerates them."""
    together: list[str] = []
    end = 0
    for match in load_facts().any_channel.finditer(text):
        if text.startswith(BUILT, match.end()):
            continue
        gap = text[end : match.start()]
        if gap == NAME_ENDS or len(gap) > JOINED or APART.search(gap):
            together = []
        together.append(_channel_called(match[0]))
        end = match.end()
    return together


def channels_in(text: str) -> list[str]:
    """Every channel that a text names, in its order; one named twice stands twice."""
    return [
        _channel_called(match[0])
        for match in load_facts().any_channel.finditer(text)
        if not text.startswith(BUILT, match.end())
    ]
