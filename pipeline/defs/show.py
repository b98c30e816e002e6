"""What a person sees on a materialisation: counts, a table, the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from pipeline.commands.places import Cell
from pipeline.commands.results import StageResult
from pipeline.commands.rows import Row
from pipeline.defs.partitions import key_of

if TYPE_CHECKING:
    from storage.warehouse.summary import LoadSummary

Metadata = dict[str, dg.MetadataValue]

MAX_ROWS = 300
"""A table lives in the event log, once per materialisation; the rest is in the file."""

MAX_CELLS = 1000
"""Dagster takes quadratic time for metadata per partition: 8 s for 1,000, measured with 1.13."""


def describe_cells(
    context: dg.AssetExecutionContext, noun: str, results: Sequence[StageResult]
) -> Metadata:
    """Give each partition its own counts, table and file."""
    for result in results:
        context.log.info(f"{noun} {result.cell}: {len(result.rows)}, unread {len(result.unread)}")
    total = sum(len(result.rows) for result in results)
    whole: Metadata = {f"{noun} in this run": dg.IntMetadataValue(total)}
    each = {result.cell: _of_cell(noun, result) for result in results}
    return give_each_cell(context, each, whole)


def give_each_cell(
    context: dg.AssetExecutionContext,
    each: Mapping[Cell, Mapping[str, dg.MetadataValue]],
    whole: Metadata,
) -> Metadata:
    """Give each partition of a run its own metadata and, below that, those of the whole run.

    Returns what all of them share: nothing, or those of the run alone with more than `MAX_CELLS`.
    """
    if len(each) > MAX_CELLS:
        return whole
    for cell, metadata in each.items():
        context.add_asset_metadata({**metadata, **whole}, partition_key=key_of(cell))
    return {}


def table(rows: Sequence[Row]) -> dg.MetadataValue:
    """Rows as a table in the UI; null becomes an empty cell, and what is left out is counted."""
    if not rows:
        return dg.MetadataValue.text("— (nothing)")
    shown = list(rows[:MAX_ROWS])
    if len(rows) > MAX_ROWS:
        first, *others = shown[0]
        shown.append({first: f"… and {len(rows) - MAX_ROWS} more", **dict.fromkeys(others)})
    records = [{name: "" if v is None else v for name, v in row.items()} for row in shown]
    return dg.MetadataValue.table([dg.TableRecord(record) for record in records])


def describe_load(summary: LoadSummary) -> Metadata:
    """How many rows of each table are new, changed, gone, and as they were."""
    tables: list[Row] = [
        {
            "table": name,
            "new": counts.inserted,
            "changed": counts.updated,
            "removed": counts.removed,
            "unchanged": counts.unchanged,
        }
        for name, counts in summary.tables.items()
    ]
    return {
        "rows written": dg.IntMetadataValue(summary.written),
        "rows unchanged": dg.IntMetadataValue(summary.unchanged),
        "rows": table(tables),
    }


def refused_rows(summary: LoadSummary) -> list[Row]:
    """The versions that were not loaded."""
    return [
        {"agency": each.agency, "year": each.report_year, "reason": each.reason}
        for each in summary.refused
    ]


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


def unread_rows(results: Sequence[StageResult]) -> list[Row]:
    """The pages that a stage left out."""
    return [
        {"cell": str(result.cell), "url": page.url, "why": page.why}
        for result in results
        for page in result.unread
    ]
