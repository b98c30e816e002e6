"""A page that prints the reports of several agencies, or of several years: one of them is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from pipeline.extract.text import SENTENCE, squeeze, tight
from pipeline.findings import finding
from pipeline.forms.sections import section_of
from pipeline.model import Block, Claim, Document, Finding, Paragraph
from pipeline.parse.dates import read_year
from pipeline.parse.identity import KIND, KIND_MARK, SUBJECT, agency_in_title, best_title

LONGEST_TITLE = 60
"""Characters of a title on a line of its own; the longest seen has 44."""


def one_report(document: Document, claim: Claim) -> tuple[Document, list[Finding]]:
    """The document with the blocks of one report, and a finding where there were more.

    A report begins anew at a title below a section heading, where headings come again after it. The
    one of the column's agency and year is read, or of those that the page's own title names, else
    the first.
    """
    starts = list(_starts(document.blocks))
    if not starts:
        return document, []
    bounds = [0, *starts, len(document.blocks)]
    parts = [document.blocks[a:b] for a, b in pairwise(bounds)]
    own = _own_title(document.fields.titles)
    titles = [_title_above(parts[0]) or own or "", *(_text(part[0]) for part in parts[1:])]
    chosen = _chosen(titles, claim, own or "")
    fields = document.fields
    if chosen or read_year(titles[0]) != read_year(own or ""):
        fields = replace(fields, titles=(titles[chosen],))
    values = {"count": len(parts), "title": squeeze(titles[1]), "number": chosen + 1}
    told = finding("several_reports", "page", **values)
    return replace(document, fields=fields, blocks=tuple(parts[chosen])), [told]


def _own_title(titles: Sequence[str]) -> str | None:
    """The page's own title: of the year that most of its titles name, of as many the latest."""
    named = {title: read_year(title) or 0 for title in titles if best_title((title,))}
    told = Counter(named.values())
    year = max(told, key=lambda year: (told[year], year), default=0)
    return best_title([title for title in named if named[title] == year])


def _title_above(blocks: Sequence[Block]) -> str | None:
    """The last title before the first section heading."""
    before = takewhile(lambda text: not (text and section_of(text)), map(_text, blocks))
    return next((text for text in reversed(list(before)) if _is_title(text)), None)


def _chosen(titles: Sequence[str], claim: Claim, own: str) -> int:
    """The first of those titles that say most of what is wanted: the agency, then the year."""
    agency = claim.agency or agency_in_title(own)
    year = claim.report_year or read_year(own)

    def said(number: int) -> tuple[bool, bool]:
        title = titles[number]
        return _names(title, agency), year is not None and read_year(title) == year

    return max(range(len(titles)), key=said)


def _starts(blocks: Sequence[Block]) -> Iterator[int]:
    """Blocks that are the title of a further report."""
    headed: set[str] = set()
    waiting: int | None = None
    for number, block in enumerate(blocks):
        text = _text(block)
        section = section_of(text) if text else None
        if section:
            if waiting is not None and section in headed:
                yield waiting
                headed = set()
            waiting = None
            headed.add(section)
        elif headed and _is_title(text):
            waiting = number


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def _is_title(text: str) -> bool:
    if not text or len(text) > LONGEST_TITLE or SENTENCE.search(text):
        return False
    words = tight(text)
    if SUBJECT not in words or KIND_MARK not in words or not KIND.search(words):
        return False
    return read_year(text) is not None and agency_in_title(text) is not None


def _names(title: str, agency: str | None) -> bool:
    named = agency_in_title(title)
    return bool(named and agency and tight(agency).endswith(named))
