"""Loading: idempotent, whole reports or none, the same on both databases."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from datetime import datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from pipeline.model import CellState, Figure, Place
from storage.warehouse.amended import amended_cells, reports_held
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from storage.warehouse.models import Report
from storage.warehouse.rows import child_rows
from storage.warehouse.types import unchanged
from tests.storage_support import (
    AGENCY,
    DAY,
    LATER,
    MONEY,
    NOW,
    capture,
    figures,
    layered,
    many,
    report,
    version,
)
from tests.warehouse_support import TABLES, content, rows, traces

pytest_plugins = ("tests.warehouse_support",)
FORK = multiprocessing.get_context("fork")


def test_a_second_load_writes_nothing(engine: Engine) -> None:
    first = load(engine, many(3), loaded_at=NOW)
    before, marks = content(engine), traces(engine)

    second = load(engine, many(3), loaded_at=LATER)

    assert (first.refused, second.refused) == ((), ())
    assert first.tables["report"].inserted == 3
    assert first.tables["figure"].inserted == 3 * len(figures())
    assert (second.written, second.unchanged) == (0, first.inserted)
    assert content(engine) == before
    assert traces(engine) == marks


def test_the_three_layers_of_a_figure_stand_side_by_side(engine: Engine) -> None:
    load(engine, [version(report=layered())], loaded_at=NOW)

    cells = {row["indicator_id"]: row for row in rows(engine, "figure")}
    layers = ("value", "recomputed", "corrected")
    assert [cells["t3.granted.total"][name] for name in layers] == [0, 3, 4]
    assert [cells[MONEY][name] for name in layers] == [Decimal("521.0592"), Decimal("521.06"), None]
    (amendment,) = rows(engine, "amendment")
    assert (amendment["value"], amendment["printed"]) == (4, "0")
    assert (amendment["reason"], amendment["decided_on"]) == ("少计四件", "2026-11-22")
    assert amended_cells(engine) == {(AGENCY, 2019, "t3.granted.total")}
    assert reports_held(engine) == {(AGENCY, 2019)}


def test_rows_that_an_agency_adds_have_a_table_of_their_own(engine: Engine) -> None:
    load(engine, [version(report=layered())], loaded_at=NOW)

    first, second = sorted(rows(engine, "local_figure"), key=itemgetter("number"))
    assert (first["local_id"], first["form_table"]) == ("t2x.1.1", "t2")
    assert (first["label"], first["value"], first["page_line"]) == ("其他主动公开文件", 12.5, 88)
    assert (second["form_table"], second["value"], second["state"]) == ("s14", None, "slash")


def test_loading_layers_and_added_rows_again_writes_nothing_and_less_removes_them(
    engine: Engine,
) -> None:
    load(engine, [version(report=layered())], loaded_at=NOW)
    marks = traces(engine)

    again = load(engine, [version(report=layered())], loaded_at=LATER)
    unwritten = traces(engine)
    load(engine, [version()], loaded_at=LATER)

    assert again.written == 0
    assert unwritten == marks
    assert rows(engine, "amendment") == []
    assert rows(engine, "local_figure") == []
    assert {row["corrected"] for row in rows(engine, "figure")} == {None}


reported = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
states = st.sampled_from([state for state in CellState if state is not CellState.REPORTED])
cells = st.one_of(
    st.builds(lambda n: (n, str(n), CellState.REPORTED), reported),
    st.builds(lambda state: (None, None, state), states),
)


@given(values=st.lists(cells, min_size=1, max_size=5), copies=st.integers(1, 3))
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_loading_twice_changes_nothing_whatever_the_page_says(
    values: list[tuple[Decimal | None, str | None, CellState]], copies: int
) -> None:
    ids = [figure.id for figure in figures()]
    read = tuple(Figure(ids[n], *cell, Place(1, n, 1)) for n, cell in enumerate(values))
    seen = [capture(day=day, url=f"https://x.gov.cn/{day % 2}") for day in range(copies)]
    engine = open_warehouse("sqlite://")
    loaded = [version(*seen, report=report(read))]

    load(engine, loaded, loaded_at=NOW)
    before = content(engine)

    assert load(engine, loaded, loaded_at=LATER).written == 0
    assert content(engine) == before
    stored = {row["indicator_id"]: row["value"] for row in rows(engine, "figure")}
    assert stored == {figure.id: figure.value for figure in read}


def test_a_night_on_which_the_page_is_still_there_moves_last_seen_alone(engine: Engine) -> None:
    load(engine, [version(capture(day=0))], loaded_at=NOW)

    summary = load(engine, [version(capture(day=0), capture(day=1))], loaded_at=LATER)

    assert summary.inserted == 0
    assert {table for table, counts in summary.tables.items() if counts.written} == {
        "capture",
        "report",
    }
    (row,) = rows(engine, "report")
    assert (row["first_seen_at"], row["last_seen_at"]) == (DAY, DAY + timedelta(days=1))
    assert row["loaded_at"] == LATER
    assert len(rows(engine, "capture")) == 1


def test_a_load_that_is_killed_leaves_whole_reports(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/warehouse.sqlite"
    engine = open_warehouse(url)
    loading = FORK.Process(target=_load, args=(url, 20_000))
    loading.start()
    deadline = time.monotonic() + 60
    while _count(engine, "report") < 20:
        assert loading.is_alive()
        assert time.monotonic() < deadline
    assert loading.pid
    os.kill(loading.pid, signal.SIGKILL)
    loading.join()

    loaded = _count(engine, "report")
    assert 20 <= loaded < 20_000
    assert _count(engine, "figure") == loaded * len(figures())
    assert _count(engine, "finding") == loaded * 2
    assert _count(engine, "report_capture") == loaded
    again = load(engine, many(loaded + 1), loaded_at=LATER)
    assert again.tables["report"].inserted == 1
    engine.dispose()


def _load(url: str, count: int) -> None:
    assert load(open_warehouse(url), many(count), loaded_at=NOW).refused == ()


def _count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(TABLES[table])).scalar_one()


def test_two_processes_may_load_at_once(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    loads = [FORK.Process(target=_load, args=(url, 40)) for _ in range(2)]
    for process in loads:
        process.start()
    for process in loads:
        process.join(timeout=60)

    assert [process.exitcode for process in loads] == [0, 0]
    assert _count(engine, "report") == 40
    assert load(engine, many(40), loaded_at=LATER).written == 0


def test_personal_data_in_prose_is_masked(engine: Engine) -> None:
    prose = "联系人：王小明，电话：0999-1234567。全年主动公开信息12条。"
    load(engine, [version(report=report(prose=prose))], loaded_at=NOW)

    masked = "联系人：***，电话：************。全年主动公开信息12条。"
    assert [row["content"] for row in rows(engine, "section")] == [masked, ""]
    assert [row["sentence"] for row in rows(engine, "fact")] == [masked]


def test_child_rows_are_in_the_order_of_their_columns() -> None:
    children = child_rows(version(), unchanged)

    for table, made in children.items():
        columns = list(TABLES[table].columns)
        for row in made:
            assert len(row) == len(columns)
            for column, item in zip(columns, row, strict=True):
                kind = column.type.python_type
                assert item is None or isinstance(item, kind), f"{table}.{column.name}: {item!r}"
    named = dict(zip(TABLES["figure"].columns.keys(), children["figure"][0], strict=True))
    assert (named["page_table"], named["page_row"], named["page_line"]) == (1, 1, 101)
    named = dict(zip(TABLES["fact"].columns.keys(), children["fact"][0], strict=True))
    assert (named["qualifier"], named["scope"], named["period"]) == ("exact", "agency", "year")
    named = dict(zip(TABLES["finding"].columns.keys(), children["finding"][0], strict=True))
    assert (named["code"], named["severity"], named["place"]) == (
        "row_width",
        "error",
        "t3.granted",
    )


def test_a_time_without_a_zone_is_refused(sqlite: Engine) -> None:
    with pytest.raises(Exception, match="names no time zone"):
        load(sqlite, [version()], loaded_at=datetime(2026, 11, 22))  # noqa: DTZ001


def test_times_come_back_in_utc_to_the_microsecond(engine: Engine) -> None:
    load(engine, [version()], loaded_at=NOW)

    with engine.connect() as connection:
        seen = connection.execute(select(Report.first_seen_at)).scalar_one()
    assert seen.isoformat() == "2026-11-20T18:00:00.250000+00:00"
