"""Why an agency's report about a year is not in the warehouse: what the last crawl said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rich.table import Table

from crawlers.coverage import WORDS, Coverage
from crawlers.registry import load_registry
from crawlers.summary import CrawlSummary
from pipeline.commands.places import Cell, Places
from pipeline.commands.show import plain_table

NOT_CRAWLED = "not crawled yet"


@dataclass(frozen=True, slots=True)
class Absent:
    """A report column without a page in the archive for a year, though it can hold one."""

    column: str
    agency: str
    why: str
    seen_at: datetime | None
    """When the crawl that says so ended; null: none has asked."""


def absent(places: Places, cell: Cell) -> list[Absent]:
    """The columns of a region whose report about a year was not had.

    Those of which a crawl says so first, then those of the registry that no crawl has asked.
    """
    said: dict[str, Absent | None] = {}
    for summary in _summaries(places, cell):
        for column in summary.columns:
            kind = column.coverage.get(cell.year)
            if kind is not None and column.column not in said:
                row = Absent(column.column, column.agency, WORDS[kind], summary.ended_at)
                said[column.column] = None if kind is Coverage.HAD else row
    columns = load_registry(places.registry).get(cell.region, ())
    due = (c for c in columns if c.due({cell.year}) and c.id not in said)
    never = [Absent(c.id, c.agency, NOT_CRAWLED, None) for c in due]
    return [row for row in said.values() if row is not None] + never


def _summaries(places: Places, cell: Cell) -> Iterator[CrawlSummary]:
    """Those of the region's crawls that asked for the year, last first: their names are times."""
    for path in sorted((places.captures / cell.region).glob("*.json"), reverse=True):
        summary = CrawlSummary.from_json(path.read_text("utf-8"))
        if cell.year in summary.years:
            yield summary


def absent_table(rows: list[Absent]) -> Table:
    """For people."""
    table = plain_table("column", "agency", "no report of the year, because", "seen")
    for row in rows:
        seen = f"{row.seen_at:%Y-%m-%d %H:%M}" if row.seen_at else ""
        table.add_row(row.column, row.agency, row.why, seen)
    return table
