"""The facts that prose may state, as data: ids, names, wordings."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

GAP = re.compile(r"<(\d{1,2})>")
TERM = re.compile(r"<([a-z_]+)>")

OPEN_REPEAT = re.compile(r"(?<!\\)[)\]][*+](?!\+)|(?<!\\)[)\]]\{\d*,\}(?!\+)|\.[*+](?!\+)")
"""A repetition without end that can be retried: on a long line it may take for ever."""

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to state one fact. `#` in a pattern stands for the figure.

    `id` may hold `{channel}` (where the agency publishes) or `{after}` (the earlier fact that this
    one is a part of).
    """

    id: str
    name: str
    """Chinese, as a user of the data would call it."""
    needs: tuple[str, ...]
    """Words of which the clause has at least one; spares trying the patterns."""
    figure: Pattern | None
    counters: frozenset[str]
    bare: str
    """Which figures without a counter are enough: `any`, `zero` (均为0), or empty: none."""
    context: Pattern | None
    unless: Pattern | None
    after: tuple[str, ...]
    unless_after: tuple[str, ...]
    follows: tuple[str, ...]
    zero: Pattern | None
    """What follows 未, 没有 or 无 where the text says that there was none."""
    zero_unless: Pattern | None
    zero_context: Pattern | None
    stock: bool
    """Counted at a date, not over a year."""
    by_year: bool
    """Reports give it year by year: 截至12月31日 does not make it cumulative."""
    signed: bool
    """A decrease is negative."""
    scope: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """`facts.toml`, compiled."""

    wordings: tuple[Wording, ...]
    channels: tuple[tuple[str, Pattern], ...]
    any_channel: Pattern
    publishing: dict[str, str]
    counters: dict[str, frozenset[str]]


@cache
def load_facts() -> Facts:
    """The wordings in the order in which they are tried.

    Raises:
        ValueError: a pattern could take more than linear time, or names a term that is not there.
    """
    data = tomllib.loads(files("pipeline.forms").joinpath("facts.toml").read_text("utf-8"))
    counters = {name: frozenset(words) for name, words in data["counters"].items()}
    channels = data["channels"]
    return Facts(
        wordings=tuple(_wording(row, data["terms"], counters) for row in data["fact"]),
        channels=tuple((name, re.compile(words)) for name, words in channels.items()),
        any_channel=re.compile("|".join(channels.values())),
        publishing=data["publishing"],
        counters=counters,
    )


def _wording(
    row: dict[str, Any], terms: dict[str, str], counters: dict[str, frozenset[str]]
) -> Wording:
    def pattern(key: str) -> Pattern | None:
        given = row.get(key)
        if given is None:
            return None
        alternatives = [given] if isinstance(given, str) else given
        return compile_pattern("|".join(expand(each, terms) for each in alternatives), row["id"])

    return Wording(
        id=row["id"],
        name=row["zh"],
        needs=tuple(row.get("needs", ())),
        figure=pattern("figure"),
        counters=counters[row["counters"]] if "counters" in row else frozenset(),
        bare=row.get("bare", ""),
        context=pattern("context"),
        unless=pattern("unless"),
        after=tuple(row.get("after", ())),
        unless_after=tuple(row.get("unless_after", ())),
        follows=tuple(row.get("follows", ())),
        zero=pattern("zero"),
        zero_unless=pattern("zero_unless"),
        zero_context=pattern("zero_context"),
        stock=row.get("stock", False),
        by_year=row.get("by_year", False),
        signed=row.get("signed", False),
        scope=row.get("scope"),
    )


def expand(pattern: str, terms: dict[str, str]) -> str:
    """Terms and gaps written out; a gap behind the figure stops at the next item of a list."""
    written = TERM.sub(lambda m: terms[m[1]], pattern)
    before, figure, behind = written.partition("#")
    return GAP.sub(r"[^,;#]{0,\1}", before) + figure + GAP.sub(r"[^,;#、0-9]{0,\1}", behind)


def compile_pattern(pattern: str, owner: str) -> Pattern:
    """A compiled pattern, refused where it could be slow on hostile text."""
    if OPEN_REPEAT.search(pattern):
        raise ValueError(
            f"facts.toml, {owner}: {pattern!r} repeats without end; "
            "write {0,n}, or make the repetition possessive (`*+`)"
        )
    return re.compile(pattern)


ELSEWHERE = {
    "n.proactive_total": "主动公开信息总数",
    "n.proactive.by_topic": "其中各类信息（逐项）",
    "n.evaluation": "评估、考核结果",
    "n.problems": "第五部分所列问题数",
    "n.improvements": "第五部分所列改进措施数",
    "n.reconsideration.result": "行政复议结果（文字）",
    "n.litigation.result": "行政诉讼结果（文字）",
}
"""Facts that no single wording gives: they are read from lists, numbering and results."""


def fact_table() -> str:
    """Every id with its Chinese name, as a Markdown table."""
    facts = load_facts()
    names = dict(ELSEWHERE)
    for channel, words in facts.channels:
        names[f"n.proactive.{channel}"] = f"主动公开：{_name(words.pattern)}"
    for wording in facts.wordings:
        for id_ in _ids(wording, facts):
            names.setdefault(id_, wording.name)
    rows = (f"| `{id_}` | {names[id_]} |" for id_ in sorted(names))
    return "\n".join(("| id | fact |", "| --- | --- |", *rows))


def _name(words: str) -> str:
    """What a channel is called: of the words that begin as the first does, the shortest."""
    first, *others = words.split("|")
    return min((word for word in (first, *others) if first.startswith(word)), key=len)


def _ids(wording: Wording, facts: Facts) -> list[str]:
    if "{after}" in wording.id:
        return [wording.id.replace("{after}", owner) for owner in wording.after]
    channels = [*(name for name, _ in facts.channels), "other"]
    return sorted({wording.id.replace("{channel}", channel) for channel in channels})
