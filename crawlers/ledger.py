"""What a crawl knows of one column, turned into its part of the summary at the end."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from crawlers.addresses import page_key
from crawlers.coverage import Coverage, Listed
from crawlers.families.base import Link
from crawlers.listed import Lost
from crawlers.registry import ReportColumn
from crawlers.summary import ColumnStatus, ColumnSummary, PageProblem
from storage.captures import ColumnListing, Entry, State

Packed = bytes
Before = Any
"""A row of the index: `storage.captures` gives it, by column name."""
NEVER_ASKED = "the crawl ended before its list was asked for"


@dataclass(slots=True)
class Ledger:
    """What is known of one column so far."""

    column: ReportColumn
    years: frozenset[int]
    """The years asked that the column can hold."""
    lists: int = 0
    open_lists: int = 0
    """List pages asked for and not answered yet."""
    problem: Lost | None = None
    """What became of the first list page, where it is not a list."""
    reports_seen: int = 0
    """Annual reports of any year on the list pages."""
    years_seen: set[int] = field(default_factory=set)
    years_below: set[int] = field(default_factory=set)
    """Of columns below that can hold none of the years asked."""
    years_left_out: set[int] = field(default_factory=set)
    also_about: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Report URL -> its years, where one paper is about several."""
    hosts: set[str] = field(default_factory=set)
    """Where its lists were found to stand, redirects followed."""
    found: dict[str, bool] = field(default_factory=dict)
    """Report URL -> kept or given up."""
    twins: dict[str, str] = field(default_factory=dict)
    """Mobile, printed or http face of a report -> the page that stands for it."""
    deep: bool = True
    """Ask for every page, not only where the list says something new."""
    sample: int | None = None
    before: Mapping[str, Before] = field(default_factory=dict)
    """What its lists named in earlier crawls, by URL."""
    is_partial: bool = False
    """A list page was not had, or gave fewer rows than it promised."""
    known: int = 0
    attachments: int = 0
    left_out: int = 0
    new: int = 0
    unchanged: int = 0
    undated: int = 0
    blocked: int = 0
    passed_over: int = 0
    skipped: dict[str, PageProblem] = field(default_factory=dict)
    failed: list[PageProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows_to_add: list[str] = field(default_factory=list)
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    _entries: dict[str, Entry] | Packed = field(default_factory=dict)
    """Packed while nothing happens to them."""
    _pages: dict[str, str] | None = None
    """Page key -> the address that a report's page is asked for under; null while nothing is."""

    @property
    def entries(self) -> dict[str, Entry]:
        """What its lists name now, by URL."""
        if isinstance(self._entries, Packed):
            rows = json.loads(zlib.decompress(self._entries))
            self._entries = {row[0]: Entry(*row) for row in rows}
        return self._entries

    def has_page(self, url: str) -> bool:
        """Whether a report's page is known, under this address or another face of it."""
        main = self._by_key().get(page_key(url))
        if main is None:
            return False
        if main != url:
            self.twins[url] = main
        return True

    def _by_key(self) -> dict[str, str]:
        if self._pages is None:
            self._pages = {}
            for url in self.found:
                if url not in self.entries or self.entries[url].state != "known":
                    self._pages.setdefault(page_key(url), url)
        return self._pages

    def rest(self) -> None:
        """Let go of what can be made again: most columns of a long crawl are done."""
        self._pages = None
        if self._entries and not isinstance(self._entries, Packed):
            rows = [astuple(entry) for entry in self._entries.values()]
            self._entries = zlib.compress(json.dumps(rows).encode())

    def list_came(self, url: str, note: str | None) -> None:
        """A list page was read; `note`: what people should know of its address."""
        self.lists += 1
        self.hosts.add(urlsplit(url).hostname or "")
        if note is not None:
            self.notes.append(note)

    def found_column(self, link: Link, row: str | None, lost: Lost | None = None) -> None:
        """A column that has no row was found: below this one, or in place of it (`lost`)."""
        if row is not None:
            self.rows_to_add.append(row)
        instead = f"{lost.url} is not the column any more ({lost.why}); " if lost else ""
        leads = f"{self.column.parent if lost else self.column.id} leads to {link.url}"
        self.notes.append(f"{instead}{leads} ({link.text}), which has no row yet: add one")

    def list_failed(self, lost: Lost) -> None:
        """A list page that gave no rows: the column's status if it is the first page."""
        self.is_partial = True
        if not self.lists and self.problem is None:
            self.problem = lost
        else:
            self.failed.append(PageProblem(url=lost.url, why=lost.why))

    def expect(self, url: str) -> None:
        """A report page is linked and will be asked for."""
        self.found[url] = False
        self._by_key().setdefault(page_key(url), url)

    def report_kept(self, url: str, *, is_new: bool) -> None:
        """A report page is in the archive."""
        self.found[url] = True
        self.new += is_new
        self.unchanged += not is_new
        self._became(url, "kept")

    def report_failed(self, url: str, why: str, link_text: str | None, *, gone: bool) -> None:
        """A report page was linked and could not be had; `gone`: its site says there is none."""
        self.found[url] = True
        self._became(url, "gone" if gone else "failed")
        self.failed.append(PageProblem(url=url, why=why, link_text=link_text))

    def name(self, link: Link, year: int | None, years: tuple[int, ...] = ()) -> None:
        """The lists name a report; nothing is known of its page yet.

        `year` is the one that it is claimed for, `years` those that it is about.
        """
        if len(years) > 1:
            self.also_about[link.url] = years
        self.entries[link.url] = Entry(link.url, link.text, link.published, year, "failed")

    def name_again(self, link: Link) -> None:
        """Another face of a page that stands there already: what was named before is no orphan."""
        row = self.before.get(link.url)
        if row is not None and link.url not in self.entries:
            year = row["report_year"]
            self.entries[link.url] = Entry(link.url, link.text, link.published, year, "known")

    def is_known(self, link: Link, year: int | None) -> bool:
        """Whether its page need not be asked for: had before, and the row says what it said."""
        row = self.before.get(link.url)
        if self.deep or row is None or row["state"] not in {"kept", "gone"}:
            return False
        said = (row["title"], row["published"], row["report_year"])
        return said == (link.text, link.published, year)

    def pass_known(self, link: Link) -> None:
        """Count a page that is not asked for."""
        self.found[link.url] = True
        self.known += 1
        self._became(link.url, "known")

    def _became(self, url: str, state: State) -> None:
        if url in self.entries:
            self.entries[url] = replace(self.entries[url], state=state)

    @property
    def is_complete(self) -> bool:
        """Every list page was read: what they do not name has vanished."""
        answered = self._status()[0] is ColumnStatus.ANSWERED
        return answered and not self.is_partial and self.sample is None

    @property
    def vanished(self) -> tuple[str, ...]:
        """Pages that were there, and are not any more."""
        there = (u for u, row in self.before.items() if row["vanished_at"] is None)
        return tuple(sorted(url for url in there if self._is_gone(url)))

    def _is_gone(self, url: str) -> bool:
        entry = self.entries.get(url)
        if entry is not None:
            return entry.state == "gone"
        return self.is_complete and self.before[url]["report_year"] in self.years

    def listing(self) -> ColumnListing:
        """What the archive notes of the column."""
        return ColumnListing(
            column=self.column.id,
            years=tuple(sorted(self.years)),
            deep=self.deep,
            complete=self.is_complete,
            entries=tuple(self.entries.values()),
        )

    @property
    def done(self) -> bool:
        """All its lists and reports are kept or given up."""
        asked = self.lists or self.problem
        return bool(asked) and not self.open_lists and all(self.found.values())

    def leave_out(self, years: tuple[int, ...]) -> None:
        """A report is not asked for, because a sample was."""
        self.left_out += 1
        self.years_left_out.update(years)

    def coverage(self, today: date) -> dict[int, Coverage]:
        """How each year asked stands."""
        answered = self._status()[0] is ColumnStatus.ANSWERED
        listed = Listed(
            had={year for entry in self.entries.values() for year in self._years_had(entry)},
            named=self.years_seen,
            beside=self.years_below,
            left_out=self.years_left_out,
            before={row["report_year"] for row in self.before.values() if row["report_year"]},
            is_whole=answered and not (self.is_partial or self.open_lists or self.undated),
        )
        due_by = self.column.due_by
        return {year: listed.of(year, due_by(year), today) for year in sorted(self.years)}

    def _years_had(self, entry: Entry) -> tuple[int, ...]:
        """The years that a page in the archive is about; none where it is not there."""
        row = self.before.get(entry.url)
        is_here = entry.state == "kept" or (
            entry.state == "known" and row is not None and row["state"] == "kept"
        )
        years = self.also_about.get(entry.url, (entry.report_year,)) if is_here else ()
        return tuple(year for year in years if year is not None)

    def summary(self, today: date) -> ColumnSummary:
        """The column's part of the crawl summary; `today` in China."""
        status, why = self._status()
        return ColumnSummary(
            column=self.column.id,
            agency=self.column.agency,
            status=status,
            why=why,
            is_gone=self.problem is not None and self.problem.is_gone,
            years=tuple(sorted(self.years)),
            lists=self.lists,
            found=len(self.found),
            new=self.new,
            unchanged=self.unchanged,
            known=self.known,
            deep=self.deep,
            vanished=self.vanished,
            left_out=self.left_out,
            attachments=self.attachments,
            undated=self.undated,
            blocked=self.blocked,
            passed_over=self.passed_over,
            skipped=tuple(self.skipped.values()),
            twins=self.twins,
            failed=(*self.failed, *self._unfinished()),
            notes=tuple(self.notes),
            rows_to_add=tuple(self.rows_to_add),
            coverage=self.coverage(today),
            requests=self.requests,
            bytes=self.bytes,
            seconds=round(self.seconds, 3),
        )

    def _status(self) -> tuple[ColumnStatus, str | None]:
        if self.problem is not None:
            why = self.problem.why
            return self.problem.status, f"{why}{self._where_else(why)}"
        if not self.lists:
            return ColumnStatus.UNREACHED, NEVER_ASKED
        if not (self.reports_seen or self.years_below):
            return ColumnStatus.EMPTY, (
                f"{self.lists} list pages of family {self.column.family} name no annual report "
                f"among {self.passed_over} links: look at {self.column.list_url}"
            )
        return ColumnStatus.ANSWERED, None

    def _where_else(self, why: str) -> str:
        """A column of one year moves with the year: the column above it knows where to."""
        above = self.column.parent
        if above is None or above in why:  # then it was asked, and does not
            return ""
        return f"; if it has moved, {above} leads to it: nianbao sites probe {above}"

    def _unfinished(self) -> Iterable[PageProblem]:
        cut_short = (url for url, is_done in self.found.items() if not is_done)
        why = f"the crawl ended before {self.open_lists} of its list pages came"
        lists = [PageProblem(url=self.column.list_url, why=why)] if self.open_lists else []
        kept = "the crawl ended before it was kept"
        return [*lists, *(PageProblem(url=url, why=kept) for url in cut_short)]
