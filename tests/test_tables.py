"""Rows of the statutory tables: their form, their cells, what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from pipeline.model import CellState, Image, Paragraph
from pipeline.parse.tables import read_tables
from tests.tables_support import (
    ONE_GRANTED,
    WIDTH,
    Lines,
    codes,
    read,
    row_of,
    table_three,
    table_two,
    values,
)


def test_a_plain_table_is_read_as_printed() -> None:
    result = read(table_three(**ONE_GRANTED))

    assert result.forms == {"t2": None, "t3": "2019", "t4": None}
    assert values(result, "granted") == [3, 1, 0, 0, 0, 0, 4]
    assert codes(result) == {}


@pytest.mark.parametrize("code", ["2019", "2021"])
def test_the_form_is_decided_by_the_table_not_by_the_year(code: str) -> None:
    assert read(table_three(code), year=2024).forms["t3"] == code


def test_cells_of_the_other_form_are_said_not_to_be_on_this_one() -> None:
    states = {f.id: f.state for f in read(table_three("2019")).figures}

    assert states["t3.other_misc.total"] is CellState.NOT_ON_FORM
    assert states["t3.other_processing.total"] is CellState.REPORTED


def test_eight_figures_for_seven_columns_are_read_only_as_the_arithmetic_allows() -> None:
    lines = table_three(**ONE_GRANTED)
    lines[-2] = ["（七）总计", "3", "1", "0", "0", "0", "0", "0", "4"]

    result = read(lines)

    assert values(result, "processed_total") == [3, 1, 0, 0, 0, 0, 4]
    assert codes(result) == {"t3.processed_total": "row_width"}


def test_eight_figures_that_no_arithmetic_decides_stay_unread() -> None:
    lines = table_three(**ONE_GRANTED)
    lines[-2] = ["（七）总计", "3", "1", "5", "0", "0", "0", "0", "9"]

    result = read(lines)

    assert values(result, "processed_total") == [None] * WIDTH
    assert {f.state for f in row_of(result, "processed_total")} == {CellState.UNREADABLE}
    assert {f.raw for f in row_of(result, "processed_total")} == {"3 1 5 0 0 0 0 9"}
    assert codes(result) == {"t3.processed_total": "row_unreadable"}


def test_a_row_too_short_is_unreadable_never_padded() -> None:
    lines = table_three(**ONE_GRANTED)
    lines[2] = ["（一）予以公开", "3", "1", "0", "0"]

    result = read(lines)

    assert values(result, "granted") == [None] * WIDTH
    assert codes(result) == {"t3.granted": "row_unreadable"}


def test_a_row_not_printed_is_absent_never_zero() -> None:
    result = read([line for line in table_three() if "重复申请" not in line[0]])

    assert {f.state for f in row_of(result, "not_processed_duplicate")} == {CellState.ABSENT}
    assert codes(result) == {"t3.not_processed_duplicate": "row_missing"}


def test_blank_slash_dash_and_none_are_four_things_and_none_is_zero() -> None:
    result = read(table_three(granted=["", "/", "—", "无", 0, "若干", 0]))

    assert [f.state for f in row_of(result, "granted")] == [
        CellState.BLANK,
        CellState.SLASH,
        CellState.DASH,
        CellState.NONE,
        CellState.REPORTED,
        CellState.UNREADABLE,
        CellState.REPORTED,
    ]
    assert codes(result) == {"t3.granted.other_org": "cell_unreadable"}


def test_the_same_row_twice_with_other_figures_is_named() -> None:
    lines = table_three(**ONE_GRANTED)

    result = read([*lines, ["（一）予以公开", *"9000009"]])

    assert values(result, "granted") == [3, 1, 0, 0, 0, 0, 4]
    assert codes(result) == {"t3.granted": "row_repeated"}


def test_a_metadata_table_before_the_statutory_ones_is_none_of_them() -> None:
    result = read([["索引号", "1"], ["分类", "规范性文件"]], table_three())

    assert result.forms == {"t2": None, "t3": "2019", "t4": None}


@pytest.mark.parametrize("code", ["2019", "2021"])
def test_table_two_is_read_block_by_block(code: str) -> None:
    result = read(table_two(code))

    assert result.forms["t2"] == code
    assert {f.value for f in result.figures if f.state is CellState.REPORTED} == {Decimal(1)}
    assert codes(result) == {}


def test_tables_of_two_forms_on_one_page_are_each_read_by_their_own() -> None:
    assert read(table_two("2021"), table_three("2019"), year=2023).forms == {
        "t2": "2021",
        "t3": "2019",
        "t4": None,
    }


def test_money_in_yuan_under_a_column_of_ten_thousand_yuan_is_doubted() -> None:
    lines = table_two("2021")
    lines[-1] = ["行政事业性收费", "251000元"]

    assert codes(read(lines)) == {"t2.administrative_fees.fee_amount_10k_cny": "unit_differs"}


def test_a_negative_count_is_doubted_but_a_negative_change_is_not() -> None:
    lines = table_two("2019")
    lines[2] = ["规章", "-1", "0", "0"]
    lines[7] = ["其他对外管理服务事项", "2", "-1", "0"]

    result = read(lines)

    assert codes(result) == {
        "t2.regulations.new_made_count": "negative_count",
        "t2.other_external_management.item_change": "change_negative",
    }


HEADER_FOUR = [
    ["行政复议", "行政诉讼"],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2,
]


def test_table_four_is_fifteen_figures_in_a_line() -> None:
    figures = read([*HEADER_FOUR, [str(n) for n in range(15)]]).figures

    assert [int(f.value or 0) for f in figures] == list(range(15))
    assert figures[5].id == "t4.litigation_direct.upheld"


@pytest.mark.parametrize("count", [5, 6, 10, 14])
def test_other_than_fifteen_figures_in_table_four_are_not_dealt_out(count: int) -> None:
    """Five are one review's: all three would be read from them."""
    result = read([*HEADER_FOUR, ["0"] * count])

    assert {f.state for f in result.figures} == {CellState.UNREADABLE}
    assert set(codes(result).values()) == {"row_unreadable"}


