"""Printed labels -> rows of the list. Labels repeat: what stands before them decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from pipeline.extract.text import core, squeeze, tight
from pipeline.forms import forms_with
from pipeline.forms.model import Row, TableForm
from pipeline.parse.labels import LIKENESS, MIN_LETTERS
from pipeline.remembered import remembered

UNITS = frozenset("条 件 次 篇 人 人次 个 万元 元 份 场 期 家".split())
"""What the column 单位 prints."""

UNIT_BEHIND = re.compile(rf"(?<![\s:])[\s:]+(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})$")
NUMERAL = re.compile(
    r"^(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[一二三四五六七八九十]{1,3}[、.,:\s]"
    r"|\d{1,2}(?:[、.,:\s]|(?=[一-鿿])))"
)
OF_WHICH = re.compile(r"^其中\s*[:,、]?")
EXPLANATION = re.compile(r"\([^()]*\)")


LONGEST_LABEL = 200
"""Characters; the longest label has 48. What is longer is prose, or an attack."""

MOST_UNKNOWN = 300
"""Labels compared by likeness; Anhui's list, the longest seen, adds some 60 rows."""


@dataclass(frozen=True)
class Rows:
    """The rows of the list in printed order, and the letters by which they are known."""

    form: TableForm
    rows: tuple[Row, ...]
    exact: dict[str, tuple[int, ...]]
    """Letters of a label -> the rows that print it."""
    printed: frozenset[str]
    """Letters of the form's own wordings; all other keys are variants."""

    def places(self, text: str) -> tuple[int, ...]:
        """The rows whose label the text is, to the letter or by a recorded variant."""
        return self.exact.get(row_key(text), ()) if len(text) <= LONGEST_LABEL else ()


@remembered(4096)
def row_key(text: str) -> str:
    """Letters of a label without numeral, 其中, explanation and unit."""
    folded = UNIT_BEHIND.sub("", unicodedata.normalize("NFKC", squeeze(text)))
    bare = _headless(tight(EXPLANATION.sub("", _headless(folded))))
    return core(bare) or core(folded)


def _headless(text: str) -> str:
    """Without what stands before a label: `三、`, `(二)`, `4.`, 其中, and both in a row."""
    before = None
    while text != before:
        before = text
        text = OF_WHICH.sub("", NUMERAL.sub("", text.strip(), count=1).strip(), count=1)
    return text


@cache
def list_rows() -> Rows:
    """The rows of the newest form that has the list."""
    form = list(forms_with("s14").values())[-1]
    exact: dict[str, tuple[int, ...]] = {}
    for place, row in enumerate(form.rows):
        for key in dict.fromkeys(map(row_key, _wordings(row))):
            exact[key] = (*exact.get(key, ()), place)
    return Rows(form, form.rows, exact, frozenset(row_key(row.label) for row in form.rows))


def _wordings(row: Row) -> Iterator[str]:
    """The label; with its brackets lost but the explanation kept; without 数; its variants."""
    yield row.label
    yield re.sub("[()]", "", _headless(unicodedata.normalize("NFKC", row.label)))
    yield row.label.removesuffix("数")
    yield from row.aliases


@dataclass(frozen=True, slots=True)
class Found:
    """The row a label names; `is_variant`: not by a wording of the form."""

    place: int
    is_variant: bool


def resolve(labels: Sequence[str]) -> list[Found | None]:
    """The row of each label in reading order; None for headings, local rows and prose.

    A label that several rows print means the first of them after the row before it. A misprint is
    read as the row most like it that no other label names and that its neighbours allow.
    """
    known = list_rows()
    found: list[Found | None] = []
    last = -1
    for text in labels:
        places = known.places(text)
        place = next((p for p in places if p > last), places[0]) if places else None
        found.append(None if place is None else Found(place, row_key(text) not in known.printed))
        last = last if place is None else place
    return _with_misprints(labels, found)


def _with_misprints(labels: Sequence[str], found: list[Found | None]) -> list[Found | None]:
    taken = {each.place for each in found if each}
    below = _places_below(found)
    above, tried = -1, 0
    for number, text in enumerate(labels):
        each = found[number]
        if each is None and len(text) <= LONGEST_LABEL and tried < MOST_UNKNOWN:
            tried += 1
            place = _alike(row_key(text), set(range(above + 1, below[number])) - taken)
            if place is not None:
                each = found[number] = Found(place, is_variant=True)
                taken.add(place)
        above = each.place if each else above
    return found


def _places_below(found: Sequence[Found | None]) -> list[int]:
    """For each label the place of the next known one below it."""
    places: list[int] = []
    nearest = len(list_rows().rows)
    for each in reversed(found):
        places.append(nearest)
        nearest = each.place if each else nearest
    return places[::-1]


def _alike(key: str, places: set[int]) -> int | None:
    """The one place whose label is likest; None below the likeness, or between equals."""
    if len(key) < MIN_LETTERS:
        return None
    ranked = sorted(
        ((_likeness(key, row_key(list_rows().rows[place].label)), place) for place in places),
        reverse=True,
    )
    if not ranked or ranked[0][0] < LIKENESS:
        return None
    return None if len(ranked) > 1 and ranked[1][0] == ranked[0][0] else ranked[0][1]


def _likeness(key: str, label: str) -> float:
    if len(label) >= MIN_LETTERS and key.startswith(label):
        return 1.0
    matcher = SequenceMatcher(None, key, label, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= LIKENESS else 0.0
