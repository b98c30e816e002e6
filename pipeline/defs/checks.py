"""Asset checks: sentences that are true when all is well, as functions of what a step returned."""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg

from crawlers.summary import CrawlSummary
from pipeline.commands.steps import StageResult
from pipeline.defs.show import missing_rows, table, trouble_rows, unread_rows

EVERY_SITE_ANSWERED = dg.AssetCheckSpec(
    "every_site_answered",
    asset="captures",
    blocking=True,
    description="每个年报栏目都已访问到 · Every report column was reached and its list has entries. "
    "If not, the run fails and nothing is read: a crawl that reached nobody must not pass for a "
    "year in which nobody reported. The pages of the other sites are kept: the job `read_again` "
    "reads them.",
)
NO_REPORT_MISSING = dg.AssetCheckSpec(
    "no_report_missing",
    asset="captures",
    description="没有缺失的年报 · The list of every agency names a report for each year asked.",
)
EVERY_PAGE_EXTRACTED = dg.AssetCheckSpec(
    "every_page_extracted",
    asset="documents",
    description="每个页面都已提取 · Every page kept became a document.",
)
FIGURES_ADD_UP = dg.AssetCheckSpec(
    "figures_add_up",
    asset="reports",
    description="勾稽关系成立 · Every document was read as a report, and no figure is in doubt.",
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
    missing = missing_rows(summaries)
    return dg.AssetCheckResult(
        check_name=NO_REPORT_MISSING.name,
        passed=not missing,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(missing)} reports missing",
        metadata={"missing": table(missing), "count": len(missing)},
    )


def every_page_extracted(results: Sequence[StageResult]) -> dg.AssetCheckResult:
    """Names the pages that could not be made into documents, and why."""
    unread = unread_rows(results)
    return dg.AssetCheckResult(
        check_name=EVERY_PAGE_EXTRACTED.name,
        passed=not unread,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(unread)} pages are no document",
        metadata={"unread": table(unread), "count": len(unread)},
    )


def figures_add_up(results: Sequence[StageResult]) -> dg.AssetCheckResult:
    """Names the reports with findings that make a figure doubtful, and the pages left unread."""
    doubtful = [row for result in results for row in result.findings]
    unread = unread_rows(results)
    count = len(doubtful) + len(unread)
    return dg.AssetCheckResult(
        check_name=FIGURES_ADD_UP.name,
        passed=not count,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(doubtful)} findings in doubt, {len(unread)} pages unread",
        metadata={
            "in doubt": len(doubtful),
            "findings": table(doubtful),
            "unread": table(unread),
        },
    )
