"""What people ask of the warehouse: cells, regions and years, agencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, func, select

from pipeline.model import Finding, Severity
from storage.warehouse.load import load
from storage.warehouse.queries import Doubt, agencies, doubts, pages, status
from storage.warehouse.views import figure_current
from tests.storage_support import (
    AGENCY,
    DAY,
    MONEY,
    NOW,
    capture,
    correction,
    figures,
    many,
    report,
    version,
)

pytest_plugins = ("tests.warehouse_support",)


def test_a_cell_of_the_other_form_is_shown_as_not_on_this_form(engine: Engine) -> None:
    load(engine, [version(report=report(figures()[1:]))], loaded_at=NOW)
    view = figure_current.c

    with engine.connect() as connection:
        found = {
            row.indicator_id: row.state
            for row in connection.execute(select(view.indicator_id, view.state))
        }

    assert len(found) == 226
    assert found["t2.regulations.issued_count"] == "not_on_form"
    assert found[figures()[0].id] == "absent"
    assert found[MONEY] == "reported"


def test_a_doubtful_cell_says_so_and_the_others_do_not(engine: Engine) -> None:
    doubtful = replace(
        report(), doubts={"t3.granted.total": Severity.ERROR, MONEY: Severity.WARNING}
    )
    load(engine, [version(report=doubtful)], loaded_at=NOW)
    view = figure_current.c

    with engine.connect() as connection:
        found = connection.execute(
            select(view.indicator_id, view.doubt).where(view.doubt.is_not(None))
        )
        assert {row.indicator_id: row.doubt for row in found} == {
            "t3.granted.total": "error",
            MONEY: "warning",
        }
    assert doubts(engine, "99_yunjiang", 2019) == [Doubt(AGENCY, "t3.granted", "行宽不符")]


def test_the_page_of_a_report_is_found_by_its_id_and_by_its_agency_and_year(engine: Engine) -> None:
    load(engine, correction(version(capture("a")), capture("b", day=5)), loaded_at=NOW)

    (current,) = pages(engine, AGENCY, 2019)

    assert pages(engine, current.report_id, None) == [current]
    assert current.digest == capture("b", day=5).digest
    assert pages(engine, AGENCY, 2018) == pages(engine, "2019-0", None) == []


def test_a_report_without_tables_has_no_cells(engine: Engine) -> None:
    bare = replace(report(()), forms={"t2": None, "t3": None, "t4": None})

    load(engine, [version(report=bare)], loaded_at=NOW)

    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(figure_current)).scalar() == 0
    (partition,) = status(engine)
    assert (partition.reports, partition.with_tables, partition.figures) == (1, 0, 0)


def test_status_counts_each_region_and_year(engine: Engine) -> None:
    warned = replace(
        report(), findings=(Finding("x", Severity.WARNING, "page", "有误", "something is off"),)
    )
    older = version(capture("c"), report_year=2018, report=warned)
    first = version(capture("a", day=0))
    load(engine, [*correction(first, capture("b", day=5)), older, *many(1)], loaded_at=NOW)

    by_year = {row.report_year: row for row in status(engine)}

    assert by_year[2018].warnings == 1
    assert by_year[2018].errors == 0
    assert (by_year[2019].region, by_year[2019].reports) == ("99_yunjiang", 2)
    assert by_year[2019].figures == 2 * len(figures())
    assert by_year[2019].errors == 2
    assert by_year[2019].last_fetched == DAY + timedelta(days=5)


def test_agencies_are_listed_with_those_most_in_need_of_a_look_first(engine: Engine) -> None:
    clean = [replace(v, report=replace(v.report, findings=())) for v in many(1)]
    first = version(capture("a", day=0))
    load(engine, [*clean, *correction(first, capture("b", day=5))], loaded_at=NOW)

    listed = agencies(engine, "99_yunjiang", 2019)

    assert [(row.agency, row.errors, row.notes, row.versions) for row in listed] == [
        (AGENCY, 1, 1, 2),
        (f"{AGENCY}第0局", 0, 0, 1),
    ]
    assert listed[0].forms == "2019"
    assert listed[0].figures == len(figures())
    assert agencies(engine, "99_yunjiang", 1999) == []
