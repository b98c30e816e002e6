"""Section headings: other words, other numbers, none, twice, or inside the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from crawlers.practice.corpus.edit import change_headings
from crawlers.practice.corpus.model import Block, Draft, Heading, Prose, Step

NUMERALS = "一二三四五六"
CIRCLED = "①②③④⑤⑥"


def renamed(draft: Draft, random: Random, names: Mapping[str, str]) -> Draft:
    """Headings in other words, by the number of their section; the numeral stays."""
    return change_headings(
        draft,
        lambda h: (
            (Heading(f"{NUMERALS[h.section - 1]}、{names[str(h.section)]}", h.section),)
            if str(h.section) in names
            else (h,)
        ),
    )


def numbered(draft: Draft, random: Random, style: str) -> Draft:
    """Another numbering: `{arabic}`, `{chinese}`, `{circled}` in a pattern before the words."""

    def number(h: Heading) -> tuple[Block, ...]:
        words = h.text.partition("、")[2]
        place = h.section
        lead = style.format(arabic=place, chinese=NUMERALS[place - 1], circled=CIRCLED[place - 1])
        return (Heading(lead + words, place),)

    return change_headings(draft, number)


def restarted(draft: Draft, random: Random) -> Draft:
    """Numbering begins anew at 一 behind a narrative in parts of its own."""

    def restart(h: Heading) -> tuple[Block, ...]:
        words = h.text.partition("、")[2]
        if h.section == 1:
            return (Heading("一、概述", 1),)
        return (Heading(f"{NUMERALS[h.section - 2]}、{words}", h.section),)

    return change_headings(draft, restart)


def lost(draft: Draft, random: Random, sections: Sequence[int]) -> Draft:
    """Headings that are not there."""
    return change_headings(draft, lambda h: () if h.section in sections else (h,))


def run_in(draft: Draft, random: Random) -> Draft:
    """Heading and text in one paragraph: 一、总体情况。全年."""
    blocks: list[Block] = []
    waiting = ""
    for block in draft.blocks:
        if isinstance(block, Heading) and block.section in {1, 5, 6}:
            waiting = f"{block.text}。"
        elif waiting and isinstance(block, Prose):
            blocks.append(Prose(waiting + block.text))
            waiting = ""
        else:
            blocks.append(block)
    return replace(draft, blocks=tuple(blocks))


def template_left(draft: Draft, random: Random) -> Draft:
    """The form's own instructions left standing."""

    def leave(h: Heading) -> tuple[Block, ...]:
        note = (Prose("（该部分以表格形式报告，表格如下）"),) if h.section in {2, 3, 4} else ()
        return (Heading(f"{h.text}（黑体三号字）", h.section), *note)

    return change_headings(draft, leave)


def twice(draft: Draft, random: Random) -> Draft:
    """A table of contents first, with every heading."""
    contents = [Prose("目录"), *(Prose(b.text) for b in draft.blocks if isinstance(b, Heading))]
    return replace(draft, blocks=(*contents, *draft.blocks))


STEPS: dict[str, Step] = {
    f.__name__: f for f in (renamed, numbered, restarted, lost, run_in, template_left, twice)
}
