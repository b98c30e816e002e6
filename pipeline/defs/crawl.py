"""The crawl of a run: a process per region, one after the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import dagster as dg

from crawlers.summary import CrawlSummary
from pipeline.commands.places import Places
from pipeline.defs.child_process import ChildProcess


def crawl_regions(
    context: dg.AssetExecutionContext, places: Places, wanted: Mapping[str, Sequence[int]]
) -> list[CrawlSummary]:
    """Visit every region once for all its years.

    A region whose process dies does not keep the others from being visited.

    Raises:
        dagster.Failure: after the last region, naming those whose process died.
    """
    summaries, dead = [], []
    for region, years in wanted.items():
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


def crawl_region(
    context: dg.AssetExecutionContext, places: Places, region: str, years: Sequence[int]
) -> CrawlSummary:
    """One region in a process of its own: a Twisted reactor starts only once in a process.

    Raises:
        dagster.Failure: the process ended without a summary.
    """
    module = "pipeline.defs.crawl_process"
    command = [sys.executable, "-m", module, "--parent", str(os.getpid())]
    extras = {
        "region": region,
        "years": list(years),
        "registry": str(places.registry),
        "captures": str(places.captures),
    }
    messages = ChildProcess().run(context, command, extras)
    if len(messages) != 1:
        raise dg.Failure(f"{module} sent {len(messages)} summaries, expected 1")
    return CrawlSummary.model_validate(messages[0])
