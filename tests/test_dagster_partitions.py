"""Partitions: region × report year, the turn of the year in China, and ranges of both."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._core.definitions.partitions.context import partition_loading_context

from pipeline.commands.places import Cell
from pipeline.defs.partitions import (
    by_region,
    cell_of,
    current_report_year,
    key_of,
    range_tags,
    rectangles,
    region_years,
    report_years,
)

CHINA = ZoneInfo("Asia/Shanghai")
REGIONS = ["11_beijing", "37_shandong", "41_henan", "51_sichuan"]


@pytest.mark.parametrize(
    ("moment", "newest"),
    [
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=CHINA), "2024"),
        (datetime(2026, 1, 1, 0, 0, 0, tzinfo=CHINA), "2025"),
        (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), "2025"),
        (datetime(2026, 11, 22, 2, 0, 0, tzinfo=CHINA), "2025"),
    ],
)
def test_a_report_year_appears_when_the_year_is_over_in_china(
    moment: datetime, newest: str
) -> None:
    with partition_loading_context(effective_dt=moment):
        assert report_years.get_last_partition_key() == newest
    assert str(current_report_year(moment)) == newest


def test_the_first_report_year_is_that_of_the_regulations() -> None:
    assert report_years.get_first_partition_key() == "2008"


def test_a_partition_key_splits_into_the_cell_it_was_made_of() -> None:
    keys = region_years(REGIONS).get_partition_keys()

    assert {key_of(cell_of(key)) for key in keys} == set(keys)
    assert cell_of("41_henan|2021") == Cell("41_henan", 2021)


def test_the_tags_of_two_corners_mean_the_rectangle_between_them() -> None:
    tags = range_tags(Cell("37_shandong", 2019), Cell("41_henan", 2020))
    asked = dg.PartitionKeyRange(*tags.values())

    keys = region_years(REGIONS).get_partition_keys_in_range(asked)

    assert sorted(cell_of(key) for key in keys) == [
        Cell("37_shandong", 2019),
        Cell("37_shandong", 2020),
        Cell("41_henan", 2019),
        Cell("41_henan", 2020),
    ]


def test_neighbours_share_a_run_and_a_gap_takes_another() -> None:
    asked = rectangles(["41_henan", "11_beijing", "37_shandong"], [2021, 2019, 2020], REGIONS)
    assert list(asked) == [(Cell("11_beijing", 2019), Cell("41_henan", 2021))]

    asked = rectangles(["11_beijing", "41_henan"], [2019, 2021], REGIONS)
    assert len(list(asked)) == 4


def test_a_region_is_visited_once_for_all_its_years() -> None:
    cells = [Cell("b", 2020), Cell("a", 2021), Cell("b", 2019), Cell("a", 2021)]

    assert by_region(cells) == {"a": [2021], "b": [2019, 2020]}
