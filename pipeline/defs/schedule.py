"""The jobs, the night in which they run, and the morning after a night that went wrong."""

import dagster as dg

from pipeline.commands.places import Cell
from pipeline.defs.assets import REGIONS, captures
from pipeline.defs.partitions import (
    PARTITION_TAGS,
    TIMEZONE,
    current_report_year,
    range_tags,
)

nianbao = dg.define_asset_job(
    "nianbao",
    selection=dg.AssetSelection.all(),
    description="从网站到数据仓库 · The whole path, from the sites to the exports.",
)

read_again = dg.define_asset_job(
    "read_again",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(captures),
    description="不访问网络，重新读取已存页面 · Everything after the crawl, from the pages kept: "
    "after a parser fix, or after a crawl that one site spoiled. No network.",
)


@dg.schedule(
    job=nianbao,
    cron_schedule="0 2 * * *",
    execution_timezone=TIMEZONE,
    description="每夜两点，当前报告年度，全部地区 · At 02:00 in China: the current report year, "
    "all regions, in one run. Off until somebody turns it on: starting a UI is no reason to visit "
    "every agency.",
)
def nightly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the report year that is current in China at the hour of the tick."""
    year = current_report_year(context.scheduled_execution_time)
    return dg.RunRequest(
        run_key=f"{context.scheduled_execution_time:%Y-%m-%d}",
        tags=range_tags(Cell(REGIONS[0], year), Cell(REGIONS[-1], year)),
    )


@dg.run_failure_sensor(
    monitored_jobs=[nianbao],
    request_job=read_again,
    description="失败之后，读取已存页面 · After a failed run of the whole path: read the pages it "
    "has kept. In every night some site of the country is down. Its run is red and names it; the "
    "reports of the others reach the warehouse all the same. Off until somebody turns it on, with "
    "`nightly`.",
)
def read_what_was_kept(context: dg.RunFailureSensorContext) -> dg.RunRequest:
    """Ask for the partitions of the failed run."""
    run = context.dagster_run
    tags = {name: value for name, value in run.tags.items() if name in PARTITION_TAGS}
    return dg.RunRequest(run_key=run.run_id, tags=tags)
