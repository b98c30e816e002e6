"""The same figures under every accident of a table: ghosts, cuts, labels that came apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import CellState, Paragraph
from pipeline.parse.tables import TablesRead, read_tables
from tests.tables_support import (
    ONE_GRANTED,
    WIDTH,
    Lines,
    codes,
    form,
    read,
    row_of,
    table_three,
    values,
)


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


def test_a_table_without_one_of_the_parts_of_its_totals_is_read_without_it_and_says_so() -> None:
    """No page may stop the reader, and this one did: the total's parts were looked up by name."""
    lines = [[*line[:4], *line[5:]] for line in [HEADER_THREE, *table_three(**ONE_GRANTED)]]

    result = read(lines)

    granted = {figure.id.rpartition(".")[2]: figure.value for figure in row_of(result, "granted")}
    assert granted["total"] == 4
    assert granted["natural_person"] == 3
    assert granted["public_welfare_org"] is None
    assert codes(result) == {"t3": "column_missing"}


def test_columns_in_another_order_are_read_by_the_header_where_every_row_adds_up() -> None:
    rows = table_three(**ONE_GRANTED)
    moved = [[line[0], line[-1], *line[1:-1]] for line in [HEADER_THREE, *rows]]

    result = read(moved)

    by_id = {figure.id: figure.value for figure in row_of(result, "granted")}
    assert by_id["t3.granted.total"] == 4
    assert by_id["t3.granted.natural_person"] == 3


def test_columns_in_lines_that_head_another_order_are_doubted() -> None:
    """Lines do not say whether the page or the copy moved 科研机构."""
    header = ["自然人", "商业企业", "社会公益组织", "科研机构", "法律服务机构", "其他", "总计"]
    cells = [cell for line in table_three(**ONE_GRANTED) for cell in line]

    result = read([[cell] for cell in [*header, *cells]])

    assert codes(result)["t3"] == "columns_unclear"


def test_results_in_lines_that_head_another_order_are_doubted() -> None:
    outcomes = ["结果纠正", "结果维持", "其他结果", "尚未审结", "总计"]
    header = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *outcomes * 3]

    result = read([[cell] for cell in [*header, *map(str, range(15))]])

    assert codes(result)["t4"] == "columns_unclear"


def test_reviews_in_another_order_are_read_by_the_cells_above_their_outcomes() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    reviews = ["未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", "", "行政复议"]

    result = read([reviews, outcomes * 3, [str(n) for n in range(15)]])

    by_id = {figure.id: figure.value for figure in result.figures}
    assert by_id["t4.reconsideration.upheld"] == 10
    assert by_id["t4.litigation_after_reconsideration.total"] == 9


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


def test_the_number_of_a_row_in_a_cell_of_its_own_is_no_figure_left_over() -> None:
    lines = table_three(**ONE_GRANTED)
    apart = [
        ["（三）不予公开", "1", "属于国家秘密", *line[1:]] if line[0] == "1.属于国家秘密" else line
        for line in lines
    ]

    assert codes(read(apart)) == codes(read(lines))


def test_an_added_column_without_a_header_is_left_to_the_arithmetic() -> None:
    lines = [HEADER_THREE, *table_three(**ONE_GRANTED)]
    wide = [[*line, "100"] if n else line for n, line in enumerate(lines)]

    result = read(wide)

    assert values(result, "granted") == ONE_GRANTED["granted"]
    assert "columns_added" not in codes(result).values()
