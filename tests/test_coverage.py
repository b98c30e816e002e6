"""How a report year of a column stands: missing, never listed, not had, not due, unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawlers.coverage import MISSING, Coverage, Listed
from crawlers.registry import columns_of, default_registry
from pipeline.commands.crawling import as_ranges

TODAY = date(2026, 11, 22)
LISTED = Listed(
    had={2015, 2018, 2020, 2024},
    named={2015, 2016, 2018, 2020, 2023, 2024},
    beside={2011},
    left_out={2023},
    before={2013, 2015, 2022},
    is_whole=True,
)


@pytest.mark.parametrize(
    ("year", "stands"),
    [
        (2024, Coverage.HAD),
        (2016, Coverage.NOT_HAD),
        (2023, Coverage.LEFT_OUT),
        (2022, Coverage.VANISHED),
        (2019, Coverage.GAP),
        (2014, Coverage.GAP),
        (2012, Coverage.GAP),
        (2010, Coverage.EARLIER),
        (2025, Coverage.GAP),
    ],
)
def test_each_year_stands_in_one_way(year: int, stands: Coverage) -> None:
    assert LISTED.of(year, date(year + 1, 1, 31), TODAY) is stands


def test_only_what_should_be_there_is_missing() -> None:
    assert {Coverage.GAP, Coverage.VANISHED} == MISSING


def test_a_list_that_was_not_read_to_its_end_says_nothing_of_what_it_does_not_name() -> None:
    part = replace(LISTED, is_whole=False)

    found = {year: part.of(year, date(year + 1, 1, 31), TODAY) for year in range(2012, 2026)}

    assert {
        year for year, stands in found.items() if stands is not Coverage.UNKNOWN
    } == LISTED.named


def test_a_list_without_a_year_has_no_gap() -> None:
    nothing = Listed((), (), (), (), (), is_whole=True)

    assert nothing.of(2019, date(2020, 1, 31), TODAY) is Coverage.EARLIER


@pytest.mark.parametrize(
    ("level", "last"), [("county_department", date(2026, 1, 31)), ("county", date(2026, 3, 31))]
)
def test_a_report_is_missing_once_the_time_that_the_law_leaves_is_over(
    level: str, last: date
) -> None:
    (row,) = (c for c in columns_of(default_registry(), "41_henan") if c.id == "henan")
    row = row.model_copy(update={"level": level})

    assert row.due_by(2025) == last
    assert LISTED.of(2025, row.due_by(2025), last) is Coverage.NOT_DUE
    assert LISTED.of(2025, row.due_by(2025), date(2026, 4, 1)) is Coverage.GAP


def test_years_are_written_as_people_do() -> None:
    assert as_ranges([2008, 2009, 2010, 2013, 2015, 2016]) == "2008-2010 2013 2015-2016"
    assert as_ranges([]) == ""
