"""Blocks -> the statutory sections with their prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.fields import STAMP
from pipeline.extract.text import tight
from pipeline.findings import finding
from pipeline.forms.sections import required_sections, section_of
from pipeline.model import Block, Finding, Paragraph, Section

PREFACE = "preface"
"""Sentences before the first heading: the basis, 统计期限, the address for questions."""

SENTENCE = re.compile("[。；]|，.{2,60}[:：]$|，.{10}")
"""Above the first heading a line without one is a title, kept among the page's fields; a line that
goes on behind its comma is the first of a sentence that was torn."""

STOP = re.compile("[。，：；]")

CLOSING = "closing"
"""The signature: agency and date below the last section."""

DATE_LINE = re.compile(r"(?:二[〇○零O0].{1,3}年|\d{4}年).{1,8}日")


APPENDIX = "appendix"
CHAPTERS_BEFORE_APPENDIX = 3
"""Below so many, 附件 is a link at the head of the page."""


def read_sections(blocks: Sequence[Block], *, older: bool = False) -> tuple[Section, ...]:
    """Sections in page order, each id once; a repeated heading goes on with its section.

    `older`: the chapters of reports before 2019. Their appendix is the last of them: the list in it
    has headings of its own.
    """
    texts: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    current = PREFACE
    for block in blocks:
        if not isinstance(block, Paragraph) or not block.text:
            continue
        section = section_of(block.text, older=older)
        if current == APPENDIX and len(headings) > CHAPTERS_BEFORE_APPENDIX:
            section = None
        if section:
            current = section
            headings.setdefault(section, block.text)
            texts.setdefault(section, [])
        elif current != PREFACE or SENTENCE.search(block.text):
            texts.setdefault(current, []).append(block.text)
    _split_closing(texts, current)
    return tuple(Section(id_, headings.get(id_, ""), "\n".join(t)) for id_, t in texts.items())


def _split_closing(texts: dict[str, list[str]], last: str) -> None:
    """Move a dated signature from the last section into one of its own."""
    lines = texts.get(last, [])
    dated = [n for n in range(max(len(lines) - 3, 0), len(lines)) if _is_date(lines[n])]
    if not dated or last == PREFACE:
        return
    start = dated[0]
    if start and not STOP.search(lines[start - 1]) and len(lines[start - 1]) > 3:
        start -= 1
    texts[CLOSING] = lines[start:]
    texts[last] = lines[:start]


def _is_date(line: str) -> bool:
    words = tight(line)
    return DATE_LINE.fullmatch(words) is not None or STAMP.fullmatch(words) is not None


def stamp_below(sections: Sequence[Section]) -> str | None:
    """The date of publication that stands without a name at the end of the page.

    None where several do. A signature's date is none: it says when the report was written.
    """
    closing = next((s.text for s in sections if s.id == CLOSING), "")
    stamps = [line for line in closing.split("\n") if STAMP.fullmatch(tight(line))]
    return stamps[0] if len(stamps) == 1 else None


def missing_sections(sections: Sequence[Section], year: int | None) -> list[Finding]:
    """A finding for each section that the year's reports must have and the page does not head."""
    there = {section.id for section in sections}
    return [
        finding("section_missing", f"section.{id_}", label=label)
        for id_, label in required_sections(year).items()
        if id_ not in there
    ]
