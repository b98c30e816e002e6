"""The CSV export: complete, explained, the same bytes for the same warehouse."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pipeline.model import CellState, Figure
from storage.exports import EXPORTS
from storage.exports.csv import export_csv
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from tests.storage_support import (
    AGENCY,
    LATER,
    MONEY,
    NOW,
    capture,
    correction,
    figures,
    layered,
    many,
    report,
    version,
)
from tests.warehouse_support import new_warehouse

pytest_plugins = ("tests.warehouse_support",)
NAMES = (
    *("reports", "figures", "local_figures", "amendments", "facts", "findings", "findings_across"),
    *("attachments", "corrections"),
    "dictionary",
)
FILES = [f"{name}.csv" for name in NAMES]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_export_is_there_by_name(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, many(2), loaded_at=NOW)

    for name, export in EXPORTS.items():
        paths = export(sqlite, tmp_path / name)
        assert [path.name for path in paths] == FILES
        assert all(path.exists() for path in paths)


def test_figures_are_tidy_and_labelled(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, [version()], loaded_at=NOW)

    export_csv(sqlite, tmp_path / "out")

    cells = {row["indicator_id"]: row for row in read(tmp_path / "out" / "figures.csv")}
    assert len(cells) == 226
    money = cells[MONEY]
    assert (money["value"], money["raw"], money["state"]) == ("521.0592", "521.0592", "reported")
    assert (money["agency"], money["report_year"], money["unit"]) == (AGENCY, "2019", "万元")
    assert cells["t3.granted.total"]["row_label"] == "（一）予以公开"
    assert cells["t3.granted.total"]["is_total"] == "true"
    absent = cells["t2.regulations.issued_count"]
    assert (absent["state"], absent["value"]) == ("not_on_form", "")


def test_layers_and_added_rows_are_exported(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, [version(report=layered())], loaded_at=NOW)

    export_csv(sqlite, tmp_path / "out")

    cells = {row["indicator_id"]: row for row in read(tmp_path / "out" / "figures.csv")}
    granted = cells["t3.granted.total"]
    assert [granted[name] for name in ("value", "recomputed", "corrected")] == ["0", "3", "4"]
    (amendment,) = read(tmp_path / "out" / "amendments.csv")
    assert (amendment["agency"], amendment["value"], amendment["reason"]) == (
        AGENCY,
        "4",
        "少计四件",
    )
    added, other = read(tmp_path / "out" / "local_figures.csv")
    assert (added["label"], added["value"], added["unit"]) == ("其他主动公开文件", "12.5", "件")
    assert (other["column_label"], other["value"], other["state"]) == ("", "", "slash")


def test_zero_and_nothing_are_told_apart(sqlite: Engine, tmp_path: Path) -> None:
    blank = Figure(figures()[1].id, None, "", CellState.BLANK, None)
    load(sqlite, [version(report=report((figures()[0], blank)))], loaded_at=NOW)

    export_csv(sqlite, tmp_path / "out")

    cells = {row["indicator_id"]: row for row in read(tmp_path / "out" / "figures.csv")}
    assert cells[figures()[0].id]["value"] == "0"
    assert (cells[blank.id]["value"], cells[blank.id]["state"]) == ("", "blank")


def test_nothing_changed_means_the_same_bytes(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, many(3), loaded_at=NOW)
    export_csv(sqlite, tmp_path / "one")
    load(sqlite, many(3), loaded_at=LATER)
    export_csv(sqlite, tmp_path / "two")

    assert sorted(exported(tmp_path / "one")) == sorted(FILES)
    assert exported(tmp_path / "one") == exported(tmp_path / "two")


def test_postgresql_and_another_order_of_loading_give_the_same_bytes(
    sqlite: Engine, tmp_path: Path
) -> None:
    other = open_warehouse(new_warehouse("postgresql", tmp_path))
    load(sqlite, many(12), loaded_at=NOW)
    load(other, reversed(many(12)), loaded_at=LATER)

    export_csv(sqlite, tmp_path / "one")
    export_csv(other, tmp_path / "two")
    other.dispose()

    assert exported(tmp_path / "one") == exported(tmp_path / "two")


def test_excel_reads_the_files_as_chinese(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, [version()], loaded_at=NOW)

    for path in export_csv(sqlite, tmp_path / "out"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path
        assert b"\r\n" in path.read_bytes()


def test_old_wordings_are_in_reports_alone(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, correction(version(capture("a")), capture("b", day=5)), loaded_at=NOW)

    export_csv(sqlite, tmp_path / "out")

    assert [r["is_current"] for r in read(tmp_path / "out" / "reports.csv")] == [
        "true",
        "false",
    ] or [r["is_current"] for r in read(tmp_path / "out" / "reports.csv")] == ["false", "true"]
    cells = read(tmp_path / "out" / "figures.csv")
    assert {row["report_id"] for row in cells} == {
        row["report_id"]
        for row in read(tmp_path / "out" / "reports.csv")
        if row["is_current"] == "true"
    }
    assert [r["value"] for r in cells if r["indicator_id"] == "t3.granted.total"] == ["7"]


def test_corrections_name_each_cell_with_both_sides(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, correction(version(capture("a")), capture("b", day=5)), loaded_at=NOW)

    export_csv(sqlite, tmp_path / "out")

    (row,) = read(tmp_path / "out" / "corrections.csv")
    shown = [row[name] for name in ("agency", "indicator_id", "before_value", "after_value")]
    assert shown == [AGENCY, "t3.granted.total", "0", "7"]


def test_findings_have_both_languages(sqlite: Engine, tmp_path: Path) -> None:
    load(sqlite, [version()], loaded_at=NOW)

    export_csv(sqlite, tmp_path / "out")

    found = read(tmp_path / "out" / "findings.csv")
    assert [(row["code"], row["place"], row["message_zh"]) for row in found] == [
        ("row_width", "t3.granted", "行宽不符"),
        ("label_variant", "t3.denied", "行名有异"),
    ]
    assert found[0]["message_en"] == "the row is too wide"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("-51", "-51"),
        ("—", "—"),
        ("-", "-"),
        ("年报", "年报"),
    ],
)
def test_no_text_of_a_page_runs_as_a_formula(
    sqlite: Engine, tmp_path: Path, title: str, shown: str
) -> None:
    load(sqlite, [version(report=replace(report(), title=title))], loaded_at=NOW)

    export_csv(sqlite, tmp_path / "out")

    assert [row["title"] for row in read(tmp_path / "out" / "reports.csv")] == [shown]


def test_an_export_that_fails_leaves_the_old_files(
    sqlite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(sqlite, many(1), loaded_at=NOW)
    export_csv(sqlite, tmp_path / "out")
    before = exported(tmp_path / "out")
    load(sqlite, many(3), loaded_at=NOW)

    def broken(_value: object) -> str:
        raise OSError("no space left on device")

    monkeypatch.setattr("storage.exports.csv._shown", broken)
    with pytest.raises(OSError, match="no space left"):
        export_csv(sqlite, tmp_path / "out")

    assert exported(tmp_path / "out") == before


def test_an_empty_warehouse_gives_headers_and_a_whole_dictionary(
    sqlite: Engine, tmp_path: Path
) -> None:
    export_csv(sqlite, tmp_path / "out")

    assert read(tmp_path / "out" / "reports.csv") == []
    assert read(tmp_path / "out" / "dictionary.csv")
