"""Every column and every indicator is explained, on its page and beside every export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.forms import load_indicators
from pipeline.model import CellState
from storage.exports.dictionary import HEADER, dictionary_rows
from storage.exports.tables import EXPORTED
from storage.warehouse.dictionary import (
    PAGE,
    STATES,
    meanings,
    table_meaning,
    tables,
    write_page,
)
from tests.shared_support import SHARED

CODE_LIST = SHARED / "domain" / "codelist.json"


def test_the_page_is_the_dictionary_of_today(tmp_path: Path) -> None:
    """To write it again: `python -m storage.warehouse.dictionary`."""
    write_page(tmp_path / "today.md")

    assert PAGE.read_text("utf-8") == (tmp_path / "today.md").read_text("utf-8")


@pytest.mark.parametrize("entry", list(meanings()), ids=lambda e: f"{e.table}.{e.column}")
def test_every_column_has_a_meaning(entry: object) -> None:
    assert getattr(entry, "meaning", "")


def test_every_table_says_what_a_row_is() -> None:
    for table in tables():
        assert len(table_meaning(table)) > 20, table.name


def test_every_state_is_explained() -> None:
    assert set(STATES) == set(CellState)


def rows() -> list[dict[str, object]]:
    return [dict(zip(HEADER, row, strict=True)) for row in dictionary_rows()]


def test_an_export_explains_each_of_its_columns() -> None:
    explained = {(r["table"], r["name"]) for r in rows() if r["entry"] == "column" and r["meaning"]}

    assert explained == {
        (table, column.name)
        for table, query in EXPORTED.items()
        for column in query.selected_columns
    }


def test_an_export_explains_each_indicator() -> None:
    explained = {str(r["name"]): r for r in rows() if r["entry"] == "indicator"}

    assert list(explained) == [indicator.id for indicator in load_indicators()]
    granted = explained["t3.granted.total"]
    assert (granted["forms"], granted["comparable_across_forms"]) == ("2019 2021", True)
    assert granted["is_total"] is True
    only = explained["t2.regulations.issued_count"]
    assert (only["forms"], only["comparable_across_forms"], only["unit"]) == ("2021", False, "件")
    assert (granted["comparability"], granted["comparable_with"]) == ("same", None)
    near = (only["comparability"], only["comparable_with"])
    assert near == ("near", "t2.regulations.new_made_count")


@pytest.mark.skipif(not CODE_LIST.exists(), reason="the field's code list is not on this machine")
def test_the_indicators_are_those_of_the_fields_code_list() -> None:
    wanted = {row["id"]: row for row in json.loads(CODE_LIST.read_text("utf-8"))["indicators"]}
    explained = {
        str(r["name"]): r for r in rows() if r["entry"] == "indicator" and r["table"] != "s14"
    }

    assert explained.keys() == wanted.keys()
    for key, row in explained.items():
        assert row["forms"] == " ".join(wanted[key]["forms"]), key


def test_no_entry_holds_a_line_break() -> None:
    """Some spreadsheets split it into two rows."""
    for row in rows():
        assert not any("\n" in str(value) for value in row.values()), row
