"""The path as Dagster assets: load, call one function, report.

The docstrings are what the UI shows. No postponed annotations here: Dagster reads them as types.
"""

import warnings
from datetime import UTC, datetime

import dagster as dg

from pipeline.commands.places import Cell
from pipeline.commands.steps import extract_cell, group_cell, load_cells, read_cell
from pipeline.defs import checks
from pipeline.defs.crawl import CrawlConfig, crawl_regions
from pipeline.defs.partitions import by_region, cell_of, region_years
from pipeline.defs.resources import Home, regions
from pipeline.defs.show import describe_cells, describe_load
from pipeline.defs.show_crawl import describe_crawls

REGIONS = regions()
CELLS = region_years(REGIONS)

# Beta in Dagster 1.13, and the only way for one run to take a rectangle of partitions.
warnings.filterwarnings("ignore", r".*(BackfillPolicy|backfill_policy)", dg.BetaWarning)
WHOLE_RANGE = dg.BackfillPolicy.single_run()


@dg.asset(
    partitions_def=CELLS,
    backfill_policy=WHOLE_RANGE,
    group_name="crawl",
    pool="crawl",
    kinds={"scrapy"},
    check_specs=[checks.EVERY_SITE_ANSWERED, checks.EVERY_PAGE_KEPT, checks.NO_REPORT_MISSING],
)
def captures(
    context: dg.AssetExecutionContext, home: Home, config: CrawlConfig
) -> dg.MaterializeResult:
    """抓取 · The list pages and report pages of a region, exactly as the sites gave them.

    政府信息公开年报栏目的列表页和年报页，原样存为 WARC。One visit to a region serves all years of
    a run; a page that has not changed is noted, not stored again.
    """
    cells = _cells(context)
    summaries = crawl_regions(context, home.places, by_region(cells), config)
    return dg.MaterializeResult(
        metadata=describe_crawls(context, home.places, cells, summaries),
        check_results=[check(summaries) for check in checks.OF_A_CRAWL],
    )


@dg.asset(
    partitions_def=CELLS,
    backfill_policy=WHOLE_RANGE,
    group_name="extract",
    deps=[captures],
    kinds={"trafilatura"},
    check_specs=[checks.EVERY_PAGE_EXTRACTED],
)
def documents(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult:
    """提取 · The pages freed of their furniture: title, dates, paragraphs, exact table grids.

    去掉导航和页面装饰，得到正文段落与表格。In page order; a body printed twice stands here once.
    """
    results = [extract_cell(home.places, cell) for cell in _cells(context)]
    return dg.MaterializeResult(
        metadata=describe_cells(context, "documents", results),
        check_results=[checks.every_page_extracted(results)],
    )


@dg.asset(
    partitions_def=CELLS,
    backfill_policy=WHOLE_RANGE,
    group_name="parse",
    deps=[documents],
    check_specs=[checks.FIGURES_ADD_UP],
)
def reports(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult:
    """解析与校验 · Reports read to the cell, and checked by the forms' own arithmetic.

    机关、年度、三张统计表、六个部分，以及勾稽关系。Figures stay as printed; what is wrong with them
    is a finding (问题) with its place and a sentence.
    """
    results = [read_cell(home.places, cell) for cell in _cells(context)]
    return dg.MaterializeResult(
        metadata=describe_cells(context, "reports", results),
        check_results=[checks.figures_add_up(results)],
    )


@dg.asset(
    partitions_def=CELLS,
    backfill_policy=WHOLE_RANGE,
    group_name="dedup",
    deps=[reports],
    check_specs=[checks.EVERY_REPORT_IDENTIFIED],
)
def versions(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult:
    """去重 · The wordings of one report: copies joined, corrections told from republications.

    同一机关、同一年度、同一口径的年报：重复内容、转载与更正。One wording is current; nothing is
    deleted.
    """
    results = [group_cell(home.places, cell) for cell in _cells(context)]
    return dg.MaterializeResult(
        metadata=describe_cells(context, "versions", results),
        check_results=[checks.every_report_identified(results)],
    )


@dg.asset(
    partitions_def=CELLS,
    backfill_policy=WHOLE_RANGE,
    group_name="load",
    deps=[versions],
    kinds={"sqlalchemy"},
    check_specs=[checks.EVERY_VERSION_LOADED],
)
def warehouse(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult:
    """入库 · Versions, figures, sections, facts and findings as rows of the SQL warehouse.

    年报版本、单元格、部分、事实与问题，按自然键写入。Loading the same again changes no row.
    """
    summary = load_cells(home.places, _cells(context), datetime.now(UTC))
    return dg.MaterializeResult(
        metadata=describe_load(summary), check_results=[checks.every_version_loaded(summary)]
    )


def _cells(context: dg.AssetExecutionContext) -> list[Cell]:
    return [cell_of(key) for key in context.partition_keys]
