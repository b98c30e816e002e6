"""`nianbao crawl`: one region's sites for some years, with a bar for people."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import JsonValue
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from crawlers.coverage import Coverage
from crawlers.run import CrawlSummary, crawl
from crawlers.summary import ColumnStatus, ColumnSummary
from crawlers.summary import Progress as Step
from pipeline.commands.places import Places
from pipeline.commands.show import plain_table
from pipeline.errors import NianbaoError

COUNTS = ("found", "new", "same", "known", "gone")
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
    for column in summary.columns:
        style = "" if column.status is ColumnStatus.ANSWERED and not column.failed else "red"
        missing = _not_listed(column)
        seen = (column.found, column.new, column.unchanged, column.known, len(column.vanished))
        counts = map(str, seen)
        names = (column.column, column.agency, column.status.value)
        table.add_row(*names, *counts, missing, _why(column), style=style)
    return table


def _not_listed(column: ColumnSummary) -> str:
    """`2016 2019-2021; none before 2012`: gaps first, then what is older than the list."""
    gaps = as_ranges(column.missing)
    older = column.years_that_are(Coverage.EARLIER)
    return "; ".join(filter(None, (gaps, f"none before {max(older) + 1}" if older else "")))


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
    pages = (f"{problem.url}: {problem.why}" for problem in column.failed)
    why = "; ".join([column.why] if column.why else list(pages))
    return why if len(why) <= SHOWN_WHY else f"{why[:SHOWN_WHY]}…"
