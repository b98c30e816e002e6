"""Rows of the statutory tables under every accident, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.forms import load_forms
from pipeline.forms.model import TableForm
from pipeline.model import Cell, CellState, Figure, Image, Paragraph, Table
from pipeline.parse.tables import TablesRead, read_tables

WIDTH = 7
Lines = list[list[str]]


def form(code: str = "2019", table: str = "t3") -> TableForm:
    return load_forms()[code].tables[table]


def table(lines: Sequence[Sequence[str]], number: int = 1) -> Table:
    return Table(
        number,
        tuple(
            tuple(Cell(text, row, column) for column, text in enumerate(line, 1))
            for row, line in enumerate(lines, 1)
        ),
    )


def table_three(code: str = "2019", /, **figures: Sequence[int | str]) -> Lines:
    """A plain table 三: each row its label and seven figures, zeros where none are given."""
    return [
        [row.label, *map(str, figures.get(row.id, [0] * WIDTH))]
        for row in form(code).blocks[0].rows
    ]


def read(*tables: Sequence[Sequence[str]], year: int | None = 2019) -> TablesRead:
    return read_tables([table(lines, n) for n, lines in enumerate(tables, 1)], year)


def row_of(result: TablesRead, row: str) -> list[Figure]:
    return [figure for figure in result.figures if figure.id.startswith(f"t3.{row}.")]


def values(result: TablesRead, row: str) -> list[int | None]:
    return [None if f.value is None else int(f.value) for f in row_of(result, row)]


def codes(result: TablesRead) -> dict[str, str]:
    return {f.where: f.code for f in result.findings if not f.code.startswith("table_")}


ONE_GRANTED = {
    "new_received": [3, 1, 0, 0, 0, 0, 4],
    "granted": [3, 1, 0, 0, 0, 0, 4],
    "processed_total": [3, 1, 0, 0, 0, 0, 4],
}


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


@pytest.mark.parametrize(
    ("label", "row", "finding"),
    [
        ("4.无正当理由由大量反复申请", "not_processed_abusive_volume", "label_variant"),
        ("2.其他法律行政止公开", "denied_prohibited_by_law", "label_variant"),
        ("2.其他法律、行政法规禁止公开", "denied_prohibited_by_law", None),
        ("（二）部分公开", "partially_granted", None),
        ("（三）不予公开 1.属于国家秘密", "denied_state_secret", None),
        ("３．危及“三安全一稳定”", "denied_three_security_one_stability", None),
        (
            "5.要求行政机关确认或重新出具已获取的信息",
            "not_processed_confirm_or_reissue",
            "label_variant",
        ),
    ],
)
def test_a_label_is_known_however_it_is_written(label: str, row: str, finding: str | None) -> None:
    rows = form().blocks[0].rows
    lines = table_three(**{row: [1, 0, 0, 0, 0, 0, 1]})
    lines[[each.id for each in rows].index(row)][0] = label

    result = read(lines)

    assert values(result, row) == [1, 0, 0, 0, 0, 0, 1]
    assert codes(result).get(f"t3.{row}") == finding


def test_a_table_cut_by_a_page_break_is_read_as_one() -> None:
    lines = table_three(**ONE_GRANTED)
    header = ["申请人情况", "自然人", "商业企业", "科研机构", "其他", "总计"]

    result = read(lines[:9], [header, *lines[9:]])

    assert codes(result) == {}
    assert values(result, "new_received") == [3, 1, 0, 0, 0, 0, 4]


def test_a_metadata_table_before_the_statutory_ones_is_none_of_them() -> None:
    result = read([["索引号", "1"], ["分类", "规范性文件"]], table_three())

    assert result.forms == {"t2": None, "t3": "2019", "t4": None}


def t2(code: str) -> Lines:
    return [
        line
        for block in form(code, "t2").blocks
        for line in (
            [block.article or ""],
            ["信息内容", *(column.label for column in block.columns)],
            *([row.label, *("1" for _ in block.columns)] for row in block.rows),
        )
    ]


@pytest.mark.parametrize("code", ["2019", "2021"])
def test_table_two_is_read_block_by_block(code: str) -> None:
    result = read(t2(code))

    assert result.forms["t2"] == code
    assert {f.value for f in result.figures if f.state is CellState.REPORTED} == {Decimal(1)}
    assert codes(result) == {}


def test_tables_of_two_forms_on_one_page_are_each_read_by_their_own() -> None:
    assert read(t2("2021"), table_three("2019"), year=2023).forms == {
        "t2": "2021",
        "t3": "2019",
        "t4": None,
    }


def test_money_in_yuan_under_a_column_of_ten_thousand_yuan_is_doubted() -> None:
    lines = t2("2021")
    lines[-1] = ["行政事业性收费", "251000元"]

    assert codes(read(lines)) == {"t2.administrative_fees.fee_amount_10k_cny": "unit_differs"}


def test_a_negative_count_is_doubted_but_a_negative_change_is_not() -> None:
    lines = t2("2019")
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


def test_fourteen_figures_in_table_four_are_not_dealt_out() -> None:
    result = read([*HEADER_FOUR, ["0"] * 14])

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


def ghosts(line: list[str], at_end: int, at_start: int) -> list[str]:
    return [line[0], *[""] * at_start, *line[1:], *[""] * at_end]


def one_per_line(lines: Lines) -> Lines:
    return [["", cell] for line in lines for cell in (*line, "")]


SHAPES: dict[str, Callable[[Lines], Lines]] = {
    "plain": lambda lines: lines,
    "ghost cells varying per row": lambda lines: [
        ghosts(line, n % 3, n % 2) for n, line in enumerate(lines)
    ],
    "lost indents": lambda lines: [
        ["", "", *line] if n % 2 else line for n, line in enumerate(lines)
    ],
    "one cell per line": one_per_line,
    "labels with blanks": lambda lines: [[" ".join(line[0]), *line[1:]] for line in lines],
    "full-width figures": lambda lines: [
        [line[0], *("".join(chr(ord(d) + 0xFEE0) for d in f) for f in line[1:])] for line in lines
    ],
}
"""Ways in which pages print the same rows."""

rows_of_seven = st.lists(st.integers(0, 99_999), min_size=WIDTH, max_size=WIDTH)


@given(
    code=st.sampled_from(["2019", "2021"]),
    shape=st.sampled_from(sorted(SHAPES)),
    figures=st.lists(rows_of_seven, min_size=25, max_size=25),
)
def test_printed_figures_come_back_unchanged_under_every_shape(
    code: str, shape: str, figures: list[list[int]]
) -> None:
    rows = form(code).blocks[0].rows
    printed = {row.id: line for row, line in zip(rows, figures, strict=False)}

    result = read(SHAPES[shape](table_three(code, **printed)))

    assert result.forms["t3"] == code
    assert {row: values(result, row) for row in printed} == printed


HEADER_THREE = [
    "申请人情况",
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
]


def test_a_table_without_its_total_column_is_read_without_it_and_says_so() -> None:
    lines = [line[:-1] for line in [HEADER_THREE, *table_three(**ONE_GRANTED)]]

    result = read(lines)

    assert values(result, "granted") == [3, 1, 0, 0, 0, 0, None]
    assert row_of(result, "granted")[-1].state is CellState.ABSENT
    assert codes(result) == {"t3": "column_missing"}


def test_columns_in_another_order_are_read_by_the_header_where_every_row_adds_up() -> None:
    rows = table_three(**ONE_GRANTED)
    moved = [[line[0], line[-1], *line[1:-1]] for line in [HEADER_THREE, *rows]]

    result = read(moved)

    by_id = {figure.id: figure.value for figure in row_of(result, "granted")}
    assert by_id["t3.granted.total"] == 4
    assert by_id["t3.granted.natural_person"] == 3


def test_labels_and_figures_that_came_apart_are_joined_in_order_with_a_warning() -> None:
    rows = table_three(**ONE_GRANTED)
    apart = [[line[0]] for line in rows] + [line[1:] for line in rows]

    result = read(apart)

    assert values(result, "granted") == [3, 1, 0, 0, 0, 0, 4]
    assert {f.read_by for f in row_of(result, "granted")} == {"apart"}
    assert codes(result) == {"t3": "labels_apart"}


def test_columns_that_came_apart_are_not_joined_when_a_figure_is_lost() -> None:
    rows = table_three(**ONE_GRANTED)
    apart = [[line[0]] for line in rows] + [line[1:] for line in rows[:-1]]

    result = read(apart)

    assert not any(figure.value is not None for figure in result.figures)
    assert set(codes(result).values()) <= {"row_missing", "row_unreadable", "form_undecided"}


def test_a_label_broken_round_its_figures_is_one_label() -> None:
    lines = table_three(**ONE_GRANTED)
    broken: Lines = []
    for number, (label, *figures) in enumerate(lines):
        half = len(label) // 2 + 2
        parts = [[label[:half]], figures, [label[half:]]] if number % 2 == 0 else [[label], figures]
        broken += parts

    result = read(broken)

    assert values(result, "new_received") == [3, 1, 0, 0, 0, 0, 4]
    for row in form().blocks[0].rows:
        assert values(result, row.id) in ([None] * WIDTH, ONE_GRANTED.get(row.id, [0] * WIDTH))


def of_lines(*lines: str) -> TablesRead:
    return read_tables([Paragraph(line) for line in lines], 2021)


def test_figures_between_the_three_lines_of_a_label_belong_to_it() -> None:
    result = of_lines(
        "一、本年新收政府信息公开申",
        "9 0 0 0 0 0 9",
        "请数量",
        "（六）其他处理1.申请人",
        "4 0 0 0 0 0 4",
        "无正当理由逾期不补正、行",
        "政机关不再处理其政府信息",
        "公开申请",
        "2.申请人逾期未按收费通",
        "5 0 0 0 0 0 5",
        "知要求缴纳费用、行政机关",
        "不再处理其政府信息公开申请",
        "四、结转下年度继续办理 0 0 0 0 0 0 0",
    )

    read_rows = ("new_received", "other_overdue_no_correction", "other_overdue_fee_unpaid")
    assert [values(result, row)[0] for row in read_rows] == [9, 4, 5]
    assert "label_variant" not in codes(result).values()


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
