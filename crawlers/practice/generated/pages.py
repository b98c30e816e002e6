"""Article pages: reports with their truth, and the near misses beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape

from crawlers.practice.corpus.compose import orderly
from crawlers.practice.corpus.families import fill
from crawlers.practice.corpus.model import Block, Case, Draft, Grid, Picture, Prose, dice
from crawlers.practice.corpus.shapes.tables import table
from crawlers.practice.generated.figures import broken, corrected, figures, forms_of
from crawlers.practice.generated.layouts import article_path, article_templates, layout_of
from crawlers.practice.generated.lists import site_name
from crawlers.practice.generated.model import Column, Entry, KnownReport

PROSE = 900
"""Characters of running text in a report."""
CELLS = ("plain", "word", "nested_p", "span")
PARAGRAPHS = ("plain", "word")
"""`word`: each number in a span of its own, so that every date is split."""
BESIDE = {
    "notice": "请各单位按格式填写，于一月十日前报送，逾期的由办公室逐一催办。",
    "interpretation": "本文逐栏说明年报里的三张表，谁来填、从哪里取数，都写在下面。",
    "graphic": "用六张图讲清楚一年里公开了什么。",
    "sheet": "信息发布、专栏专题、解读回应、安全防护各项指标见下表。",
    "special": "本文只谈资金安排，没有申请的数字，也没有三张表。",
    "paper": "具体安排另行通知。",
    "paper2": "具体安排另行通知。",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How an article is printed where a fault asks for something special."""

    copies: int = 1
    pictures: bool = False
    pdf_only: bool = False
    attachments: tuple[str, ...] = ()
    spans: bool = False
    charset: str = "utf-8"
    nearby: str = ""
    """HTML that the family puts beside the article."""


PLAIN = Style()


def draft_of(column: Column, entry: Entry, style: Style = PLAIN) -> Draft:
    """The report as blocks, with the truth of what they print."""
    chance = dice(f"{column.site.plan.seed}/{entry.number}/page")
    drawn, violations = known_figures(column, entry)
    case = Case(
        name=str(entry.number),
        deviation="",
        note="",
        form=form_code(entry.year),
        shape="table",
        family=layout_of(column).article_page,
        year=entry.year,
        agency=column.agency.name,
        length=PROSE,
        steps=(),
        style={
            "site": site_name(column),
            "cell": chance.choice(CELLS),
            "paragraph": "word" if style.spans else chance.choice(PARAGRAPHS),
            "charset": style.charset,
            "copies": str(style.copies),
        },
    )
    draft = orderly(case, chance, drawn)
    return replace(
        draft,
        title=entry.title,
        published=f"{entry.published:%Y-%m-%d}",
        violations=tuple(where for _, where in violations),
    )


def form_code(year: int) -> str:
    """`2014`, `2019` or `2021`: the form that a report on the year is printed in."""
    return next(iter(forms_of(year).values()))


def known_figures(
    column: Column, entry: Entry
) -> tuple[Mapping[str, Decimal], tuple[tuple[str, str], ...]]:
    """The figures of a report page, and the identities that they break on purpose."""
    seed, number = column.site.plan.seed, column.agency.number
    drawn = figures(seed, number, entry.year)
    violations = broken(drawn, seed, number, entry.year)
    revision = entry.revision + (entry.kind == "correction")
    return corrected(drawn, revision), violations


def truth_of(column: Column, entry: Entry, style: Style = PLAIN) -> KnownReport:
    """What a reader must find on the page of a report: no cell where its tables are no text."""
    drawn, violations = known_figures(column, entry)
    if style.pictures or style.pdf_only:
        drawn, violations = {}, ()
    return KnownReport(
        url=column.site.base_url + article_path(column, entry),
        column=column.id,
        agency=column.agency.name,
        report_year=entry.year,
        title=entry.title,
        form=form_code(entry.year),
        cells=drawn,
        violations=violations,
    )


def article_html(column: Column, entry: Entry, style: Style = PLAIN) -> str:
    """The page that a row leads to, in the family's template."""
    draft, body = body_of(column, entry, style)
    page = article_templates()[layout_of(column).article_page]
    if "$nearby" in page["page"]:
        page = {**page, "page": page["page"].replace("$nearby", style.nearby.replace("$", "$$"))}
    return fill(page, draft, body)


def body_of(column: Column, entry: Entry, style: Style = PLAIN) -> tuple[Draft, str]:
    """What the family's template is filled with."""
    if entry.is_report:
        draft = draft_of(column, entry, style)
        if style.pdf_only:
            return draft, _files(entry, ("pdf",))
        if style.pictures:
            draft = replace(draft, blocks=tuple(map(_scanned, draft.blocks)))
        return draft, table(draft) + _files(entry, style.attachments)
    draft = Draft(
        agency=column.agency.name,
        title=entry.title,
        year=entry.year,
        forms={},
        truth={},
        blocks=(Prose(BESIDE[entry.kind]),) * 3,
        published=f"{entry.published:%Y-%m-%d}",
        style={"site": site_name(column), "charset": style.charset},
    )
    return draft, table(draft)


def _scanned(block: Block) -> Block:
    return Picture(f"./W0{block.id}.png", "") if isinstance(block, Grid) else block


def _files(entry: Entry, suffixes: tuple[str, ...]) -> str:
    return "".join(
        f'<p>附件：<a href="/files/{entry.number}.{suffix}">{escape(entry.title)}.{suffix}</a></p>'
        for suffix in suffixes
    )
