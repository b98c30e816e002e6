"""What a person sees in the UI, as functions of what the steps returned."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from pipeline.commands.places import Cell
from pipeline.commands.results import StageResult, Unread
from pipeline.defs import checks
from pipeline.defs.show import MAX_ROWS, table

CELL = Cell("41_henan", 2021)


def test_a_table_says_how_many_rows_it_leaves_out() -> None:
    shown = table([{"column": str(number), "why": None} for number in range(MAX_ROWS + 2)])

    assert isinstance(shown, dg.TableMetadataValue)
    assert len(shown.records) == MAX_ROWS + 1
    assert shown.records[-1].data == {"column": "… and 2 more", "why": ""}
    assert table([]) == dg.TextMetadataValue("— (nothing)")


def test_figures_in_doubt_are_a_warning_that_counts_and_names_them() -> None:
    doubtful = StageResult(CELL, Path("x"), findings=[{"agency": "甲", "where": "t3.granted"}])

    result = checks.figures_add_up([doubtful])

    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert result.metadata["count"] == dg.IntMetadataValue(1)
    assert checks.figures_add_up([StageResult(CELL, Path("x"))]).passed


def test_a_page_that_is_no_document_is_named_with_its_cell_and_reason() -> None:
    result = checks.every_page_extracted(
        [StageResult(CELL, Path("x"), unread=[Unread("https://a.gov.cn/1", "record cut short")])]
    )

    shown = result.metadata["table"]
    assert isinstance(shown, dg.TableMetadataValue)
    assert not result.passed
    assert [record.data for record in shown.records] == [
        {"cell": "41_henan 2021", "url": "https://a.gov.cn/1", "why": "record cut short"}
    ]
