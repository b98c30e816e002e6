"""The steps after the crawl, on captures and stage files of a test's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.commands.grouping import Reports, group_year, stray_years
from pipeline.commands.places import Cell, Places
from pipeline.commands.rows import report_row
from pipeline.commands.steps import first_of_each, group_cell, own_year
from pipeline.dedup.plan import contested, identified, see
from pipeline.model import Capture, CapturedReport, CaptureKind, Claim, Report
from pipeline.read import read_page
from storage.stages import read_stage, write_stage

REGION = "41_henan"
NIGHT = datetime(2026, 1, 1, 18, tzinfo=UTC)


def capture(
    number: int, *, year: int | None = 2020, wording: str = "a", page: str = "1"
) -> Capture:
    return Capture(
        id=number,
        crawl=f"crawl{number}",
        region=REGION,
        column="henan_yjglt",
        kind=CaptureKind.REPORT,
        report_year=year,
        url=f"https://yjglt.henan.gov.cn/{page}.html",
        status=200,
        content_type="text/html",
        fetched_at=NIGHT + timedelta(days=number),
        digest=f"sha256:{wording}",
        warc="41_henan/x.warc.gz",
        offset=0,
        is_new=True,
    )


def report(year: int | None, text: str = "本年度主动公开信息。") -> Report:
    title = f"{year}年政府信息公开工作年度报告" if year else "政府信息公开工作年度报告"
    headings = (
        "二、主动公开政府信息情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    )
    rest = "".join(f"<p>{heading}</p>" for heading in headings)
    page = f"<html><body><h1>{title}</h1><p>一、总体情况</p><p>{text}</p>{rest}</body></html>"
    read = read_page(page.encode(), claim=Claim(agency="河南省应急管理厅", report_year=year))
    return replace(read, report_year=year)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path, tmp_path / "registry", "sqlite://")


def put(places: Places, year: int, *reports: CapturedReport, stage: str = "reports") -> None:
    write_stage(places.stage(stage, Cell(REGION, year)), reports)


def test_a_page_that_is_fetched_every_night_is_read_once() -> None:
    nights = [capture(1), capture(2), capture(3, wording="b"), capture(4), capture(5, page="2")]

    assert [each.id for each in first_of_each(nights)] == [1, 3, 5]


def test_a_report_about_another_year_strays_and_an_undated_page_belongs_to_its_year() -> None:
    listed, stray = (
        CapturedReport(capture(1), report(2020)),
        CapturedReport(capture(2), report(2019)),
    )
    undated = CapturedReport(capture(3, year=None), report(2019))
    unknown = CapturedReport(capture(4, year=None), report(None))
    strays: list[CapturedReport] = []

    own = list(own_year([listed, stray, undated, unknown], 2020, strays))

    assert own == [listed, unknown]
    assert strays == [stray]


def test_a_stray_is_grouped_with_the_year_it_reports_on_whichever_cell_is_run(
    places: Places,
) -> None:
    put(places, 2019, CapturedReport(capture(1, year=2019), report(2019)))
    put(places, 2020)
    put(
        places, 2020, CapturedReport(capture(2, page="2"), report(2019, "又一版。")), stage="strays"
    )

    from_its_year = tuple(group_year(places, REGION, 2019).versions)
    group_cell(places, Cell(REGION, 2020))
    from_its_list = tuple(
        read_stage(places.stage("versions", Cell(REGION, 2020)), type(from_its_year[0]))
    )

    assert stray_years(places, Cell(REGION, 2020)) == [2019]
    assert from_its_list == from_its_year
    assert [version.is_current for version in from_its_year] == [False, True]


def test_only_reports_with_several_wordings_ask_where_they_were_seen_last(places: Places) -> None:
    put(
        places,
        2020,
        CapturedReport(capture(1), report(2020)),
        CapturedReport(capture(2, wording="b"), report(2020, "改过的话。")),
    )
    put(places, 2021, CapturedReport(capture(3, year=2021, page="3"), report(2021)))

    several = identified(map(see, Reports(places, REGION, 2020)))
    single = identified(map(see, Reports(places, REGION, 2021)))
    assert contested(several) == {"https://yjglt.henan.gov.cn/1.html"}
    assert contested(single) == set()


def test_a_report_without_year_has_no_version_and_is_named(places: Places) -> None:
    put(places, 2020, CapturedReport(capture(1, year=None), report(None)))

    result = group_cell(places, Cell(REGION, 2020))

    assert result.rows == []
    assert [page.url for page in result.unread] == ["https://yjglt.henan.gov.cn/1.html"]


def test_the_row_of_a_report_shows_figures_as_printed_and_empty_where_there_is_none() -> None:
    row = report_row(CapturedReport(capture(1), report(2020)))

    assert row["agency"] == "河南省应急管理厅"
    assert row["新收"] is None
    assert row["form"] is None
    assert row["figures"] == 0


def test_the_places_of_a_machine_are_absolute_and_default_below_the_data_folder() -> None:
    places = Places.from_environment({"NIANBAO_DATA": "data"})

    assert places.data == Path("data").absolute()
    assert places.warehouse == f"sqlite:///{places.data}/warehouse.sqlite"
    assert places.stage("reports", Cell(REGION, 2021)).parts[-3:] == (
        "reports",
        REGION,
        "2021.jsonl",
    )
