"""The whole crawl of a generated province, night by night: every report, nothing that is none."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from crawlers.practice.generated.layouts import article_path, layouts, list_path
from crawlers.practice.generated.model import REGION, Column, Plan
from crawlers.practice.generated.rows import report
from crawlers.practice.generated.server import Generated, serve_generated
from crawlers.practice.generated.sites import columns
from crawlers.registry import columns_of
from pipeline.model import CaptureKind, CellState
from pipeline.read import read_page
from storage.captures import CaptureStore
from tests.province_support import FAST, crawl_night, table_of


def test_every_report_of_every_family_is_found_and_nothing_else(
    tmp_path: Path, record_property: Any
) -> None:
    with serve_generated(Plan(size=48, port=0)) as province:
        night = crawl_night(province, province.plan.years, tmp_path, FAST)
        true: dict[str, set[str]] = defaultdict(set)
        for column in province.columns():
            true[column.site.layout] |= set(night.truth(column))
        kept: dict[str, set[str]] = defaultdict(set)
        for url, column_id in night.kept.items():
            kept[column_id.rpartition("_")[0]].add(url)
    rows = [_scored(name, true[name], kept[name]) for name in layouts()]
    record_property("terminal", table_of("family  reports  kept  recall  precision", rows))
    assert {row[-2:] for row in rows} == {("100 %", "100 %")}
    assert_read_right(province, tmp_path)
    assert night.summary.complete
    assert len(night.kept) == 480
    assert night.summary.totals["undated"] == 0


def assert_read_right(province: Generated, captures: Path) -> None:
    """A page of each column, another year for each: every cell is read as the truth has it."""
    with CaptureStore(captures) as store:
        pages = {c.url: c for c in store.captures(REGION, kind=CaptureKind.REPORT)}
        for place, column in enumerate(province.columns()):
            known = list(province.truth_of(column))[place % 10]
            report = read_page(store.body(pages[known.url]))
            assert (report.agency, report.report_year) == (known.agency, known.report_year)
            read = {f.id: f.value for f in report.figures if f.state is CellState.REPORTED}
            assert read == known.cells, known.url


def _scored(name: str, true: set[str], kept: set[str]) -> tuple[str, ...]:
    right = len(true & kept)
    shares = (right / len(true), right / len(kept) if kept else 0.0)
    return (name, str(len(true)), str(len(kept)), *(f"{100 * share:.3g} %" for share in shares))


OF_NIGHTS = ("vsb", "trs", "ucap", "lonsun", "dahe", "nfcms")


def test_a_later_night_sees_what_came_what_changed_and_what_went(tmp_path: Path) -> None:
    plan = Plan(size=len(OF_NIGHTS), port=0, largest_site=1, layouts=OF_NIGHTS)
    with serve_generated(plan) as province:
        at = {site.id: next(columns(site)) for site in province.sites}
        years, gone = range(2018, 2026), report_url(at["trs"], 2019)
        province.fault("vsb", "without", year=2025)
        crawl_night(province, years, tmp_path, FAST)

        province.mend("vsb", "without")  # the numbers of descending pages shift
        province.fault("trs", "without", year=2019)
        province.fault("ucap", "corrected", year=2023)
        province.fault("lonsun", "corrected_elsewhere", year=2023)
        province.fault("dahe", "changing_etag")
        shallow = crawl_night(province, years, tmp_path, FAST)
        deep = crawl_night(province, years, tmp_path, {**FAST, "DEEP_AFTER_DAYS": 0})

    new = {name: shallow.of(column).new for name, column in at.items()}
    assert new == {**dict.fromkeys(OF_NIGHTS, 0), "vsb": 1, "lonsun": 1}
    assert report_url(at["vsb"], 2025) in shallow.kept
    assert shallow.of(at["trs"]).vanished == (gone,)
    assert shallow.summary.complete
    new = {name: deep.of(column).new for name, column in at.items()}
    assert new == {**dict.fromkeys(OF_NIGHTS, 0), "ucap": 1}, "a tag that changes is no new page"


YEAR_ROW = """
[[column]]
id = "{parent.id}_{year}"
agency = "{parent.agency.name}"
level = "{parent.agency.level}"
division = "{parent.agency.division}"
family = "trs"
list_url = "{parent.site.base_url}{path}{year}nb/"
parent = "{parent.id}"
first_year = {year}
last_year = {year}
reason = "one column per report year"
"""


MOVED_AWAY = {
    "404": "HTTP 404",
    "redirect": "blocked:home (HTTP 200)",
    "home": "it names no annual report",
}


@pytest.mark.parametrize("answers", MOVED_AWAY)
def test_a_column_that_moved_with_the_year_is_found_again_from_its_parent(
    tmp_path: Path, answers: str
) -> None:
    registry = tmp_path / "registry"
    with serve_generated(Plan(size=1, port=0, layouts=("trs",)), registry) as province:
        (parent,) = province.columns()
        province.fault("trs", "year_moved", year=2024, answers=answers)
        file, path = registry / f"{REGION}.toml", list_path(parent)
        rows = (YEAR_ROW.format(parent=parent, path=path, year=year) for year in (2023, 2024))
        file.write_text(file.read_text("utf-8") + "".join(rows), "utf-8")
        before = file.read_text("utf-8")
        night = crawl_night(province, range(2022, 2026), tmp_path / "captures", FAST)

    above, still, moved = night.summary.columns
    assert night.summary.complete, night.summary.unreached
    assert set(night.kept) == set(night.truth(parent)), "each year from below the parent, once"
    assert (still.found, still.notes, still.rows_to_add) == (1, (), ())
    assert (moved.found, moved.status) == (1, "answered")
    assert f" is not the column any more ({MOVED_AWAY[answers]})" in moved.notes[0]
    drafts = [tomllib.loads(row)["column"][0] for row in (*moved.rows_to_add, *above.rows_to_add)]
    there = f"{parent.site.base_url}{path}"
    assert {row["first_year"]: row["list_url"] for row in drafts} == {
        2022: f"{there}2022nb/",
        2024: f"{there}2024xxgknb/",
        2025: f"{there}2025nb/",
    }
    assert file.read_text("utf-8") == before, "a program does not write the registry"
    file.write_text(before + "\n".join(row for c in (moved, above) for row in c.rows_to_add))
    assert len(columns_of(registry, REGION)) == 6


def report_url(column: Column, year: int) -> str:
    return column.site.base_url + article_path(column, report(column, year))
