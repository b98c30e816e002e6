"""From a report's data to its page, accidents included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers.practice.accidents import ACCIDENTS
from crawlers.practice.model import PracticeReport, Section, Site
from crawlers.practice.page import Block, Heading, Page, Picture, Prose
from crawlers.practice.tables import table_four, table_three, table_two

TABLES = {"[t2]": table_two, "[t3]": table_three, "[t4]": table_four}
PICTURE = re.compile(r"\[image:(?P<source>[^|\]]+)\|(?P<alt>[^\]]*)\]")


def compose(report: PracticeReport, site: Site) -> Page:
    """The page of a report: its blocks in order, then its accidents, one after the other."""
    blocks: list[Block] = [Prose(text) for text in report.preamble]
    for section in report.sections:
        blocks.extend(_blocks(section, report))
    blocks.extend(Prose(text, align="right") for text in report.closing)
    page = Page(
        report.title, report.title, tuple(blocks), encoding=site.encoding, charset=site.charset
    )
    for mishap in report.accidents:
        page = ACCIDENTS[mishap.name](page, **mishap.options)
    return page


def _blocks(section: Section, report: PracticeReport) -> Iterator[Block]:
    yield Heading(section.heading)
    for text in section.blocks:
        if text in TABLES:
            yield TABLES[text](report)
        elif picture := PICTURE.fullmatch(text):
            yield Picture(picture["source"], picture["alt"])
        else:
            yield Prose(text)
