"""Versions are rows: corrections, copies, better readings, and versions that are retired."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from pipeline.model import Scope
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from storage.warehouse.rows import report_id
from tests.storage_support import (
    AGENCY,
    DAY,
    LATER,
    NOW,
    capture,
    correction,
    figures,
    report,
    version,
)
from tests.warehouse_support import TABLES, content, current, rows, value

pytest_plugins = ("tests.warehouse_support",)


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
