"""The crawl of a run: a process per region, one after the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import dagster as dg

from crawlers.registry import columns_of
from crawlers.summary import CrawlRequest, CrawlSummary
from pipeline.commands.places import Places
from pipeline.defs.child_process import ChildProcess

CHILD = "pipeline.defs.crawl_process"


def crawl_regions(
    context: dg.AssetExecutionContext, places: Places, wanted: Mapping[str, Sequence[int]]
) -> list[CrawlSummary]:
    """Visit every region once for all its years.

    A region without a column for these years is left out. One whose process dies does not keep
    the others from being visited.

    Raises:
        dagster.Failure: after the last region, naming those whose process died.
    """
    summaries, dead = [], []
    for region, years in wanted.items():
        if not anything_due(places, region, years):
            context.log.info(f"nothing due region={region} years={years}")
            continue
        try:
            summaries.append(crawl_region(context, places, region, years))
        except dg.Failure as failure:
            context.log.error(f"crawl died region={region}: {failure.description}")
            dead.append(region)
    if dead:
        raise dg.Failure(
            f"the crawl process died for {', '.join(dead)}. The pages it had fetched are kept; "
            "its log is in the stderr of this step. Run the same partitions again to go on."
        )
    return summaries


def anything_due(places: Places, region: str, years: Sequence[int]) -> bool:
    """Whether any report column of the region holds reports of these years."""
    return any(column.due(set(years)) for column in columns_of(places.registry, region))


def crawl_region(
    context: dg.AssetExecutionContext, places: Places, region: str, years: Sequence[int]
) -> CrawlSummary:
    """One region in a process of its own: a Twisted reactor starts only once in a process.

    Raises:
        dagster.Failure: the process ended without a summary.
    """
    request = CrawlRequest(
        region=region,
        years=tuple(years),
        registry=places.registry,
        captures=places.captures,
        settings=dict(places.crawl_settings),
    )
    command = [sys.executable, "-m", CHILD, "--parent", str(os.getpid())]
    messages = ChildProcess().run(context, command, {"request": request.model_dump(mode="json")})
    if len(messages) != 1:
        raise dg.Failure(f"{CHILD} sent {len(messages)} summaries for {region}, expected 1")
    return CrawlSummary.from_json(str(messages[0]))
