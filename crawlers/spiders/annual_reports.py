"""The spider: one for every CMS family. It fetches lists and reports and never reads a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.addresses import main_address
from crawlers.archive import KEPT
from crawlers.asking import FIRST, answered, moved_for_good, request_for
from crawlers.families import FAMILIES
from crawlers.families.base import Ask, Link, Listing
from crawlers.families.pager import MOST_PAGES
from crawlers.families.recognise import first_reading
from crawlers.job import CrawlJob
from crawlers.ledger import Ledger
from crawlers.listed import (
    DEEPEST,
    MOST_LISTS,
    ListRun,
    Lists,
    Lost,
    may_hold,
    named_years,
    title_of,
)
from crawlers.refused import RefusedError
from crawlers.spiders.files import FilesSpider, is_gone, why_of
from crawlers.summary import TIME_LIMIT, ColumnStatus, PageProblem
from crawlers.text import decode_page
from crawlers.traps import trap, without_session
from storage.captures import Kept, PageClaim, media_type

EMPTY = "empty"  # a kind of `crawlers.blocked`


class AnnualReportsSpider(FilesSpider):
    """List pages of the registry, the reports they link to, and no other page."""

    name = "annual_reports"

    def __init__(self, job: CrawlJob, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self._lists: defaultdict[str, Lists] = defaultdict(Lists)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> AnnualReportsSpider:
        """Scrapy's way of making one; signals are held weakly, so methods only."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._broke, signals.spider_error)
        crawler.signals.connect(spider._closed, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The first list page of each column; pace is per host, in `settings.py`."""
        for column in self.job.columns:
            for request in self._open(self.job.tally[column.id], column.list_url):
                request.meta[FIRST] = True
                yield request

    def _open(
        self, ledger: Ledger, list_url: str, depth: int = 0, link: Link | None = None
    ) -> Iterator[Request]:
        """Begin a list, once: the column's own or one below it."""
        family = ledger.column.family
        ask = FAMILIES[family].first(list_url)
        lists = self._lists[ledger.column.id]
        if not lists.may_begin(ask):
            return
        if lists.is_endless:
            why = f"more than {MOST_LISTS} lists below: not followed"
            ledger.list_failed(Lost(list_url, ColumnStatus.UNREACHED, why))
            return
        yield from self._ask_list(ledger, ListRun(family, ask, depth, link), ask)

    def _ask_list(self, ledger: Ledger, run: ListRun, ask: Ask) -> Iterator[Request]:
        if not run.may_ask(ask):
            return
        why = f"more than {MOST_PAGES} list pages: not followed" if run.is_endless else None
        if why := why or trap(ask.url):
            ledger.list_failed(Lost(ask.url, ColumnStatus.UNREACHED, why))
            return
        ledger.open_lists += 1
        run.open += 1
        yield request_for(
            ask,
            self.parse_list,
            self.list_failed,
            PageClaim(ledger.column.id, "list"),
            column=ledger.column.id,
            run=run,
            asked=ask,
        )

    def parse_list(
        self, response: Response, column: str, run: ListRun, asked: Ask
    ) -> Iterator[Request]:
        """Follow the rows that are reports of the years asked, then pages and columns below."""
        ledger = self.job.tally[column]
        ledger.open_lists -= 1
        run.open -= 1
        if not self._is_end(response, run) and (refusal := self.refusal(response, [ledger])):
            lost = Lost(response.url, *refusal, is_gone=is_gone(response))
            yield from self._refused(ledger, run, lost)
            return
        self.job.tally.pages += 1
        if run.lost:
            listing = FAMILIES[run.family].listing(decode_page(response.body), asked)
            yield from list(self._find_again(ledger, run, run.lost, listing))
            return
        ledger.list_came(response.url, moved_for_good(response))
        listing = self._read(ledger, run, decode_page(response.body), answered(asked, response))
        seen_before = ledger.reports_seen
        # Main pages first: a mobile or printed face of one is then known as such.
        rows = sorted(listing.links, key=lambda row: main_address(row.url) != row.url)
        links = [replace(link, url=without_session(link.url)) for link in rows]
        # At once: other pages are read between two requests, and would find the list at its end.
        followed = [request for link in links for request in self._consider(ledger, link)]
        followed += self._follow(ledger, run, listing)
        if ledger.reports_seen > seen_before:
            self._note_new_column(ledger, run)
        elif not followed and self._is_first(run, 1):
            lost = Lost(response.url, ColumnStatus.EMPTY, "it names no annual report")
            followed = list(self._ask_above(ledger, lost))
        self.job.say(column, f"list page {ledger.lists}: {len(ledger.found)} reports so far")
        yield from followed

    def _refused(self, ledger: Ledger, run: ListRun, lost: Lost) -> Iterator[Request]:
        """Look for a column that is gone where its parent leads to; give up any other list."""
        has_parent = self.job.year_columns.parent_of(ledger.column) is not None
        if lost.is_gone and self._is_first(run, 0) and has_parent:
            yield from self._ask_above(ledger, lost)
            return
        self._give_up(ledger, run, lost)
        yield from self._ask_waiting(ledger, run)

    def _is_first(self, run: ListRun, pages: int) -> bool:
        """Whether this is the column's own address, of which so many pages have come."""
        return not run.lost and not run.depth and run.pages == pages

    def _ask_above(self, ledger: Ledger, lost: Lost) -> Iterator[Request]:
        """Ask the column's parent, where it has one, for where it stands now."""
        if parent := self.job.year_columns.parent_of(ledger.column):
            ask = FAMILIES[parent.family].first(parent.list_url)
            yield from self._ask_list(ledger, ListRun(parent.family, ask, lost=lost), ask)

    def _give_up(self, ledger: Ledger, run: ListRun, lost: Lost) -> None:
        if run.lost:  # what failed is the page that should lead to it
            why = f"{run.lost.why}; {ledger.column.parent}, which leads to it: {lost.why}"
            lost = replace(run.lost, why=why)
        ledger.list_failed(lost)
        self.job.say(ledger.column.id, f"{lost.status}: {lost.why} {lost.url}")

    def _find_again(
        self, ledger: Ledger, run: ListRun, lost: Lost, listing: Listing
    ) -> Iterator[Request]:
        """From a page of the parent to the columns of the years asked; else to its next pages."""
        below = self.job.year_columns
        for link in below.candidates(listing.columns, ledger.years):
            run.rows.add(link.url)
            ledger.found_column(link, below.row_to_add(ledger.column, link), lost)
            yield from self._open(ledger, link.url, 1, link)
        for ask in () if run.rows else listing.more:
            yield from self._ask_list(ledger, run, ask)
        if not run.rows and not run.open:
            self._give_up(ledger, run, replace(lost, why="it names no other column of its years"))

    def _note_new_column(self, ledger: Ledger, run: ListRun) -> None:
        """A year's column without a row, where its fellows of other years have one each."""
        below = self.job.year_columns
        if run.link and run.depth == 1 and below.opens_years(ledger.column):
            row = below.row_to_add(ledger.column, run.link)
            if row is not None:
                ledger.found_column(run.link, row)

    def _is_end(self, response: Response, run: ListRun) -> bool:
        """Whether this is the empty page that some systems give past the end of a list."""
        kept: Kept = response.meta[KEPT]
        return run.pages > 0 and response.status == 200 and kept.blocked == EMPTY

    def _read(self, ledger: Ledger, run: ListRun, text: str, asked: Ask) -> Listing:
        """What a page says; on the first one the registry's claim is put to the test."""
        run.pages += 1
        if run.pages > 1:
            return FAMILIES[run.family].listing(text, asked)
        reading = first_reading(run.family, text, asked)
        run.family = reading.family
        if reading.note:
            ledger.notes.append(reading.note)
            self.job.say(ledger.column.id, reading.note)
        if run.link and reading.listing == Listing():
            # A year's page without a row or a readable body: the report as a picture or a file.
            return Listing((replace(run.link, url=asked.url),))
        return reading.listing

    def _follow(self, ledger: Ledger, run: ListRun, listing: Listing) -> Iterator[Request]:
        """The pages after this one while they bring new rows, and the columns below."""
        if run.adds(listing) or not run.rows:
            run.waiting.extend(replace(ask, url=without_session(ask.url)) for ask in listing.more)
        yield from self._ask_waiting(ledger, run)
        for link in listing.columns:
            yield from self._descend(ledger, run, link)
        if run.shortfall:
            ledger.is_partial = True
            ledger.failed.append(PageProblem(url=run.first.url, why=run.shortfall))

    def _ask_waiting(self, ledger: Ledger, run: ListRun) -> Iterator[Request]:
        if why := run.breaks_off:
            ledger.notes.append(f"{run.first.url}: {why}")
        for ask in run.next_asks():
            yield from self._ask_list(ledger, run, ask)

    def _descend(self, ledger: Ledger, run: ListRun, link: Link) -> Iterator[Request]:
        if not may_hold(link, ledger.years):
            ledger.years_below.update(named_years(link)[-1:])
            return
        if run.depth >= DEEPEST:
            return
        if why := self.job.outside(link.url):
            ledger.skipped[link.url] = PageProblem(url=link.url, why=why, link_text=link.text)
            return
        yield from self._open(ledger, link.url, run.depth + 1, link)

    def _consider(self, ledger: Ledger, link: Link) -> Iterator[Request]:
        column = ledger.column
        title = title_of(link, column.only_year, lists_agencies=column.owner == "row")
        if not title.is_report:
            ledger.passed_over += 1
            return
        ledger.reports_seen += 1
        ledger.years_seen.update(title.years)
        if title.years and not ledger.years.intersection(title.years):
            return
        if ledger.has_page(link.url):
            ledger.name_again(link)
            return
        if why := self.job.outside(link.url):
            problem = PageProblem(url=link.url, why=why, link_text=link.text)
            ledger.skipped[link.url] = problem
            return
        # One paper about two years is claimed for the later of those asked for.
        year = max((year for year in ledger.years if year in title.years), default=None)
        ledger.undated += not title.years
        ledger.name(link, year, title.years)
        if ledger.is_known(link, year):
            ledger.pass_known(link)
        elif ledger.sample is not None and len(ledger.found) >= ledger.sample:
            ledger.leave_out(title.years)
        elif self.job.tally.want(link.url, ledger.column.id, link.text):
            yield self._ask_report(ledger, link, year)

    def _ask_report(self, ledger: Ledger, link: Link, year: int | None) -> Request:
        column = self.job.owner_of(link.url, ledger.column)
        return request_for(
            link.ask or Ask(link.url),
            self.parse_report,
            self.report_failed,
            PageClaim(column, "report", year, link.text),
            keep_as=link.url,
            link=link.url,
            column=ledger.column.id,
        )

    def parse_report(self, response: Response, link: str, column: str) -> Iterator[Request]:
        """The bytes are kept; of what they mean the crawler looks at the attachments alone."""
        if refusal := self.refusal(response, [self.job.tally[column]]):
            self.job.tally.failed(link, refusal[1], gone=is_gone(response))
            self.job.say(column, f"{refusal[1]} {response.url}")
            return
        kept: Kept = response.meta[KEPT]
        self.job.tally.kept(link, is_new=kept.is_new)
        self.job.say(column, f"{'new' if kept.is_new else 'unchanged'} {response.url}")
        if media_type(response.body) is None:
            yield from self.ask_attachments(response, kept, column)

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        """No answer to a list page; those after it may have one."""
        request: Request = failure.request  # type: ignore[attr-defined]
        column = request.cb_kwargs["column"]
        ledger, why = self.job.tally[column], why_of(failure)
        ledger.open_lists -= 1
        run: ListRun = request.cb_kwargs["run"]
        run.open -= 1
        error = failure.value
        status = error.status if isinstance(error, RefusedError) else ColumnStatus.UNREACHED
        self._give_up(ledger, run, Lost(request.url, status, why))
        yield from self._ask_waiting(ledger, run)

    def report_failed(self, failure: Failure) -> None:
        """No answer to a report page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        link, why = request.cb_kwargs["link"], why_of(failure)
        self.job.tally.failed(link, why)
        self.job.say(request.cb_kwargs["column"], f"{why} {link}")

    def _broke(self, failure: Failure, response: Response) -> None:
        """An error of ours in a callback: Scrapy would log it and end the crawl as finished."""
        ledger = self.job.tally[response.cb_kwargs["column"]]
        ledger.failed.append(PageProblem(url=response.url, why=f"our error: {why_of(failure)}"))

    def _closed(self, reason: str) -> None:
        self.job.reason = TIME_LIMIT if reason == "closespider_timeout" else reason
