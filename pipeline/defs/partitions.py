"""Region × report year: the partitions, their keys, and ranges of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import dagster as dg

from crawlers.columns import FIRST_REPORT_YEAR
from pipeline.commands.places import Cell

TIMEZONE = "Asia/Shanghai"

RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"
"""Run tags by which Dagster gives one run a whole rectangle of partitions."""

PARTITION_TAGS = (
    RANGE_START,
    RANGE_END,
    "dagster/partition",
    "dagster/partition/region",
    "dagster/partition/year",
)
"""All run tags that say which partitions a run is about."""

report_years = dg.TimeWindowPartitionsDefinition(
    # The window of a year closes on 1 January after it: the year whose reports are then due.
    cron_schedule="0 0 1 1 *",
    start=str(FIRST_REPORT_YEAR),
    fmt="%Y",
    timezone=TIMEZONE,
)


def closed_years() -> list[int]:
    """The report years that are over, and so have a partition, ascending."""
    return [int(key) for key in report_years.get_partition_keys()]


def region_years(regions: Sequence[str]) -> dg.MultiPartitionsDefinition:
    """The partitions of every asset; Dagster joins the dimensions by name: `41_henan|2021`."""
    return dg.MultiPartitionsDefinition(
        {"region": dg.StaticPartitionsDefinition(regions), "year": report_years}
    )


def cell_of(key: str) -> Cell:
    """Split a partition key; the only place that knows how its dimensions are joined."""
    region, year = key.split("|")
    return Cell(region, int(year))


def key_of(cell: Cell) -> str:
    """The partition key of a cell."""
    return f"{cell.region}|{cell.year}"


def current_report_year(now: datetime) -> int:
    """The year whose reports are due: the last calendar year in China.

    Reports about a year are published from 1 to 31 January after it (《条例》第四十九、五十条).
    """
    return now.astimezone(ZoneInfo(TIMEZONE)).year - 1


def range_tags(first: Cell, last: Cell) -> dict[str, str]:
    """Run tags for the rectangle between two corners, both included."""
    return {RANGE_START: key_of(first), RANGE_END: key_of(last)}


def by_region(cells: Iterable[Cell]) -> Mapping[str, list[int]]:
    """The years asked of each region, so that a crawl visits a region once for all of them."""
    return {
        region: sorted({cell.year for cell in group})
        for region, group in groupby(sorted(cells), key=lambda cell: cell.region)
    }


def rectangles(
    regions: Iterable[str], years: Iterable[int], all_regions: Sequence[str]
) -> Iterator[tuple[Cell, Cell]]:
    """Corners of the fewest rectangles that cover regions × years and nothing else.

    A rectangle takes neighbours only, in the order of `all_regions` and of the calendar: one
    run each is what Dagster can do.
    """
    places = [all_regions.index(region) for region in regions]
    for top, bottom in _stretches(places):
        for first, last in _stretches(years):
            yield Cell(all_regions[top], first), Cell(all_regions[bottom], last)


def _stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbouring numbers: 1 2 3 7 gives (1, 3), (7, 7)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
