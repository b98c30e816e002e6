"""A corpus of any size in which it is known which pages show the same report.

Everything that fooled similarity search is in it: the same agency next year with last year's
words, offices that share one text, reports without a single request, prints, mobile pages, mirrors
and corrections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from crawlers.practice.corpus import prose
from crawlers.practice.corpus.compose import FORMS, HEADINGS
from crawlers.practice.corpus.families import family_names, page
from crawlers.practice.corpus.figures import figures
from crawlers.practice.corpus.grids import grids
from crawlers.practice.corpus.model import Block, Draft, Heading, Prose, dice
from crawlers.practice.corpus.shapes.tables import table
from crawlers.practice.generated.names import agency
from pipeline.model import Claim

YEARS = (2021, 2022)
OFFICES_OF_ONE_TEXT = 10
"""Offices whose annual report is one text with the name changed, as when one of them wrote it."""

SHARE_WITHOUT_REQUESTS = 0.2
FAMILIES = tuple(name for name in family_names() if name not in {"gkmlpt", "epoint-json"})

EXTRAS: tuple[tuple[str, int], ...] = (
    ("exact", 22),
    ("print", 20),
    ("mobile", 18),
    ("mirror", 16),
    ("bare_mirror", 8),
    ("corrected", 16),
)
"""What else shows a report, and how many of a hundred further pages."""

SHARE_OF_EXTRAS = 0.45

MORE_PRINT = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>打印</title></head>'
    '<body onload="window.print()"><h1>{title}</h1><p>来源：{agency}</p>{body}</body></html>'
)
MOBILE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=320">'
    '<title>{title}</title></head><body><div class="m-top"><a href="/">返回</a></div>'
    '<h2>{title}</h2><div class="m-info"><span>来源：{agency}</span></div>'
    '<div class="m-article">{body}</div><div class="m-foot">触屏版</div></body></html>'
)
TABLE_STYLE = re.compile(r' (?:style|width|align|valign)="[^"]*"')


@dataclass(frozen=True, slots=True)
class TownPage:
    """A page, what the list page claims of it, and the report that it shows."""

    url: str
    body: bytes
    claim: Claim
    kind: str
    truth: tuple[str, int]
    """Agency and year."""


def town(count: int) -> Iterator[TownPage]:
    """So many pages, one in memory at a time; a smaller town is the beginning of a larger one."""
    chance = Random(0)
    kinds, weights = zip(*EXTRAS, strict=True)
    made = number = 0
    while made < count:
        for year in YEARS:
            draft = _draft(number, year)
            family = FAMILIES[number % len(FAMILIES)]
            shown = ["first"]
            while chance.random() < SHARE_OF_EXTRAS:
                shown += chance.choices(kinds, weights)
            for place, kind in enumerate(shown):
                if made < count and (kind != "bare_mirror" or _has_own_words(number)):
                    made += 1
                    yield _page(kind, draft, number, place, family)
        number += 1


def _has_own_words(number: int) -> bool:
    """Nobody can say whose report a page is that names no place and says what all say."""
    return not _without_requests(number) and number % 3 == 0


def _without_requests(number: int) -> bool:
    return number * 7 % 100 < SHARE_WITHOUT_REQUESTS * 100


def _draft(number: int, year: int) -> Draft:
    name = agency(number).name
    forms = FORMS["2021"]
    truth = figures(forms, dice(f"figures {name} {year}"), "small")
    if _without_requests(number):
        truth = dict.fromkeys(truth, Decimal(0))
    return Draft(
        agency=name,
        title=f"{name}{year}年政府信息公开工作年度报告",
        year=year,
        forms=forms,
        truth=truth,
        blocks=tuple(_blocks(number, name, year, truth)),
        published=f"{year + 1}-01-{10 + number % 19}",
    )


def _blocks(number: int, name: str, year: int, truth: dict[str, Decimal]) -> Iterator[Block]:
    """The words are drawn by the group of offices alone: every year the same ones."""
    words = dice(f"words {number // OFFICES_OF_ONE_TEXT}")
    printed = grids(FORMS["2021"], truth)
    yield prose.preamble(name, year, words)
    headings = iter(Heading(text, place) for place, text in enumerate(HEADINGS, start=1))
    yield next(headings)
    if _without_requests(number):
        yield Prose("本年度没有收到政府信息公开申请，没有发生复议和诉讼。")
    else:
        yield from prose.section("overview", name, year, words, 300)
        if _has_own_words(number):
            yield Prose(f"我们在{name[:4]}的渡口立了{year % 100 + number}块木牌，写明每天的水位。")
    for id_ in ("t2", "t3", "t4"):
        yield next(headings)
        yield printed[id_]
    yield next(headings)
    yield Prose("人手少，更新慢。" if _without_requests(number) else "栏目多，人手少，下一年合并。")
    yield next(headings)
    yield Prose("无。")


def _page(kind: str, draft: Draft, number: int, place: int, family: str) -> TownPage:
    office = agency(number)
    url = f"http://{office.slug}.town.invalid/{draft.year}/{place}-{kind}.html"
    claim = Claim(office.name, draft.year)
    truth = (office.name, draft.year)
    if kind == "corrected":
        draft = _corrected(draft, place)
    if kind in {"mirror", "bare_mirror"}:
        family = FAMILIES[(number + 5) % len(FAMILIES)]
        claim = Claim(f"{office.county}人民政府", draft.year)
    if kind == "bare_mirror":
        bare = office.name.removeprefix(office.county)
        draft = replace(
            draft,
            title=draft.title.removeprefix(office.county),
            style={"source": bare, "signed": bare},
        )
    return TownPage(url, _html(kind, draft, family).encode(), claim, kind, truth)


def _html(kind: str, draft: Draft, family: str) -> str:
    body = table(draft)
    fields = {"title": draft.title, "agency": draft.agency}
    if kind == "print":
        return MORE_PRINT.format(body=body, **fields)
    if kind == "mobile":
        return MOBILE.format(body=TABLE_STYLE.sub("", body).replace("，", ","), **fields)
    return page(draft, body, family)


def _corrected(draft: Draft, place: int) -> Draft:
    """One digit of one cell of table 二, which no sum checks."""
    cells = [id_ for id_, value in draft.truth.items() if id_.startswith("t2.") and value]
    if not cells:
        cells = ["t2.normative_documents.issued_count"]
    id_ = cells[place % len(cells)]
    value = draft.truth[id_] or Decimal(0)
    truth = {**draft.truth, id_: value + 1}
    printed = grids(draft.forms, {k: v for k, v in truth.items() if v is not None})
    blocks = iter(printed[id_] for id_ in ("t2", "t3", "t4"))
    from_truth = tuple(next(blocks) if type(b).__name__ == "Grid" else b for b in draft.blocks)
    return replace(draft, truth=truth, blocks=from_truth)
