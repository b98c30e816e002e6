"""A page that prints the reports of several agencies, or of several years: one of them is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.text import SENTENCE, squeeze, tight
from pipeline.findings import finding
from pipeline.forms.sections import section_of
from pipeline.model import Block, Claim, Document, Finding, Paragraph
from pipeline.parse.dates import read_year
from pipeline.parse.identity import KIND, KIND_MARK, SUBJECT, agency_in_title

LONGEST_TITLE = 60
"""Characters of a title on a line of its own; the longest seen has 44."""


def one_report(document: Document, claim: Claim) -> tuple[Document, list[Finding]]:
    """The document with the blocks of one report, and a finding where there were more.

    A report begins anew at a title below a section heading, where headings come again after it. The
    one whose title names the agency of the column is read, else the first.
    """
    starts = list(_starts(document.blocks))
    if not starts:
        return document, []
    bounds = [0, *starts, len(document.blocks)]
    parts = [document.blocks[a:b] for a, b in pairwise(bounds)]
    titles = [_text(part[0]) for part in parts[1:]]
    chosen = next((n for n, title in enumerate(titles, 1) if _is_claimed(title, claim)), 0)
    fields = document.fields
    if chosen:
        fields = replace(fields, titles=(titles[chosen - 1],))
    values = {"count": len(parts), "title": squeeze(titles[0]), "number": chosen + 1}
    told = finding("several_reports", "page", **values)
    return replace(document, fields=fields, blocks=tuple(parts[chosen])), [told]


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


def _is_claimed(title: str, claim: Claim) -> bool:
    agency = agency_in_title(title)
    return bool(agency and claim.agency and tight(claim.agency).endswith(agency))
