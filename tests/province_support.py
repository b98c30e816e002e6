"""A night's crawl of a generated province, beside what is true of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawlers.practice.generated.model import REGION, Column, KnownReport
from crawlers.practice.generated.server import Generated
from crawlers.run import crawl
from crawlers.summary import ColumnSummary, CrawlSummary
from pipeline.model import CaptureKind
from storage.captures import CaptureStore
from tests import crawl_town

FAST = {**crawl_town.FAST, "CONCURRENT_REQUESTS": 64}


@dataclass
class Night:
    """A crawl of a generated province, and what it left in the archive."""

    province: Generated
    years: range
    summary: CrawlSummary
    kept: dict[str, str] = field(default_factory=dict)
    """URL of a report page that was kept -> the column that it was kept for."""

    def truth(self, column: Column) -> dict[str, KnownReport]:
        known = self.province.truth_of(column)
        return {report.url: report for report in known if report.report_year in self.years}

    def of(self, column: Column) -> ColumnSummary:
        return next(c for c in self.summary.columns if c.column == column.id)


def crawl_night(
    province: Generated, years: range, captures: Path, settings: dict[str, Any]
) -> Night:
    summary = crawl(REGION, years, registry=province.registry, captures=captures, settings=settings)
    with CaptureStore(captures) as store:
        found = store.captures(REGION, kind=CaptureKind.REPORT)
    kept = {c.url: str(c.column) for c in found if c.crawl == summary.crawl}
    return Night(province, years, summary, kept)


def table_of(head: str, rows: Sequence[tuple[str, ...]]) -> str:
    lines = [re.split(r"\s{2,}", head), *rows]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
