"""Labels and headers: misprints, brackets, blanks, words missing or added, other scripts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from crawlers.practice.corpus.edit import cells, change_cells, reword
from crawlers.practice.corpus.model import Draft, Role, Step, Td
from crawlers.practice.model import PracticeError

DATA = Path(__file__).parents[1] / "data"
WORDS: frozenset[Role] = frozenset({"head", "group", "label", "note"})


def relabel(draft: Draft, random: Random, texts: Mapping[str, str]) -> Draft:
    """Cells that print another text than the form's, by the text they should have."""
    return reword(draft, texts)


def replace_in_labels(
    draft: Draft, random: Random, texts: Mapping[str, str], roles: str = "head group label note"
) -> Draft:
    """Parts of labels replaced: brackets, points, numerals."""
    if not any(old in td.text for old in texts for td in cells(draft) if td.role in WORDS):
        raise PracticeError(f"{draft.title}: no label has any of {list(texts)}")

    def change(td: Td) -> Td:
        text = td.text
        for old, new in texts.items():
            text = text.replace(old, new)
        return replace(td, text=text) if td.role in roles.split() else td

    return change_cells(draft, change)


def inner_blanks(draft: Draft, random: Random, blank: str = " ", every: int = 2) -> Draft:
    """结果 维持: a blank or a line break inside words of the header and short labels."""

    def space(td: Td) -> Td:
        if td.role != "head" or len(td.text) > 8:
            return td
        parts = [td.text[n : n + every] for n in range(0, len(td.text), every)]
        return replace(td, text=blank.join(parts))

    return change_cells(draft, space)


def blanks_between_letters(draft: Draft, random: Random, blank: str = " ") -> Draft:
    """Every label spaced out letter by letter."""
    return change_cells(
        draft,
        lambda td: replace(td, text=blank.join(td.text)) if td.role in {"label", "group"} else td,
    )


def second_line_lost(draft: Draft, random: Random) -> Draft:
    """本年新 | 本年新: the header's second line is gone."""
    return reword(draft, {"本年新\n制作数量": "本年新", "本年新\n公开数量": "本年新"}, "t2")


def explained(draft: Draft, random: Random) -> Draft:
    """Labels with long explanations in brackets, digits among them."""
    notes: Mapping[str, str] = tomllib.loads((DATA / "explanations.toml").read_text("utf-8"))
    known = {td.text for td in cells(draft)}
    return reword(draft, {label: label + note for label, note in notes.items() if label in known})


def traditional(draft: Draft, random: Random) -> Draft:
    """All words of the tables in traditional characters."""
    table = str.maketrans(dict(_traditional()))
    return change_cells(
        draft, lambda td: td if td.cell else replace(td, text=td.text.translate(table))
    )


@cache
def _traditional() -> Mapping[str, str]:
    return tomllib.loads((DATA / "traditional.toml").read_text("utf-8"))


def without_explanation(draft: Draft, random: Random) -> Draft:
    """（二）部分公开 alone, and 三's long notes gone."""
    return reword(
        draft, {"（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开"}, "t3"
    )


def numerals_lost(draft: Draft, random: Random) -> Draft:
    """Labels without （一）, 1., 一、."""

    def bare(td: Td) -> Td:
        if td.role not in {"label", "group"}:
            return td
        return replace(td, text=td.text.lstrip("（）一二三四五六七12345678.、"))

    return change_cells(draft, bare, "t3")


def vertical_groups(draft: Draft, random: Random) -> Draft:
    """Groups in narrow columns, a letter a line."""
    return change_cells(
        draft, lambda td: replace(td, text="\n".join(td.text)) if td.role == "group" else td
    )


def long_labels_broken(draft: Draft, random: Random, at: int = 7) -> Draft:
    """A line break inside labels, between any two letters."""

    def cut(td: Td) -> Td:
        if td.role != "label" or len(td.text) <= at:
            return td
        return replace(td, text=f"{td.text[:at]}\n{td.text[at:]}")

    return change_cells(draft, cut)


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        relabel,
        replace_in_labels,
        inner_blanks,
        blanks_between_letters,
        second_line_lost,
        explained,
        traditional,
        without_explanation,
        numerals_lost,
        vertical_groups,
        long_labels_broken,
    )
}
