"""What typing, copying and converting do to prose: nothing is wrong with what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from crawlers.practice.corpus.edit import change_blocks, change_prose
from crawlers.practice.corpus.model import Block, Draft, Grid, Prose, Step
from crawlers.practice.model import PracticeError

LONG = 90
"""Characters of a paragraph that can be torn: a line before the tear and a sentence after it."""


def half_width_commas(draft: Draft, random: Random) -> Draft:
    """Every comma of the prose half-width."""
    return change_prose(draft, lambda text: text.replace("，", ","))


def blanks_by_numbers(draft: Draft, random: Random) -> Draft:
    """A blank before and after every number."""
    return change_prose(
        draft, lambda text: re.sub(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])", " ", text)
    )


def quote_lost(draft: Draft, random: Random) -> Draft:
    """The opening quotation mark of a name is gone."""
    sentence = Prose("另开设群众点题”“阳光课堂”两个栏目，按月更新。")
    return replace(draft, blocks=(*draft.blocks[:3], sentence, *draft.blocks[3:]))


def sentence_torn(draft: Draft, random: Random) -> Draft:
    """A page break in the middle of a sentence makes two paragraphs of one."""
    torn = False

    def tear(block: Block) -> tuple[Block, ...]:
        nonlocal torn
        place = _tear(block.text) if isinstance(block, Prose) and not torn else None
        if place is None or not isinstance(block, Prose):
            return (block,)
        torn = True
        return Prose(block.text[:place]), Prose(block.text[place:])

    changed = change_blocks(draft, tear)
    if not torn:
        raise PracticeError(f"{draft.title}: no paragraph is long enough to be torn")
    return changed


def _tear(text: str) -> int | None:
    """A place between two characters of a word, behind the first sentence of a long paragraph."""
    end = text.find("。", LONG // 3)
    middle = re.compile("(?<=[一-鿿])(?=[一-鿿]{3})").search(text, end + 8) if end > 0 else None
    return middle.start() if middle and len(text) > LONG else None


def table_as_words(draft: Draft, random: Random, table: str = "t3") -> Draft:
    """What a text has of a table that was an image: the name Word gave the image."""
    cells = {id_ for id_ in draft.truth if id_.startswith(f"{table}.")}
    changed = change_blocks(
        draft,
        lambda b: (
            (Prose("说明: 表3-1(1)申请办理情况"),)
            if isinstance(b, Grid) and b.id == table
            else (b,)
        ),
    )
    return replace(changed, truth={k: v for k, v in draft.truth.items() if k not in cells})


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        half_width_commas,
        blanks_by_numbers,
        quote_lost,
        sentence_torn,
        table_as_words,
    )
}
