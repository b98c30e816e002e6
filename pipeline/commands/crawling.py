"""`nianbao crawl`: one region's sites for some years, with a bar for people."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

from pydantic import JsonValue
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from crawlers.columns import FIRST_REPORT_YEAR
from crawlers.coverage import Coverage
from crawlers.registry import columns_of
from crawlers.run import CrawlSummary, crawl
from crawlers.summary import FINISHED, VERIFIED, ColumnStatus, ColumnSummary
from crawlers.summary import Progress as Step
from pipeline.commands.places import Places
from pipeline.commands.show import plain_table
from pipeline.errors import NianbaoError

COUNTS = ("found", "new", "same", "known", "gone")
SHOWN_PAGES = 10
"""Pages of a column that are named when they were not had."""
SHOWN_WHY = 60
"""Characters of a reason in the table; the whole of it follows on stderr and in the summary."""


def parse_years(text: str) -> list[int]:
    """`2019`, `2019-2022` or `2015,2019-2021` as report years, ascending.

    Raises:
        NianbaoError: it names the part that is no year or range.
    """
    years: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        numbers = [n for n in (first, last or first) if n.isdigit() and len(n) == 4]
        if len(numbers) != 2 or int(numbers[0]) > int(numbers[1]):
            raise NianbaoError(
                f"{part.strip()!r} is no report year: write 2019, 2019-2022 or 2015,2019-2021"
            )
        years |= set(range(int(numbers[0]), int(numbers[1]) + 1))
    return sorted(years)


def check_years(years: Sequence[int], this_year: int) -> None:
    """Refuse years about which there is no report yet, or never was one."""
    if early := [year for year in years if year < FIRST_REPORT_YEAR]:
        raise NianbaoError(
            f"{as_ranges(early)}: the first reports are about {FIRST_REPORT_YEAR}, when 条例 came "
            "into force"
        )
    if late := [year for year in years if year >= this_year]:
        raise NianbaoError(
            f"{as_ranges(late)}: a report comes out after the year that it is about; the last one "
            f"over is {this_year - 1}"
        )


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What to crawl less than everything of."""

    agencies: Sequence[str] = ()
    sample: int | None = None
    deep: bool = False
    """More, for once: ask for every page, whatever the lists say."""

    def settings(self, places: Places) -> dict[str, JsonValue]:
        """The crawl settings of this machine, and what `deep` makes of them."""
        return {**places.crawl_settings, **({"DEEP_AFTER_DAYS": 0} if self.deep else {})}


def crawl_region(
    places: Places, region: str, years: Sequence[int], narrowing: Narrowing
) -> CrawlSummary:
    """Crawl with a progress bar on stderr; the summary is also written beside the WARC file."""
    places.keep_apart()
    with crawl_bar() as on_progress:
        return crawl(
            region,
            years,
            registry=places.registry,
            captures=places.captures,
            agencies=narrowing.agencies,
            sample=narrowing.sample,
            on_progress=on_progress,
            settings=narrowing.settings(places),
        )


@contextmanager
def crawl_bar() -> Iterator[Callable[[Step], None]]:
    """A bar over the columns of a crawl; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    hidden = not sys.stderr.isatty()
    with Progress(*columns, TimeElapsedColumn(), console=console, disable=hidden) as bar:
        task = bar.add_task("columns", total=None)

        def show(step: Step) -> None:
            description = f"{step.pages} pages, {step.reports} reports  {step.column or ''}"
            bar.update(
                task, total=step.columns, completed=step.columns_done, description=description
            )

        yield show


def summary_table(summary: CrawlSummary) -> Table:
    """A row per column: what was found, what is new, and what went wrong in its own words."""
    table = plain_table(
        "column", "agency", "status", "found", "new", "same", "known", "gone", "missing", "why"
    )
    table.columns[0].min_width = max((len(c.column) for c in summary.columns), default=0)
    for column in summary.columns:
        style = "" if column.status is ColumnStatus.ANSWERED and not column.failed else "red"
        missing = _not_listed(column)
        seen = (column.found, column.new, column.unchanged, column.known, len(column.vanished))
        counts = map(str, seen)
        names = (column.column, column.agency, column.status.value)
        table.add_row(*names, *counts, missing, _why(column), style=style)
    return table


def said_of(summary: CrawlSummary, places: Places) -> Iterator[str]:
    """What a person should know beyond the table, line by line."""
    rows = columns_of(places.registry, summary.region)
    homes = {row.id: urljoin(row.list_url, "/") for row in rows}
    for column in summary.columns:
        if column.why is not None:
            kind = "" if column.why.startswith(f"{column.status}:") else f"{column.status}: "
            yield f"{column.column}: {kind}{column.why}"
            if column.is_gone:
                yield f"  where it may stand now: nianbao sites discover {homes[column.column]}"
        yield from (f"{column.column}: {note}" for note in column.notes)
        for page in column.failed[:SHOWN_PAGES]:
            yield f"{column.column}: {page.url}: {page.why}"
        if (more := len(column.failed) - SHOWN_PAGES) > 0:
            yield f"{column.column}: and {more} pages more"
        yield from (f"\n{row}\n" for row in column.rows_to_add)
    for host in summary.hosts:
        if host.certificate not in {None, VERIFIED}:
            yield f"{host.host}: its certificate does not verify: {host.certificate}"
    if summary.reason != FINISHED:
        yield f"ended early: {summary.reason}; the same crawl again goes on"
    yield f"all of it: {(places.captures / summary.warc).with_name(f'{summary.crawl}.json')}"


def _not_listed(column: ColumnSummary) -> str:
    """`2016 2019-2021; none before 2012`: gaps first, then what is older than the list."""
    kinds = (Coverage.EARLIER, Coverage.NOT_DUE, Coverage.UNKNOWN)
    older, not_due, unknown = (column.years_that_are(kind) for kind in kinds)
    answered = column.status is ColumnStatus.ANSWERED
    said = (
        as_ranges(column.missing),
        f"none before {max(older) + 1}" if older else "",
        f"{as_ranges(not_due)} not due yet" if not_due else "",
        f"{as_ranges(unknown)} not known" if unknown and answered else "",
    )
    return "; ".join(filter(None, said))


def as_ranges(years: Sequence[int]) -> str:
    """Ascending years as people write them: `2016 2019-2021`."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _why(column: ColumnSummary) -> str:
    kinds = Counter(problem.why for problem in column.failed)
    pages = (f"{count} x {why}" if count > 1 else why for why, count in kinds.most_common())
    why = "; ".join([column.why] if column.why else list(pages))
    return why if len(why) <= SHOWN_WHY else f"{why[:SHOWN_WHY]}…"
