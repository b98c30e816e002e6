"""Asset checks: sentences that are true when all is well, as functions of what a step returned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import dagster as dg

from crawlers.summary import CrawlSummary
from pipeline.commands.results import StageResult
from pipeline.commands.rows import Row
from pipeline.defs.show import refused_rows, table, unread_rows
from pipeline.defs.show_crawl import failed_rows, missing_rows, trouble_rows

if TYPE_CHECKING:
    from storage.warehouse.summary import LoadSummary

EVERY_SITE_ANSWERED = dg.AssetCheckSpec(
    "every_site_answered",
    asset="captures",
    blocking=True,
    description="每个年报栏目都已访问到 · Every report column answered with a list of entries. "
    "If not, the run fails and nothing is read: a crawl that reached nobody must not pass for a "
    "year in which nobody reported. The pages of the other sites are kept: the job `read_again` "
    "reads them.",
)
NO_REPORT_MISSING = dg.AssetCheckSpec(
    "no_report_missing",
    asset="captures",
    description="没有缺失的年报 · No list has a gap: from its oldest report on each year "
    "that is due is there. What is older than the oldest is not counted: see the metadata.",
)
EVERY_PAGE_KEPT = dg.AssetCheckSpec(
    "every_page_kept",
    asset="captures",
    description="链接的年报页面都已保存 · Every report page that a list links was had and kept.",
)
EVERY_PAGE_EXTRACTED = dg.AssetCheckSpec(
    "every_page_extracted",
    asset="documents",
    description="每个页面都已提取 · Every page kept became a document.",
)
FIGURES_ADD_UP = dg.AssetCheckSpec(
    "figures_add_up",
    asset="reports",
    description="勾稽关系成立 · No finding makes a figure doubtful.",
)
EVERY_REPORT_IDENTIFIED = dg.AssetCheckSpec(
    "every_report_identified",
    asset="versions",
    description="机关与年度均可识别 · Agency and report year of every report are known.",
)
EVERY_VERSION_LOADED = dg.AssetCheckSpec(
    "every_version_loaded",
    asset="warehouse",
    description="各版本均已入库 · The warehouse took every version.",
)


def every_site_answered(summaries: Sequence[CrawlSummary]) -> dg.AssetCheckResult:
    """Names each column that was not reached, or whose list is empty or blocked, and why."""
    trouble = trouble_rows(summaries)
    named = "; ".join(f"{row['column']}: {row['status']}, {row['why']}" for row in trouble)
    return dg.AssetCheckResult(
        check_name=EVERY_SITE_ANSWERED.name,
        passed=not trouble,
        severity=dg.AssetCheckSeverity.ERROR,
        description=named or "every site answered",
        metadata={"columns": table(trouble)},
    )


def no_report_missing(summaries: Sequence[CrawlSummary]) -> dg.AssetCheckResult:
    """Names each (column, year) for which the list of the agency has no report."""
    return _warning(NO_REPORT_MISSING, missing_rows(summaries), "reports missing")


def every_page_kept(summaries: Sequence[CrawlSummary]) -> dg.AssetCheckResult:
    """Names each page that a list links and that could not be had, and why."""
    return _warning(EVERY_PAGE_KEPT, failed_rows(summaries), "pages linked but not had")


def every_page_extracted(results: Sequence[StageResult]) -> dg.AssetCheckResult:
    """Names the pages whose record in the archive could not be read."""
    return _warning(EVERY_PAGE_EXTRACTED, unread_rows(results), "pages are no document")


def figures_add_up(results: Sequence[StageResult]) -> dg.AssetCheckResult:
    """Names the findings that make a figure doubtful, with place and sentence."""
    doubtful = [row for result in results for row in result.findings]
    return _warning(FIGURES_ADD_UP, doubtful, "findings that make a figure doubtful")


def every_report_identified(results: Sequence[StageResult]) -> dg.AssetCheckResult:
    """Names the reports of which agency or year is not known: they have no place among versions."""
    return _warning(EVERY_REPORT_IDENTIFIED, unread_rows(results), "reports without agency or year")


def every_version_loaded(summary: LoadSummary) -> dg.AssetCheckResult:
    """Names the versions that the warehouse cannot hold as they are."""
    return _warning(EVERY_VERSION_LOADED, refused_rows(summary), "versions refused")


def _warning(spec: dg.AssetCheckSpec, rows: Sequence[Row], what: str) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=spec.name,
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(rows)} {what}",
        metadata={"count": len(rows), "table": table(rows)},
    )


OF_A_CRAWL = (every_site_answered, every_page_kept, no_report_missing)
"""The checks of the asset `captures`."""
