"""Counting a crawl while it runs: the ledgers of its columns, and the pages on their way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawlers.ledger import Ledger
from crawlers.registry import ReportColumn
from crawlers.summary import Progress


@dataclass(slots=True)
class Wanted:
    """A report page that at least one column links to; it is fetched once for all of them."""

    columns: list[str]
    link_text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report page; one object for all that went well: there are many."""

    is_new: bool = False
    why: str | None = None
    """Why it could not be had."""
    link_text: str | None = None
    gone: bool = False


NEW, UNCHANGED = Outcome(is_new=True), Outcome()


class Tally:
    """The ledgers of a crawl, and the report pages that are on their way."""

    def __init__(self, columns: Iterable[ReportColumn], years: Iterable[int]) -> None:
        asked = set(years)
        same: dict[frozenset[int], frozenset[int]] = {}
        self.ledgers = {
            column.id: Ledger(column, same.setdefault(due, due))
            for column in columns
            if (due := frozenset(column.due(asked)))
        }
        self.pages = 0
        self.reports = 0
        self.from_archive = 0
        self._wanted: dict[str, Wanted] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._done: set[str] = set()
        self._found: dict[str, int] = dict.fromkeys(self.ledgers, 0)
        self._found_in_all = 0

    def __getitem__(self, column: str) -> Ledger:
        """The ledger of a column by its id."""
        return self.ledgers[column]

    def want(self, url: str, column: str, link_text: str) -> bool:
        """Note that a column links to a report page; true if nobody asked for it before."""
        self[column].expect(url)
        if outcome := self._outcomes.get(url):
            self._settle(url, outcome, [column])
            return False
        if known := self._wanted.get(url):
            known.columns.append(column)
            return False
        self._wanted[url] = Wanted([column], link_text)
        return True

    def kept(self, url: str, *, is_new: bool) -> None:
        """A report page is in the archive."""
        self.pages += 1
        self.reports += 1
        outcome = self._outcomes[url] = NEW if is_new else UNCHANGED
        self._settle(url, outcome, self._wanted.pop(url).columns)

    def failed(self, url: str, why: str, *, gone: bool = False) -> None:
        """A report page could not be had; `gone`: its site says that there is none."""
        wanted = self._wanted.pop(url)
        outcome = self._outcomes[url] = Outcome(why=why, link_text=wanted.link_text, gone=gone)
        self._settle(url, outcome, wanted.columns)

    def _settle(self, url: str, outcome: Outcome, columns: Iterable[str]) -> None:
        for column in columns:
            if outcome.why is None:
                self[column].report_kept(url, is_new=outcome.is_new)
            else:
                failed = self[column].report_failed
                failed(url, outcome.why, outcome.link_text, gone=outcome.gone)
            self._recount(column)

    def _recount(self, column: str) -> None:
        """Bring the sums to what one column says: a country has thousands of them."""
        ledger = self[column]
        self._found_in_all += len(ledger.found) - self._found[column]
        self._found[column] = len(ledger.found)
        if ledger.done:
            self._done.add(column)
            ledger.rest()
        else:
            self._done.discard(column)

    def progress(self, column: str | None, message: str) -> Progress:
        """Where the crawl stands now."""
        if column is not None:
            self._recount(column)
        return Progress(
            column=column,
            message=message,
            columns=len(self.ledgers),
            columns_done=len(self._done),
            pages=self.pages,
            reports=self.reports,
            reports_found=self._found_in_all,
        )
