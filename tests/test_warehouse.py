"""Loading: idempotent, whole reports or none, versions are rows, the same on both databases."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError

from pipeline.dedup.changes import changed_cells
from pipeline.model import CellState, Figure, Finding, Place, Scope, Severity
from pipeline.versions import Version, VersionKind
from storage.warehouse.amended import amended_cells, reports_held
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from storage.warehouse.models import Base, Report
from storage.warehouse.queries import agencies, status
from storage.warehouse.rows import child_rows, report_id
from storage.warehouse.types import NotExactError, to_sqlite, unchanged
from storage.warehouse.views import figure_current
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
    new_warehouse,
    report,
    version,
)

TABLES = Base.metadata.tables
FORK = multiprocessing.get_context("fork")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = open_warehouse(new_warehouse(request.param, tmp_path))
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    opened = open_warehouse(new_warehouse("sqlite", tmp_path))
    yield opened
    opened.dispose()


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(TABLES[table])).mappings()]


def content(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table, times included."""
    return {name: sorted(map(str, rows(engine, name))) for name in TABLES}


def traces(engine: Engine) -> Any:
    """What no write can leave as it is: PostgreSQL's row versions, the bytes of SQLite's files."""
    if engine.dialect.name == "sqlite":
        files = (Path(f"{engine.url.database}{end}") for end in ("", "-wal"))
        return [sha256(file.read_bytes()).hexdigest() for file in files]
    with engine.connect() as connection:
        query = " UNION ALL ".join(f"SELECT xmin::text, ctid::text FROM {t}" for t in TABLES)
        return sorted(map(tuple, connection.execute(text(query))))


def current(engine: Engine) -> list[str]:
    return [row["id"] for row in rows(engine, "report") if row["is_current"]]


def value(engine: Engine, cell: str) -> Decimal | None:
    view = figure_current.c
    with engine.connect() as connection:
        found: Decimal | None = connection.scalar(
            select(view.value).where(view.indicator_id == cell)
        )
        return found


# --- idempotence ---------------------------------------------------------------------------------


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


# --- exact values --------------------------------------------------------------------------------


def test_money_is_exact_and_counts_stay_whole(engine: Engine) -> None:
    cells = figures(
        changes={"t3.granted.total": "7", "t2.administrative_licensing.item_change": "-51"}
    )
    load(engine, [version(report=report(cells))], loaded_at=NOW)

    assert str(value(engine, MONEY)) == "521.0592"
    assert value(engine, "t3.granted.total") == 7
    with engine.connect() as connection:
        total = connection.execute(text("SELECT SUM(value) FROM figure WHERE value = 7")).scalar()
        found = connection.execute(
            text("SELECT COUNT(*) FROM figure WHERE value = 521.0592")
        ).scalar()
        lowest = connection.execute(text("SELECT raw FROM figure ORDER BY value LIMIT 1")).scalar()
    assert total == 7
    assert found == 1
    assert lowest == "-51"


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_sqlite_gives_money_back_to_the_last_digit(printed: Decimal) -> None:
    kept = to_sqlite(printed)

    assert Decimal(repr(kept)) == printed


def test_sqlite_refuses_a_number_it_would_change() -> None:
    with pytest.raises(NotExactError, match=r"12345678901234567\.5 has more than the 15 digits"):
        to_sqlite(Decimal("12345678901234567.5"))
    with pytest.raises(NotExactError, match="PostgreSQL"):
        to_sqlite(Decimal(2**63))
    assert to_sqlite(Decimal(2**63 - 1)) == 2**63 - 1


def test_a_number_too_long_for_sqlite_is_named_and_the_other_reports_are_loaded(
    engine: Engine,
) -> None:
    long = version(report=report(figures(changes={MONEY: "12345678901234567.8901"})))

    summary = load(engine, [long, *many(2)], loaded_at=NOW)

    if engine.dialect.name == "sqlite":
        ((agency, year, reason),) = [(r.agency, r.report_year, r.reason) for r in summary.refused]
        assert (agency, year) == (AGENCY, 2019)
        assert "12345678901234567.8901" in reason
        assert summary.tables["report"].inserted == 2
    else:
        assert summary.refused == ()
        stored = [row["value"] for row in rows(engine, "figure") if row["indicator_id"] == MONEY]
        assert Decimal("12345678901234567.8901") in stored


