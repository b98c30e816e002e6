"""Figures on two lines, units without a figure: read where that is sound, and always said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from pipeline.model import CellState, Figure, Paragraph, Report
from pipeline.parse.tables import TablesRead, read_tables
from pipeline.read import read_page
from tests.tables_support import codes, read, table, table_two

PENALTY = "t2.administrative_penalty.decisions_count"
FEES = "t2.administrative_fees.fee_amount_10k_cny"
TITLE = "青禾市信访局2022年政府信息公开工作年度报告"


def figure(result: TablesRead | Report, id_: str) -> Figure:
    return next(each for each in result.figures if each.id == id_)


def with_row(label: str, *rows: Sequence[str]) -> list[list[str]]:
    """Table 二 of 2021 with the row of that label printed as told."""
    return [[*new] for line in table_two("2021") for new in (rows if line[0] == label else [line])]


def page(cell: str) -> bytes:
    """A page with one cell of 行政处罚."""
    lines = with_row("行政处罚", ["行政处罚", cell])
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in line)}</tr>" for line in lines)
    return f"<h1>{TITLE}</h1><p>一、总体情况</p><table>{rows}</table>".encode()


@pytest.mark.parametrize("rest", [["34件"], ["34件", "", ""]])
def test_a_count_that_goes_on_in_the_next_row_with_its_unit_is_put_together(
    rest: list[str],
) -> None:
    result = read(with_row("行政处罚", ["行政处罚", "12"], rest))

    assert figure(result, PENALTY).value == 1234
    assert codes(result)[PENALTY] == "figure_broken"


@pytest.mark.parametrize(
    ("first", "rest"),
    [("12", "34"), ("0", "34件"), ("12件", "34件"), ("12", "34万元")],
)
def test_figures_below_a_row_that_nobody_may_join_make_it_unreadable(first: str, rest: str) -> None:
    result = read(with_row("行政处罚", ["行政处罚", first], [rest]))

    assert figure(result, PENALTY).state is CellState.UNREADABLE
    assert codes(result)["t2.administrative_penalty"] == "row_unreadable"


@pytest.mark.parametrize(
    ("rest", "value", "said"),
    [
        ("786万元", Decimal("4639.6786"), (FEES, "figure_broken")),
        ("786", None, (FEES.rpartition(".")[0], "row_unreadable")),
        ("6", None, (FEES.rpartition(".")[0], "row_unreadable")),
        ("一、总体情况", Decimal("4639.6"), None),
    ],
)
def test_the_line_below_the_last_row_may_be_the_rest_of_its_amount(
    rest: str, value: Decimal | None, said: tuple[str, str] | None
) -> None:
    lines = with_row("行政事业性收费", ["行政事业性收费", "4639.6"])

    result = read_tables([table(lines), Paragraph(rest)], 2022)

    assert figure(result, FEES).value == value
    assert [pair for pair in codes(result).items() if pair[0].startswith("t2")] == (
        [said] if said else []
    )


def test_a_lone_figure_below_a_table_makes_its_last_one_doubtful_and_changes_nothing() -> None:
    result = read_tables([table(table_two("2021")), Paragraph("4")], 2022)

    assert figure(result, FEES).value == 1
    assert codes(result)[FEES] == "figure_may_go_on"


@pytest.mark.parametrize("other", ["3", "5"])
def test_a_page_number_below_a_table_is_no_rest_of_a_count(other: str) -> None:
    result = read_tables([table(table_two("2021")), Paragraph("4"), Paragraph(other)], 2022)

    assert figure(result, FEES).value == 1
    assert FEES not in codes(result)


def test_nothing_goes_on_behind_a_zero() -> None:
    lines = with_row("行政事业性收费", ["行政事业性收费", "0"])

    assert FEES not in codes(read_tables([table(lines), Paragraph("4")], 2022))


@pytest.mark.parametrize("cell", ["12<br>34件", "<p>12</p><p>34件</p>", "12\n34件", "12 34"])
def test_a_number_on_two_lines_of_a_cell_is_doubtful(cell: str) -> None:
    report = read_page(page(cell))

    assert figure(report, PENALTY).value == 1234
    assert [f.code for f in report.findings if f.where == PENALTY] == ["figure_broken"]


@pytest.mark.parametrize(
    "cell", ["<p>1234</p>", "<span>12</span><span>34</span>", "1234<br>", "1234<br>（含撤销9件）件"]
)
def test_a_number_on_one_line_is_not(cell: str) -> None:
    report = read_page(page(cell))

    assert figure(report, PENALTY).value == 1234
    assert [f.code for f in report.findings if f.where == PENALTY] == []


@pytest.mark.parametrize("cell", ["件", "（件）", "个"])
def test_a_unit_without_a_figure_is_blank_and_said(cell: str) -> None:
    report = read_page(page(cell))

    assert figure(report, PENALTY).state is CellState.BLANK
    assert [f.code for f in report.findings if f.where == PENALTY] == ["unit_alone"]