@pytest.mark.parametrize(
    ("blocks", "year", "code"),
    [
        ([], 2022, "table_missing"),
        ([Image("1.png", "表2")], 2022, "table_is_image"),
        ([Paragraph("总体情况")], 2012, "table_not_yet_required"),
    ],
)
def test_a_missing_table_is_never_silent(
    blocks: list[Paragraph | Image], year: int, code: str
) -> None:
    result = read_tables(blocks, year)

    assert [(f.where, f.code) for f in result.findings] == [(t, code) for t in ("t2", "t3", "t4")]


FEES = [
    ["第二十条第（八）项"],
    ["信息内容", "上一年项目数量", "本年增/减"],
    ["行政事业性收费", "212"],
]


def fees(lines: Sequence[Sequence[str]]) -> tuple[list[CellState], str | None]:
    head = [["规章", "0", "0", "0"], ["信息内容", "采购项目数量", "采购总金额"]]
    result = read([*head, *lines])
    figures = [f for f in result.figures if f.id.startswith("t2.administrative_fees.")]
    return [f.state for f in figures[:2]], codes(result).get("t2.administrative_fees")


def test_a_row_that_ends_early_is_read_by_the_columns_of_its_header() -> None:
    assert fees(FEES) == ([CellState.REPORTED, CellState.BLANK], "row_short")


@pytest.mark.parametrize(
    "lines",
    [
        [FEES[0], ["信息内容", "上一年项目数量"], FEES[2]],
        [FEES[0], ["", *FEES[1]], FEES[2]],
        [FEES[0], FEES[2]],
    ],
)
def test_a_row_that_ends_early_without_its_columns_above_stays_unread(lines: Lines) -> None:
    assert fees(lines) == ([CellState.UNREADABLE] * 2, "row_unreadable")