def test_the_states_of_a_cell_are_told_apart(engine: Engine) -> None:
    ids = [figure.id for figure in figures()]
    states = [state for state in CellState if state is not CellState.REPORTED]
    cells = tuple(
        Figure(cell, None, None, state, None) for cell, state in zip(ids, states, strict=False)
    )
    load(engine, [version(report=report(cells))], loaded_at=NOW)

    found = {row["state"] for row in rows(engine, "figure") if row["value"] is None}
    assert found == {state.value for state in states}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (Figure("t3.made.up", Decimal(1), "1", CellState.REPORTED, None), "not in the code list"),
        (Figure(MONEY, None, "1", CellState.REPORTED, None), "value_if_reported"),
        (Figure(MONEY, Decimal(0), "/", CellState.SLASH, None), "value_if_reported"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_report(
    engine: Engine, cell: Figure, reason: str
) -> None:
    summary = load(engine, [version(report=report((cell,))), *many(1)], loaded_at=NOW)

    (refusal,) = summary.refused
    assert reason in refusal.reason
    assert [row["agency"] for row in rows(engine, "report")] == [f"{AGENCY}第0局"]


def test_a_cell_given_twice_is_refused(sqlite: Engine) -> None:
    summary = load(sqlite, [version(report=report((*figures(), figures()[0])))], loaded_at=NOW)

    assert [r.reason for r in summary.refused] == [
        f"{figures()[0].id} is there twice; expected each cell once"
    ]


def test_references_hold(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(
            TABLES["figure"].insert(),
            {"report_id": "none", "indicator_id": MONEY, "state": "blank"},
        )


# --- versions ------------------------------------------------------------------------------------


def correction(first: Version, *captures: Any) -> list[Version]:
    """The first version, and another that corrects a figure and was seen last."""
    cells = figures(changes={"t3.granted.total": "7"})
    corrected = replace(
        first,
        captures=captures,
        kind=VersionKind.CORRECTION,
        figures_fingerprint="f2",
        report=report(cells),
        changes=changed_cells(first.report, report(cells)),
        changed_after=first.captures[-1].fetched_at,
    )
    return [replace(first, is_current=False), corrected]


def test_a_correction_adds_a_version_and_becomes_the_current_one(engine: Engine) -> None:
    first = version(capture("a", day=0))
    load(engine, [first], loaded_at=NOW)

    summary = load(engine, correction(first, capture("b", day=5)), loaded_at=LATER)

    assert summary.tables["report"].inserted == 1
    assert summary.tables["report"].updated == 1
    assert summary.removed == 0
    assert len(rows(engine, "report")) == 2
    (now,) = current(engine)
    assert now.startswith("2019-")
    assert value(engine, "t3.granted.total") == 7
    assert load(engine, correction(first, capture("b", day=5)), loaded_at=LATER).written == 0


def test_a_correction_names_its_cells_and_the_time_between_which_they_changed(
    engine: Engine,
) -> None:
    first = version(capture("a", day=0))
    load(engine, correction(first, capture("b", day=5)), loaded_at=NOW)

    (change,) = rows(engine, "figure_change")
    (report_row,) = (row for row in rows(engine, "report") if row["kind"] == "correction")
    sides = [change[name] for name in ("indicator_id", "before_raw", "after_raw", "after_state")]
    assert sides == ["t3.granted.total", "0", "7", "reported"]
    assert change["report_id"] == report_row["id"]
    between = (report_row["changed_after"], report_row["first_seen_at"])
    assert between == (DAY, DAY + timedelta(days=5))


def test_captures_say_how_they_show_their_version(engine: Engine) -> None:
    captures = (
        capture("a", day=0),
        capture("b", day=1),
        capture("a", day=2, url="https://mirror.gov.cn/1"),
        capture("c", day=3, url="https://mirror.gov.cn/print/1"),
    )
    load(engine, [version(*captures)], loaded_at=NOW)

    shown = sorted(row["showing"] for row in rows(engine, "report_capture"))
    assert shown == ["copy", "first", "reformatted", "reprint"]


def test_a_report_never_has_two_current_versions(engine: Engine) -> None:
    load(engine, [version()], loaded_at=NOW)
    (row,) = rows(engine, "report")

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(TABLES["report"].insert(), {**row, "id": "x", "digest": "y"})


def test_a_mirror_that_is_seen_a_moment_later_does_not_beat_the_correction(engine: Engine) -> None:
    first = version(capture("a", day=0), capture("a", day=6, url="https://mirror.gov.cn/"))

    load(engine, correction(first, capture("b", day=5)), loaded_at=NOW)

    assert [row["kind"] for row in rows(engine, "report") if row["is_current"]] == ["correction"]


def test_copies_are_captures_of_one_version(engine: Engine) -> None:
    copies = (capture("a"), capture("a2", day=1, column="yj_portal"))

    load(engine, [version(*copies)], loaded_at=NOW)

    assert len(rows(engine, "report")) == 1
    assert len({row["capture_id"] for row in rows(engine, "report_capture")}) == 2


def test_a_better_reading_of_the_same_page_updates_the_version_in_place(engine: Engine) -> None:
    load(engine, [version()], loaded_at=NOW)
    (before,) = rows(engine, "report")
    cells = figures(changes={"t3.granted.total": "7"})[1:]
    better = replace(report(cells), findings=report().findings[:1], sections=())

    summary = load(engine, [version(figures_fingerprint="f9", report=better)], loaded_at=LATER)

    (after,) = rows(engine, "report")
    assert after["id"] == before["id"]
    assert (after["figures_fingerprint"], after["loaded_at"]) == ("f9", LATER)
    counts = summary.tables
    assert (counts["figure"].updated, counts["figure"].removed) == (1, 1)
    assert counts["figure"].unchanged == len(cells) - 1
    assert (counts["finding"].removed, counts["section"].removed) == (1, 2)
    assert value(engine, "t3.granted.total") == 7


def test_figures_alone_that_changed_date_their_report(engine: Engine) -> None:
    load(engine, [version()], loaded_at=NOW)
    cells = figures(changes={"t3.granted.total": "7"})

    load(engine, [version(report=report(cells))], loaded_at=LATER)

    assert [row["loaded_at"] for row in rows(engine, "report")] == [LATER]


def test_a_page_read_as_another_agencys_retires_the_row_it_was_read_into(engine: Engine) -> None:
    load(engine, [version(agency="应急管理局")], loaded_at=NOW)

    load(engine, [version()], loaded_at=LATER)

    standing = {
        row["agency"]: (row["is_current"], row["retired_at"]) for row in rows(engine, "report")
    }
    assert standing == {"应急管理局": (False, LATER), AGENCY: (True, None)}
    assert load(engine, [version()], loaded_at=LATER + timedelta(days=1)).written == 0


def test_a_retired_version_comes_back_when_a_reading_agrees_with_it_again(engine: Engine) -> None:
    for name, at in (("应急管理局", NOW), (AGENCY, LATER), ("应急管理局", LATER)):
        load(engine, [version(agency=name)], loaded_at=at)

    standing = {row["agency"]: row["is_current"] for row in rows(engine, "report")}
    assert standing == {"应急管理局": True, AGENCY: False}


def test_two_versions_that_turn_out_to_be_one_leave_the_older_standing(engine: Engine) -> None:
    a, b = capture("a", day=0), capture("b", day=5)
    load(engine, correction(version(a), b), loaded_at=NOW)

    load(engine, [version(a, b)], loaded_at=LATER)

    standing = {
        row["digest"]: (row["is_current"], row["retired_at"]) for row in rows(engine, "report")
    }
    assert standing == {"sha256:a": (True, None), "sha256:b": (False, LATER)}
    assert load(engine, [version(a, b)], loaded_at=LATER).written == 0


def test_one_version_that_turns_out_to_be_two_keeps_its_row(engine: Engine) -> None:
    a, b = capture("a", day=0), capture("b", day=5)
    load(engine, [version(a, b)], loaded_at=NOW)
    (before,) = rows(engine, "report")

    load(engine, correction(version(a), b), loaded_at=LATER)

    after = {row["digest"]: row for row in rows(engine, "report")}
    assert after["sha256:a"]["id"] == before["id"]
    assert [row["is_current"] for row in after.values()] == [False, True]


def test_a_report_in_two_partitions_ends_the_same_in_either_order(tmp_path: Path) -> None:
    """One page is linked as 2019, a corrected one as 2020; both say 2019."""
    linked_2019 = version(capture("a", day=0, year=2019))
    linked_2020 = version(capture("b", day=5, year=2020), figures_fingerprint="f2")
    ends = []
    for name, order in (("ab", (linked_2019, linked_2020)), ("ba", (linked_2020, linked_2019))):
        engine = open_warehouse(f"sqlite:///{tmp_path}/{name}.sqlite")
        for each in (*order, *order):
            load(engine, [each], loaded_at=NOW)
        ends.append(content(engine))
        assert len(current(engine)) == 1
        engine.dispose()

    assert ends[0] == ends[1]


def test_both_scopes_of_an_agency_are_current(engine: Engine) -> None:
    own = version(capture("a"))
    region = version(capture("b", url="https://x.gov.cn/b"), scope=Scope.REGION)

    load(engine, [own, region], loaded_at=NOW)

    assert len(current(engine)) == 2


def test_the_id_of_a_version_is_the_same_on_every_machine() -> None:
    assert report_id(version(capture("a"))) == "2019-fa586453d878aa94"
    assert report_id(version(capture("a", day=9))) == report_id(version(capture("a")))
    assert report_id(version(capture("b"))) != report_id(version(capture("a")))


# --- whole reports or none -----------------------------------------------------------------------


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


# --- what people ask -----------------------------------------------------------------------------


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
    assert listed[0].forms == "t2 2019, t3 2019, t4 2019"
    assert listed[0].figures == len(figures())
    assert agencies(engine, "99_yunjiang", 1999) == []


# --- odds ----------------------------------------------------------------------------------------


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
