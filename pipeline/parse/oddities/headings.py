"""Titles and section headings that are not printed as they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.text import core, squeeze, tight
from pipeline.findings import finding
from pipeline.forms.sections import heading_words, is_older, load_sections, section_of
from pipeline.model import Block, Finding, Paragraph, Section
from pipeline.parse.identity import BEGINS_TITLE, SEPARATORS

SHORTEST_PIECE = 8
"""Characters of a title's beginning that cannot be the beginning of anything else."""

IS_WHOLE = re.compile("(?:报告|年报)$")
"""A title that ends so lacks nothing, whatever the site sets behind it elsewhere."""


def oddities_of_title(
    title: str | None, candidates: Sequence[str], blocks: Sequence[Block]
) -> Iterator[Finding]:
    """A title on two lines; a line, in the body too, that is the title cut off in mid-word."""
    whole = tight(title or "")
    lines = [tight(SEPARATORS.split(each)[0]) for each in candidates]
    if not whole:
        return
    if whole not in lines:
        yield finding("title_on_two_lines", "title", title=squeeze(title or ""))
    cut = [
        line
        for line in (*lines, *_above_headings(blocks))
        if SHORTEST_PIECE <= len(line) < len(whole)
        and whole.startswith(line)
        and not (BEGINS_TITLE.search(line) or IS_WHOLE.search(line))
    ]
    for line in dict.fromkeys(cut):
        yield finding("title_cut", "title", printed=line)


def _above_headings(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if section_of(block.text):
                return
            yield tight(block.text)


def oddities_of_headings(sections: Sequence[Section], year: int | None) -> Iterator[Finding]:
    """Headings of the six sections in other words than the form's."""
    if is_older(year):
        return
    official = load_sections()
    for section in sections:
        label = official[section.id][0] if section.id in official else ""
        printed = core(heading_words(section.heading))
        if label and printed and printed != core(label):
            values = {"printed": squeeze(section.heading), "label": label}
            yield finding("heading_variant", f"section.{section.id}", **values)
