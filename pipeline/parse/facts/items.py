"""How many problems and improvements section 五 numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.model import Fact, Scope, Section

NUMERALS = "一二三四五六七八九十"
MARK = re.compile(
    rf"(?:^|(?<=[。;:；：\n]))[ \u3000]{{0,8}}(?:[(（](?P<bracket>[{NUMERALS}]|\d{{1,2}})\s?[)）]"
    rf"|(?P<is>[{NUMERALS}])是|(?P<han>[{NUMERALS}])、|(?P<digit>\d{{1,2}})\s?(?:[、．]|\.(?!\d))"
    rf"|第(?P<nth>[{NUMERALS}])[,，、是])",
    re.MULTILINE,
)
LIST_HEADING = re.compile(r"[^。;；\n]{0,30}")
ABOUT_PROBLEMS = re.compile("问题|不足|短板|薄弱|差距|困难")
ABOUT_IMPROVEMENT = re.compile(
    "将(?:坚持|继续|进一步|从|着力|重点|认真|按照|围绕|采取|加强)|改进|整改|下一步|措施|打算|今后|思路|明年|年要|计划|努力方向"
)
CUE = re.compile(f"(?P<problem>{ABOUT_PROBLEMS.pattern})|(?P<better>{ABOUT_IMPROVEMENT.pattern})")

PROBLEMS, IMPROVEMENTS = "n.problems", "n.improvements"


class Mark(NamedTuple):
    """A number that begins an item: its kind (bracket, digit, ...), its value, its place."""

    kind: str
    value: int
    start: int
    end: int


def read_items(section: Section, scope: Scope) -> Iterator[Fact]:
    """Counts of the numbered items; nothing where the text numbers none.

    A heading such as （一）存在的问题 is no item: it says what the items below it are. Where each
    item tells a problem and its remedy, the items count as problems.
    """
    for kind, marks in _lists(section.text):
        yield _fact(kind, marks, section, scope)


def _lists(text: str) -> Iterator[tuple[str, list[Mark]]]:
    """The first list of problems and the first of improvements, outermost numbering."""
    items = [mark for mark in _marks(text) if not _is_heading(text, mark)]
    found: dict[str, list[Mark]] = {}
    for run in _runs(items):
        kind = _kind(text, run[0].start, found)
        if len(run) > 1 and kind not in found:
            found[kind] = run
    yield from found.items()


def _marks(text: str) -> Iterator[Mark]:
    for match in MARK.finditer(text):
        kind = match.lastgroup or ""
        word = match[kind]
        value = int(word) if word.isdigit() else NUMERALS.index(word) + 1
        yield Mark(kind, value, match.start() + _blanks(match[0]), match.end())


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_heading(text: str, mark: Mark) -> bool:
    """A whole line that only says 存在的问题 or 改进情况."""
    match = LIST_HEADING.match(text, mark.end)
    words = (match[0] if match else "").strip(" \u3000:：")
    return len(words) < 20 and bool(re.fullmatch(r".{0,12}(?:问题|不足|情况|措施|打算)", words))


def _runs(items: list[Mark]) -> Iterator[list[Mark]]:
    """Runs 1, 2, 3 of one kind of number; a run inside an item of another is passed over."""
    at = 0
    while at < len(items):
        if items[at].value != 1:
            at += 1
            continue
        run, behind = [items[at]], at + 1
        for place in range(at + 1, len(items)):
            mark = items[place]
            if mark.kind == run[0].kind and mark.value == 1:
                break
            if mark.kind == run[0].kind and mark.value == run[-1].value + 1:
                run.append(mark)
                behind = place + 1
        yield run
        at = behind


def _kind(text: str, start: int, found: dict[str, list[Mark]]) -> str:
    """By the last word before the list that speaks of problems or of remedies."""
    cues = [match.lastgroup for match in CUE.finditer(text, max(0, start - 200), start)]
    if cues:
        return PROBLEMS if cues[-1] == "problem" else IMPROVEMENTS
    return IMPROVEMENTS if PROBLEMS in found else PROBLEMS


def _fact(kind: str, run: list[Mark], section: Section, scope: Scope) -> Fact:
    text = section.text
    last = LIST_HEADING.match(text, run[-1].end)
    end = last.end() if last else run[-1].end
    first = LIST_HEADING.match(text, run[0].start)
    return Fact(
        id=kind,
        value=Decimal(len(run)),
        raw=f"{text[run[0].start : run[0].end]}…{text[run[-1].start : run[-1].end]}",
        counter=None,
        qualifier="exact",
        scope=scope.value,
        period="year" if kind == PROBLEMS else "planned",
        sentence=first[0] if first else "",
        section=section.id,
        start=run[0].start,
        end=end,
    )
