"""What a reviewer doubts though it is read with certainty: figures, words, names and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from crawlers.practice.corpus.edit import nothing_printed, print_as, styled
from crawlers.practice.corpus.model import Block, Draft, Heading, Prose, Step
from crawlers.practice.forms import T3_COLUMNS, T4_OUTCOMES
from crawlers.practice.model import PracticeError

COLUMNS = {"t3": T3_COLUMNS, "t4": T4_OUTCOMES}


def figures(draft: Draft, random: Random, cells: Mapping[str, object]) -> Draft:
    """Other figures, printed and true; the caller minds the sums."""
    values = {cell: Decimal(str(value)) for cell, value in cells.items()}
    draft = replace(draft, truth={**draft.truth, **values})
    return print_as(draft, {cell: str(value) for cell, value in cells.items()})


def copied_over(draft: Draft, random: Random, row: str, over: str) -> Draft:
    """A row's figures once more in another row, which breaks the sums."""
    table = row.split(".", maxsplit=1)[0]
    cells = {f"{over}.{c}": draft.truth[f"{row}.{c}"] for c in COLUMNS[table]}
    if table == "t3":
        draft = replace(draft, violations=(*draft.violations, f"{table}.processed_total"))
    return figures(draft, random, cells)


def blank(draft: Draft, random: Random, tables: Sequence[str]) -> Draft:
    """Tables without any figure: every cell is empty."""
    cells = [cell for cell in draft.truth if cell.split(".")[0] in tables]
    return nothing_printed(draft, dict.fromkeys(cells, ""))


def no_number(draft: Draft, random: Random, cells: Mapping[str, str]) -> Draft:
    """Cells that print this and no number; the caller minds the sums."""
    return nothing_printed(draft, cells)


def said(
    draft: Draft,
    random: Random,
    *,
    section: int,
    text: str,
    cells: Mapping[str, Sequence[str]] = {},
    more: int = 0,
) -> Draft:
    """A sentence below a heading. `{name}` is the sum of `cells[name]`, and `more` of it."""
    values = {
        name: sum((draft.truth[cell] or Decimal(0) for cell in own), Decimal(more))
        for name, own in cells.items()
    }
    words = {"year": draft.year, "last": draft.year - 1, "agency": draft.agency, **values}
    return _below(draft, section, (Prose(text.format(**words)),))


def emptied(draft: Draft, random: Random, section: int, text: str = "") -> Draft:
    """A heading without its prose, or with `text` alone."""
    blocks: list[Block] = []
    inside = False
    for block in draft.blocks:
        if isinstance(block, Heading):
            inside = block.section == section
        if not (inside and isinstance(block, Prose)):
            blocks.append(block)
    draft = replace(draft, blocks=tuple(blocks))
    return _below(draft, section, (Prose(text),)) if text else draft


def _below(draft: Draft, section: int, new: tuple[Block, ...]) -> Draft:
    for place, block in enumerate(draft.blocks, start=1):
        if isinstance(block, Heading) and block.section == section:
            return replace(draft, blocks=(*draft.blocks[:place], *new, *draft.blocks[place:]))
    raise PracticeError(f"{draft.title}: no heading of section {section}")


def paragraph_again(draft: Draft, random: Random) -> Draft:
    """A paragraph of 总体情况 again below the problems."""
    longest = max((b for b in draft.blocks if isinstance(b, Prose)), key=lambda b: len(b.text))
    return _below(draft, 5, (longest,))


def opening(draft: Draft, random: Random, text: str) -> Draft:
    """Another sentence before the first heading."""
    place = next(n for n, block in enumerate(draft.blocks) if isinstance(block, Heading))
    words = text.format(year=draft.year, last=draft.year - 1, agency=draft.agency)
    return replace(draft, blocks=(Prose(words), *draft.blocks[place:]))


def published(draft: Draft, random: Random, day: str, later: int = 1) -> Draft:
    """Signed and put online on a day, `later` years after the year reported on."""
    return replace(draft, published=f"{draft.year + later}-{day}")


def signed_by(draft: Draft, random: Random, name: str) -> Draft:
    """Another name below the report."""
    return styled(draft, signed=name)


def second_body_differs(draft: Draft, random: Random) -> Draft:
    """A text with the body again below itself, with one paragraph that the first copy lacks."""
    extra = "另有两件来信转到别的科室去办，到年底时还没有回音，只好下一年再说明结果如何。"

    def twice(text: str) -> str:
        first, _, rest = text.partition("\n二、")
        return f"{text}\n{first}\n{extra}\n二、{rest}"

    return replace(draft, around=(*draft.around, twice))


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        figures,
        copied_over,
        blank,
        no_number,
        said,
        emptied,
        paragraph_again,
        opening,
        published,
        signed_by,
        second_body_differs,
    )
}
