"""The crawl of a run: a process per region, one after the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import dagster as dg
from pydantic import Field

from crawlers.registry import columns_of
from crawlers.summary import CrawlRequest, CrawlSummary
from pipeline.commands.crawling import Narrowing
from pipeline.commands.places import Places
from pipeline.defs.child_process import ChildProcess

CHILD = "pipeline.defs.crawl_process"


class CrawlConfig(dg.Config):
    """What the launchpad asks of a crawl; the command `nianbao crawl` has the same options."""

    agencies: list[str] = Field(
        default=[],
        description="栏目编号或机关全称；空：全部 · Column ids or official names; none: all",
    )
    sample: int | None = Field(
        default=None,
        ge=1,
        description="每个栏目至多取几篇年报 · At most so many reports of each column",
    )
    deep: bool = Field(
        default=False, description="全部重新核对 · Ask for every page, not only for what is new"
    )


def crawl_regions(
    context: dg.AssetExecutionContext,
    places: Places,
    wanted: Mapping[str, Sequence[int]],
    config: CrawlConfig,
) -> list[CrawlSummary]:
    """Visit every region once for all its years.

    A region without a column for these years is left out. One whose process dies does not keep
    the others from being visited.

    Raises:
        dagster.Failure: after the last region, naming those whose process died.
        NianbaoError: real sites would be crawled into the folder of the practice province.
    """
    places.keep_apart()
    unknown = set(config.agencies).difference(*(_here(places, r, config.agencies) for r in wanted))
    if unknown:
        raise dg.Failure(
            f"no column or agency of {', '.join(wanted)} is called {', '.join(sorted(unknown))}. "
            "All of them: nianbao sites list"
        )
    summaries, dead = [], []
    for region, years in wanted.items():
        if not anything_due(places, region, years, config.agencies):
            context.log.info(f"nothing due region={region} years={years}")
            continue
        try:
            summaries.append(crawl_region(context, places, region, years, config))
        except dg.Failure as failure:
            context.log.error(f"crawl died region={region}: {failure.description}")
            dead.append(region)
    if dead:
        raise dg.Failure(
            f"the crawl process died for {', '.join(dead)}. The pages it had fetched are kept; "
            "its log is in the stderr of this step. Run the same partitions again to go on."
        )
    return summaries


def anything_due(
    places: Places, region: str, years: Sequence[int], agencies: Sequence[str] = ()
) -> bool:
    """Whether any report column of the region, or of these agencies, holds reports of these years.

    An agency that stands in another region's file is left out here: a run may have many regions.
    """
    named = set(agencies)
    columns = columns_of(places.registry, region)
    return any(c.due(set(years)) for c in columns if not named or {c.id, c.agency} & named)


def crawl_region(
    context: dg.AssetExecutionContext,
    places: Places,
    region: str,
    years: Sequence[int],
    config: CrawlConfig,
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
        agencies=_here(places, region, config.agencies),
        sample=config.sample,
        settings=Narrowing(deep=config.deep).settings(places),
    )
    command = [sys.executable, "-m", CHILD, "--parent", str(os.getpid())]
    messages = ChildProcess().run(context, command, {"request": request.model_dump(mode="json")})
    if len(messages) != 1:
        raise dg.Failure(f"{CHILD} sent {len(messages)} summaries for {region}, expected 1")
    return CrawlSummary.from_json(str(messages[0]))


def _here(places: Places, region: str, agencies: Sequence[str]) -> tuple[str, ...]:
    """Those of the agencies that the region has."""
    known = {name for c in columns_of(places.registry, region) for name in (c.id, c.agency)}
    return tuple(name for name in agencies if name in known)
