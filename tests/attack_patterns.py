"""Every regular expression of ours against strings made to be slow for it; prints those that are.

A program of its own: the expressions are seen as they are compiled, so nothing may be imported yet.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

OURS = ("pipeline", "crawlers", "storage")

NO_INPUT = "crawlers.practice"
"""Its expressions see pages that we make ourselves, none of a site."""

NO_WORDS = ("storage.migrations", "pipeline.defs", "pipeline.definitions", "pipeline.demo")
"""Slow to import, and without expressions."""

SIZES = (300, 4_000)
"""Characters; the short ones first, for an expression that doubles with each."""

SLOWEST = 0.02
"""Seconds of processor time; most take a thousandth. What takes more must grow like the text."""

QUADRATIC = 3
"""Times: between 2 of a linear and 4 of a quadratic expression."""

SHORT = {
    "pipeline.forms.sections": 40,  # HEADING_LENGTH: a longer line is no heading
    "pipeline.parse.statistics.lines": 200,  # LONGEST_LABEL: a longer line is prose
}
"""Modules whose expressions are matched with a whole line, of so many characters at most."""

SLOWEST_LINE = 0.002
"""Seconds for such a line."""

PLAIN = (
    "a",
    "1",
    " ",
    "\n",
    "　",
    "年",
    "，",
    "公开",
    "（",
    "<",
    '"',
    "\\",
    "=",
    ".",
    "/",
    "1,",
    "0年",
)
"""Attacks that ask nothing of the expression."""

END = "\x00"
"""A character that no expression expects makes it try all it can."""

FEW = 100
"""A repetition that ends after so many is no attack."""

REPEATS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})

Sequence = Iterable[tuple[Any, Any]]


def seen_patterns() -> dict[tuple[str, int], str]:
    """Source and flags of each expression -> the module that compiled it."""
    seen: dict[tuple[str, int], str] = {}
    compile_ = re._compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: int) -> re.Pattern[str]:
        compiled: re.Pattern[str] = compile_(pattern, flags)
        owner = str(sys._getframe(2).f_globals.get("__name__", ""))
        if (
            owner.startswith(OURS)
            and not owner.startswith(NO_INPUT)
            and isinstance(compiled.pattern, str)
        ):
            seen.setdefault((compiled.pattern, compiled.flags & ~re.UNICODE), owner)
        return compiled

    re._compile = noted  # type: ignore[attr-defined]
    try:
        use_everything()
    finally:
        re._compile = compile_  # type: ignore[attr-defined]
    return seen


def use_everything() -> None:
    """Import each module and read a page of each kind: some expressions are made when needed."""
    for name in OURS:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.startswith(NO_WORDS) and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    from crawlers.practice.corpus.documents import documents  # noqa: PLC0415
    from pipeline.read import read_page  # noqa: PLC0415

    for number, document in enumerate(documents()):
        if number % 60 == 0:
            read_page(document.body, content_type=CONTENT_TYPES[document.suffix])


CONTENT_TYPES = {".html": "text/html", ".txt": "text/plain", ".md": "text/markdown"}


def sample(items: Sequence) -> str:
    """A short text that the parsed expression matches, look-arounds aside."""
    return "".join(map(_sample, items))


def _sample(item: tuple[Any, Any]) -> str:
    kind, value = item
    texts: dict[Any, Callable[[], str]] = {
        op.LITERAL: lambda: chr(value),
        op.NOT_LITERAL: lambda: "x" if value != ord("x") else "y",
        op.ANY: lambda: "x",
        op.IN: lambda: _member(value),
        op.BRANCH: lambda: sample(value[1][0]),
        op.SUBPATTERN: lambda: sample(value[3]),
        op.ATOMIC_GROUP: lambda: sample(value),
        **dict.fromkeys(REPEATS, lambda: sample(value[2]) * max(value[0], 1)),
    }
    return texts.get(kind, str)()


def _member(members: list[tuple[Any, Any]]) -> str:
    first = members[0]
    if first[0] is op.NEGATE:
        listed = {chr(v) for k, v in members if k is op.LITERAL}
        return next(c for c in "x1 年.-" if c not in listed)
    if first[0] is op.LITERAL:
        return chr(first[1])
    if first[0] is op.RANGE:
        return chr(first[1][0])
    known: dict[Any, str] = {op.CATEGORY_SPACE: " ", op.CATEGORY_DIGIT: "1"}
    return known.get(first[1], "x")


def pumps(items: Sequence, before: str = "") -> Iterator[tuple[str, str]]:
    """For each repetition: what leads up to it, and what it repeats."""
    for item in items:
        kind, value = item
        if kind in REPEATS:
            if value[1] > FEW:
                yield before, sample(value[2])
                yield "", before + sample(value[2])
            yield from pumps(value[2], before)
        elif kind is op.SUBPATTERN:
            yield from pumps(value[3], before)
        elif kind is op.ATOMIC_GROUP:
            yield from pumps(value, before)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from pumps(branch, before)
        before += _sample(item)


def attacks(pattern: str, flags: int) -> Iterator[tuple[str, str]]:
    """What stands first, and what is repeated after it."""
    yield from (("", each) for each in PLAIN)
    parsed = parser.parse(pattern, flags)
    yield "", sample(parsed) or "a"
    yield "", sample(parsed)[:-1] or "a"
    yield from {pump: None for pump in pumps(parsed) if pump[1]}


def slow(pattern: str, flags: int, longest: int | None) -> tuple[str, float] | None:
    """The first attack that takes too long, with its seconds; None: each is endured."""
    compiled = re.compile(pattern, flags)
    for start, piece in attacks(pattern, flags):
        if longest:
            seconds = taken_once(compiled, start + piece * (longest // len(piece)) + END)
            if seconds > SLOWEST_LINE:
                return f"{start!r} + {piece!r} * {longest // len(piece)}", seconds
            continue
        for size in SIZES:
            seconds = taken(compiled, start, piece, size)
            if seconds > SLOWEST and not is_linear(compiled, start, piece):
                return f"{start!r} + {piece!r} * {size // len(piece)}", seconds
    return None


def taken_once(compiled: re.Pattern[str], line: str) -> float:
    """Seconds to match a whole line, the least of three tries."""
    clocks = []
    for _ in range(3):
        begun = time.process_time()
        compiled.fullmatch(line)
        clocks.append(time.process_time() - begun)
    return min(clocks)


def taken(compiled: re.Pattern[str], start: str, piece: str, size: int) -> float:
    """Seconds for every match in a text of that size, and for one of all of it."""
    text = start + piece * (size // len(piece)) + END
    begun = time.process_time()
    for match in compiled.finditer(text):
        match.span()
    compiled.fullmatch(text)
    return time.process_time() - begun


def is_linear(compiled: re.Pattern[str], start: str, piece: str) -> bool:
    """Whether twice the text takes some twice the time."""
    half, whole = (
        min(taken(compiled, start, piece, size) for _ in range(3))
        for size in (SIZES[-1] // 2, SIZES[-1])
    )
    return whole < QUADRATIC * half


def main() -> int:
    """Print how many expressions were tried, and each that was slow with its attack."""
    patterns = seen_patterns()
    found = 0
    for (pattern, flags), owner in patterns.items():
        attack = slow(pattern, flags, SHORT.get(owner))
        if attack:
            found += 1
            sys.stdout.write(f"{owner}: {pattern[:200]!r}: {attack[1]:.2f} s for {attack[0]}\n")
    sys.stdout.write(f"{len(patterns)} expressions, {found} slow\n")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
