"""What a person sees on a materialisation: counts, a table, the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from crawlers.summary import CrawlSummary
from pipeline.commands.rows import Row
from pipeline.commands.steps import StageResult
from pipeline.defs.partitions import key_of

if TYPE_CHECKING:
    from storage.warehouse import LoadSummary

Metadata = dict[str, dg.MetadataValue]

MAX_ROWS = 300
"""A table lives in the event log, once per materialisation; the rest is in the file."""

MAX_CELLS = 1000
"""Dagster takes quadratic time for metadata per partition: 8 s for 1,000, measured with 1.13."""


def describe_cells(
    context: dg.AssetExecutionContext, noun: str, results: Sequence[StageResult]
) -> Metadata:
    """Give each partition its own metadata; return what they have in common.

    With more than `MAX_CELLS` partitions in a run each gets the totals of the run instead.
    """
    for result in results:
        context.log.info(f"{noun} {result.cell}: {len(result.rows)}, unread {len(result.unread)}")
    if len(results) > MAX_CELLS:
        total = sum(len(result.rows) for result in results)
        return {f"{noun} in this run": dg.IntMetadataValue(total)}
    for result in results:
        context.add_asset_metadata(_of_cell(noun, result), partition_key=key_of(result.cell))
    return {}


def table(rows: Sequence[Row]) -> dg.MetadataValue:
    """Rows as a table in the UI; null becomes an empty cell."""
    if not rows:
        return dg.MetadataValue.text("— (nothing)")
    shown = [
        dg.TableRecord({k: "" if v is None else v for k, v in row.items()})
        for row in islice(rows, MAX_ROWS)
    ]
    return dg.MetadataValue.table(shown)


def trouble_rows(summaries: Sequence[CrawlSummary]) -> list[Row]:
    """The columns that did not answer as a report column does."""
    return [
        {"region": summary.region, "column": column.column, "status": column.status, "why": column.why}
        for summary in summaries
        for column in summary.columns
        if column.status != "answered"
    ]


def missing_rows(summaries: Sequence[CrawlSummary]) -> list[Row]:
    """The reports that no list names."""
    return [
        {"region": summary.region, "column": column, "year": year}
        for summary in summaries
        for column, year in summary.missing
    ]


def unread_rows(results: Sequence[StageResult]) -> list[Row]:
    """The pages that a stage left out."""
    return [
        {"cell": str(result.cell), "url": page.url, "why": page.why}
        for result in results
        for page in result.unread
    ]


def describe_crawls(context, places, summaries) -> Metadata:
    return {}


def describe_load(summary: LoadSummary) -> Metadata:
    """How many rows of each table are new, changed, and as they were."""
    return {}


def describe_files(paths: Sequence[Path]) -> Metadata:
    """Each file with its size."""
    total = sum(path.stat().st_size for path in paths)
    return {
        "files": dg.IntMetadataValue(len(paths)),
        "bytes": dg.IntMetadataValue(total),
        "table": table([{"file": str(path), "bytes": path.stat().st_size} for path in paths]),
    }


def _of_cell(noun: str, result: StageResult) -> Metadata:
    metadata: Metadata = {
        noun: dg.IntMetadataValue(len(result.rows)),
        "file": dg.MetadataValue.path(str(result.path)),
    }
    if not result.rows:
        metadata["note"] = dg.MetadataValue.text(f"no {noun} for {result.cell}: the file is empty")
        return metadata
    metadata["table"] = table(result.rows)
    if result.findings:
        metadata["in doubt"] = table(result.findings)
    if result.unread:
        metadata["unread"] = table([{"url": page.url, "why": page.why} for page in result.unread])
    return metadata
