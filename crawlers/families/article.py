"""A column that is itself the report: told by its headings, named by the title that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsel import Selector

from crawlers.families.base import Link
from crawlers.families.rows import joined, printed_date
from crawlers.families.tree import tree_of
from crawlers.titles import read_title

# Headings and fixed phrases of the forms since 2008; a list page prints none, a notice one or two.
HEADINGS = (
    re.compile(r"[一1]\s*[、.．]\s*(总体情况|概述)"),
    re.compile(r"[二2]\s*[、.．]\s*主动公开"),
    re.compile(r"[三3]\s*[、.．]\s*(收到和处理|依申请公开)"),
    re.compile(r"[四4]\s*[、.．]\s*[^<]{0,12}(行政复议|行政诉讼|收费)"),
    re.compile(r"[五5]\s*[、.．]\s*[^<]{0,12}(主要问题|存在|改进|复议)"),
    re.compile(r"统计期限"),
    re.compile(r"第二十条第（[一五六八九]）项"),
)
ENOUGH_HEADINGS = 3
TITLES = ("//h1 | //h2 | //h3 | //h4", "//title")  # the last has the site's name behind it
# Older templates print the title in a cell; a sentence is longer than any title.
SHORT_TEXTS = "//body//*[self::td or self::p or self::div or self::span or self::strong or self::b]"
LONGEST_TITLE = 80
META = "//meta[translate(@name, 'ARTICLETITLE', 'articletitle')='articletitle']/@content"
PUBLISHED = re.compile(
    r"(?:发布|发文|公开)?(?:时间|日期)\s*+[:：]?\s*+(?:<[^>]{1,200}>\s*+){0,5}+(20\d\d\D\d{1,2}\D\d{1,2})"
)
PUBDATE = re.compile(r"""name=["']PubDate["']\s+content=["'](\d{4}-\d\d-\d\d)""", re.IGNORECASE)


def is_report_page(html: str) -> bool:
    """Whether the page prints the headings of a report, and is no list of reports."""
    return sum(heading.search(html) is not None for heading in HEADINGS) >= ENOUGH_HEADINGS


def self_link(html: str, url: str) -> Link | None:
    """The page as a row of itself; null where it is no report or prints no title of one."""
    if not is_report_page(html):
        return None
    title = _title(tree_of(html).page)
    return Link(url, title, _published(html)) if title else None


def _title(page: Selector) -> str | None:
    """The first title of a report with its year, else the first without."""
    named = [text for text in _texts(page) if read_title(text).is_report]
    return next((text for text in named if read_title(text).years), named[0] if named else None)


def _texts(page: Selector) -> Iterator[str]:
    yield from map(joined, page.xpath(META).getall())
    for path in TITLES:
        yield from (joined(found.xpath("string(.)").get(default="")) for found in page.xpath(path))
    for found in page.xpath(SHORT_TEXTS):
        text = joined("".join(found.xpath("text()").getall()))
        if len(text) <= LONGEST_TITLE:
            yield text


def _published(html: str) -> str | None:
    found = PUBDATE.search(html) or PUBLISHED.search(html)
    return printed_date(found[1]) if found else None
