"""What a person sees on a crawl: who answered, how fast, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import dagster as dg

from crawlers.coverage import WORDS, Coverage
from crawlers.summary import FINISHED, VERIFIED, ColumnStatus, ColumnSummary, CrawlSummary
from pipeline.commands.places import Cell, Places
from pipeline.commands.rows import Row
from pipeline.defs.show import Metadata, give_each_cell, table

SLOWEST = 10


def describe_crawls(
    context: dg.AssetExecutionContext,
    places: Places,
    cells: Sequence[Cell],
    summaries: Sequence[CrawlSummary],
) -> Metadata:
    """Each partition with its own counts, all with the crawl of their region."""
    by_region = {summary.region: summary for summary in summaries}
    return give_each_cell(
        context,
        {cell: _of_cell(places, cell, by_region.get(cell.region)) for cell in cells},
        _of_run(summaries),
    )


def trouble_rows(summaries: Sequence[CrawlSummary]) -> list[Row]:
    """The columns whose list could not be read, and the crawls that were cut short."""
    columns: list[Row] = [
        {
            "region": summary.region,
            "column": column.column,
            "agency": column.agency,
            "status": column.status.value,
            "why": column.why,
        }
        for summary in summaries
        for column in summary.columns
        if column.status is not ColumnStatus.ANSWERED
    ]
    cut: list[Row] = [
        {
            "region": summary.region,
            "column": "(all)",
            "agency": None,
            "status": "cut short",
            "why": summary.reason,
        }
        for summary in summaries
        if summary.reason != FINISHED
    ]
    return columns + cut


def missing_rows(summaries: Sequence[CrawlSummary]) -> list[Row]:
    """The reports that should be listed and are not."""
    return [
        {
            "region": summary.region,
            "column": column.column,
            "year": year,
            "report": WORDS[column.coverage[year]],
        }
        for summary in summaries
        for column in summary.columns
        for year in column.missing
    ]


def failed_rows(summaries: Sequence[CrawlSummary]) -> list[Row]:
    """The pages that a list links and that could not be had."""
    return [
        {"region": summary.region, "url": page.url, "why": page.why, "link text": page.link_text}
        for summary in summaries
        for page in summary.failed
    ]


def _of_run(summaries: Sequence[CrawlSummary]) -> Metadata:
    columns = [column for summary in summaries for column in summary.columns]
    slowest = sorted(columns, key=lambda column: column.seconds, reverse=True)[:SLOWEST]
    return {
        "crawls of this run": table([_crawl(summary) for summary in summaries]),
        "slowest sites of this run": table([_speed(column) for column in slowest]),
        "lists unlike their registry row": table(_notes(summaries)),
        "hosts to look at": table(_hosts(summaries)),
    }


def _notes(summaries: Sequence[CrawlSummary]) -> list[Row]:
    """What a person should put right in the registry though nothing was lost."""
    return [
        {"region": summary.region, "column": column.column, "note": note}
        for summary in summaries
        for column in summary.columns
        for note in column.notes
    ]


def _hosts(summaries: Sequence[CrawlSummary]) -> list[Row]:
    """Hosts that were left, and those of which the certificate does not verify."""
    return [
        {
            "region": summary.region,
            "host": host.host,
            "left": host.left,
            "certificate": host.certificate,
        }
        for summary in summaries
        for host in summary.hosts
        if host.left or host.certificate not in {None, VERIFIED}
    ]


def _crawl(summary: CrawlSummary) -> Row:
    return {
        "region": summary.region,
        "ended": summary.reason,
        "columns": len(summary.columns),
        **summary.totals,
    }


def _of_cell(
    places: Places, cell: Cell, summary: CrawlSummary | None
) -> Mapping[str, dg.MetadataValue]:
    if summary is None:
        return {"note": dg.MetadataValue.text(f"no report column is due for {cell}")}
    asked = [column for column in summary.columns if cell.year in column.years]
    return {
        "columns": dg.IntMetadataValue(len(asked)),
        "missing": dg.IntMetadataValue(sum(cell.year in column.missing for column in asked)),
        "reports by standing": table(_standings(asked, cell.year)),
        "table": table([_column(column, cell.year) for column in asked]),
        "archive": dg.MetadataValue.path(str(places.captures / summary.warc)),
    }


def _standings(columns: Sequence[ColumnSummary], year: int) -> list[Row]:
    counts = Counter(column.coverage[year] for column in columns)
    return [{"report": WORDS[kind], "columns": counts[kind]} for kind in Coverage if counts[kind]]


def _column(column: ColumnSummary, year: int) -> Row:
    return {
        "column": column.column,
        "agency": column.agency,
        "answer": column.status.value,
        "why": column.why,
        f"report {year}": WORDS[column.coverage[year]],
        "found": column.found,
        "new": column.new,
        "unchanged": column.unchanged,
        "failed": len(column.failed),
    }


def _speed(column: ColumnSummary) -> Row:
    return {
        "column": column.column,
        "agency": column.agency,
        "seconds": round(column.seconds, 2),
        "requests": column.requests,
        "bytes": column.bytes,
    }
