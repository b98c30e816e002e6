"""Printed labels -> rows of a form: exact, by a known misprint, or by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from pipeline.extract.text import core
from pipeline.forms.model import Row, TableForm
from pipeline.remembered import Remembered, remembered

ORDINAL = re.compile(
    r"^(?:\d{0,2}[一二三四五六七八九十](?=本年|上年|结转)"
    r"|\d{0,2}[一二三四五六七八九十](?=予以|部分|不予|无法|其他|总计)|\d{1,3}(?!\d))"
)
"""What `core` leaves of 一、 （一） 1. before a label, and of its line's number before that."""

EXPLANATION = re.compile(r"(?<=.)[（(][^（）()]{8,}[）)]$")
"""（区分处理的，只计这一情形，不计其他情形）: pages leave it out."""

REMARK = re.compile(r"[（(\[【][^（）()]*[)）\]】]\s*$")

LIKENESS = 0.8
"""Share of common letters, in order, that makes a label a misprint of another. The two most alike
labels of one form share 0.55; the worst misprint seen (止公开 for 禁止公开, two letters) 0.9."""

MIN_LETTERS = 5
"""Shorter labels (其他, 总计, 规章) are matched exactly or not at all."""


MOST_KNOWN = 20_000
"""Answers kept; a hostile page must not fill the memory."""


class Match(StrEnum):
    """How a printed label was recognised."""

    EXACT = "exact"
    VARIANT = "variant"


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """The row a label names, and how surely."""

    row: str
    how: Match


@remembered(16384)
def label_key(text: str) -> str:
    """Letters of a label without its number; what two printings of it share."""
    return ORDINAL.sub("", core(text), count=1)


@dataclass(frozen=True)
class Labels:
    """The labels of one table over all its forms, ready to be looked up."""

    exact: dict[str, str]
    groups: tuple[str, ...]
    """The longest first: one may begin as another does."""
    misprints: frozenset[str]
    known: Remembered[LabelMatch | None] = field(init=False, repr=False, compare=False)
    """Answers given before."""

    def __post_init__(self) -> None:
        """Nothing is known yet."""
        object.__setattr__(self, "known", Remembered(self._find, MOST_KNOWN))

    def find(self, text: str) -> LabelMatch | None:
        """The row that a cell's text names; None for groups, headers, figures, prose."""
        return None if text.isdigit() else self.known[text]

    def begins(self, text: str) -> bool:
        """Whether a row's label, with its groups or without, goes on where the text ends."""
        key = label_key(text)
        for group in self.groups:
            if key.startswith(group):
                return self.begins(key[len(group) :])
        return len(key) >= MIN_LETTERS and any(
            label.startswith(key) and label != key for label in self.exact
        )

    def ends(self, text: str) -> bool:
        """Whether the text is the rest of a label that was broken off its beginning."""
        key = label_key(text)
        return len(key) >= MIN_LETTERS and any(label.endswith(key) for label in self.exact)

    def _find(self, text: str) -> LabelMatch | None:
        key = label_key(text)
        if not key or key in self.groups or key.isdigit():
            return None
        return (
            self._exact(key)
            or self._behind_group(key)
            or self._variant(key)
            or self._explained(text)
        )

    def _explained(self, text: str) -> LabelMatch | None:
        """A short label that goes on to explain itself in brackets: 规章（指…制定的）."""
        short = REMARK.sub("", text)
        row = self.exact.get(label_key(short)) if short != text else None
        return LabelMatch(row, Match.VARIANT) if row else None

    def _exact(self, key: str) -> LabelMatch | None:
        row = self.exact.get(key)
        how = Match.VARIANT if key in self.misprints else Match.EXACT
        return LabelMatch(row, how) if row else None

    def _behind_group(self, key: str) -> LabelMatch | None:
        """A label printed behind its groups in one cell: 三、本年度办理结果（一）予以公开."""
        for group in self.groups:
            rest = ORDINAL.sub("", key[len(group) :], count=1)
            if key.startswith(group) and rest and rest not in self.groups:
                return self._exact(rest) or self._behind_group(rest) or self._variant(rest)
        return None

    def _variant(self, key: str) -> LabelMatch | None:
        row = self._alike(key)
        return LabelMatch(row, Match.VARIANT) if row else None

    def _alike(self, key: str) -> str | None:
        """The only row whose label is nearly the same, or begins the same and then explains."""
        if len(key) < MIN_LETTERS or self._are_two(key):
            return None
        alike = {row for label, row in self.exact.items() if _is_alike(key, label)}
        return alike.pop() if len(alike) == 1 else None

    def _are_two(self, key: str) -> bool:
        """Whether the labels of two rows stand in one cell: whose the figures are is not said."""
        rests = (key[len(label) :] for label in self.exact if key.startswith(label))
        return any(ORDINAL.sub("", rest, count=1) in self.exact for rest in rests if rest)


@lru_cache(maxsize=16384)
def _is_alike(key: str, label: str) -> bool:
    if len(label) < MIN_LETTERS:
        return False
    if key.startswith(label):
        return True
    matcher = SequenceMatcher(None, key, label, autojunk=False)
    return matcher.quick_ratio() >= LIKENESS and matcher.ratio() >= LIKENESS


def labels_of(tables: Iterable[TableForm]) -> Labels:
    """Labels and aliases of the same table in several forms, later forms last."""
    rows = [row for table in tables for row in table.rows]
    exact = {key: row.id for row in rows for key in _keys(row)}
    groups = {label_key(row.group) for row in rows if row.group} | {"本年度办理结果"}
    misprints = {label_key(alias) for row in rows for alias in row.aliases}
    printed = {label_key(row.label) for row in rows}
    longest_first = sorted(groups - exact.keys(), key=lambda group: (-len(group), group))
    return Labels(exact, tuple(longest_first), frozenset(misprints - printed))


def _keys(row: Row) -> Iterator[str]:
    """The label, without its explanation in brackets, behind its group in one cell, misprinted."""
    yield label_key(row.label)
    yield label_key(EXPLANATION.sub("", row.label))
    if row.group:
        yield label_key(row.group + row.label)
    yield from map(label_key, row.aliases)
