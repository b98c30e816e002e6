"""One list while its pages come in: what was asked, what came, when it ends."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawlers.addresses import article_of, is_file
from crawlers.families.base import Ask, Link, Listing
from crawlers.families.pager import MOST_PAGES
from crawlers.summary import ColumnStatus
from crawlers.titles import Title, normalised, read_title

# 年报 > 各部门 > 2024年 > a department: the deepest tree seen has three columns below the first.
DEEPEST = 4
# A prefecture has some 60 departments, a county 20 towns: of more, a whole site lies below.
MOST_LISTS = 300
# Pages of one list asked for at once, and pages without a new row after which the rest is not asked
# for: one may repeat the page before it because rows came in meanwhile.
MOST_OPEN, MOST_IDLE = 4, 2
YEAR_ALONE = re.compile(r"(?P<year>20\d\d)年?(?:年?度)?(?:年报|报告|年度报告)?(?:\.[a-zA-Z]{3,4})?")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(slots=True)
class Lists:
    """The lists of one column that were begun: its own, and those below it."""

    begun: set[Ask] = field(default_factory=set)

    def may_begin(self, ask: Ask) -> bool:
        """True once for each list, the one too many included: then `is_endless` says so."""
        if ask in self.begun or self.is_endless:
            return False
        self.begun.add(ask)
        return True

    @property
    def is_endless(self) -> bool:
        """There are more than a crawl visits."""
        return len(self.begun) > MOST_LISTS


@dataclass(frozen=True, slots=True)
class Lost:
    """A list's address, and what came of asking for it."""

    url: str
    status: ColumnStatus
    why: str
    is_gone: bool = False
    """The site says that there is no such page."""


@dataclass(slots=True)
class ListRun:
    """The pages of one list: the column's own, or one below it."""

    family: str
    """The family that reads it."""
    first: Ask
    depth: int = 0
    link: Link | None = None
    """What led here; null for the column's own list."""
    lost: Lost | None = None
    """The column's own address, if these are the pages of its parent, asked for where it is now."""
    asked: set[Ask] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    totals: list[int] = field(default_factory=list)
    """How many rows it said it has, each time that it said another number."""
    open: int = 0
    """Pages asked for and not answered yet."""
    waiting: deque[Ask] = field(default_factory=deque)
    """Pages known of and not asked for yet."""
    idle: int = 0
    """Pages in a row that brought no new row."""
    pages: int = 0
    """Pages that came."""

    def may_ask(self, ask: Ask) -> bool:
        """True once for each page, and never for more than a list can have."""
        if ask in self.asked or len(self.asked) > MOST_PAGES:
            return False
        self.asked.add(ask)
        return True

    @property
    def is_endless(self) -> bool:
        """It went on after the last page that a crawl asks for."""
        return len(self.asked) > MOST_PAGES

    def adds(self, listing: Listing) -> bool:
        """Note the rows of a page; false if all were known: the pages go round in circles."""
        before = len(self.rows)
        self.rows.update(link.url for link in listing.links)
        if listing.total is not None and self.totals[-1:] != [listing.total]:
            self.totals.append(listing.total)
        self.idle = 0 if len(self.rows) > before or not self.rows else self.idle + 1
        return len(self.rows) > before

    @property
    def breaks_off(self) -> str | None:
        """Said of pages that will not be asked for, where no promised number tells what is left."""
        if self.idle < MOST_IDLE or not self.waiting or self.totals:
            return None
        left = len(self.waiting)
        return f"{self.idle} pages brought no new row: {left} after them are not asked for"

    def next_asks(self) -> Iterator[Ask]:
        """The pages to ask for now: a few at a time, and none once the list goes round in circles.

        A pager may promise thousands; a page that was not had promises nothing, and is passed over.
        """
        if self.idle >= MOST_IDLE:
            self.waiting.clear()
        while self.waiting and self.open < MOST_OPEN:
            yield self.waiting.popleft()

    @property
    def shortfall(self) -> str | None:
        """Said once the list has ended: it may have, or has, rows that were not seen."""
        if self.open or not self.totals:
            return None
        if len(self.totals) > 1:
            numbers = ", then ".join(map(str, self.totals))
            return f"the list said {numbers} rows: it changed while it was read, rows may be missed"
        if len(self.rows) >= self.totals[0]:
            return None
        return (
            f"the list says it has {self.totals[0]} rows and gave {len(self.rows)}: it is cut short"
        )


def named_years(column: Link) -> list[int]:
    """The years that a column is named by, in its text or else in its address; maybe none."""
    # The last year of a path: 2010zfxxgk/2025/ is the column of 2025.
    named = YEAR.findall(column.text) or YEAR.findall(urlsplit(column.url).path)[-1:]
    return [int(year) for year in named]


def may_hold(column: Link, years: frozenset[int]) -> bool:
    """Whether a column below can hold reports of those years, by its name or its address.

    A column of a year holds the reports about it, or those published in it, about the year before.
    One that names no year holds any.
    """
    named = named_years(column)
    return not named or any({year, year - 1} & years for year in named)


def title_of(link: Link, column_year: int | None, *, lists_agencies: bool) -> Title:
    """What a row names, in a column of one year or of many agencies.

    There a row may be an agency's name alone; a menu has such links too, but not to articles. A
    year alone that leads to a file is the report of that year: its column holds nothing else.
    """
    if is_file(link.url) and (named := YEAR_ALONE.fullmatch(normalised(link.text))):
        return Title(is_report=True, years=(int(named["year"]),))
    return read_title(
        link.text,
        link.published,
        column_year=column_year,
        lists_agencies=lists_agencies and article_of(link.url) is not None,
    )
