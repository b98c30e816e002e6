"""The list of 2014 to 2018 in the shapes in which pages print it, and what cannot be said."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check.run import check
from pipeline.forms import forms_with, load_forms, load_indicators
from pipeline.model import CellState, Report
from pipeline.parse.report import parse
from pipeline.read import extract, read_page

FORM = forms_with("s14")["2014"]
ROWS = [(row, block.columns[0]) for block in FORM.blocks for row in block.rows]
IDS = list(FORM.cell_ids())
HEAD = ["统计指标", "单位", "统计数"]
TITLE = "清河县应急管理局2016年政府信息公开工作年度报告"
Lines = list[list[str]]

CHAPTERS = {
    0: "一、主动公开情况",
    3: "（二）通过不同渠道和方式公开政府信息的情况",
    8: "二、回应解读情况",
    9: "（二）通过不同渠道和方式回应解读的情况",
    16: "三、依申请公开情况",
    49: "八、机构建设和保障经费情况",
    55: "九、政府信息公开会议和培训情况",
}
"""Headings without figures, each above the row of that place."""

SOUND = {
    "proactive_total": 812,
    "proactive_normative_documents": 14,
    "normative_documents_issued": 15,
    "channel_website": 640,
    "press_conferences": 3,
    "press_conferences_by_principal": 1,
    "online_interviews": 4,
    "online_interviews_by_principal": 2,
    "received": 21,
    "received_in_person": 3,
    "received_by_fax": 1,
    "received_online": 12,
    "received_by_letter": 5,
    "completed": 20,
    "completed_on_time": 18,
    "completed_after_extension": 2,
    "answered": 20,
    "answered_already_public": 7,
    "answered_granted": 6,
    "answered_denied": 3,
    "denied_state_secret": 1,
    "denied_other_provisions": 2,
    "answered_not_existing": 4,
    "reconsiderations": 3,
    "reconsiderations_upheld": 1,
    "reconsiderations_corrected": 2,
    "litigations": 9,
    "litigations_upheld": 4,
    "litigations_corrected": 0,
    "litigations_other": 5,
    "staff": 6,
    "staff_full_time": 2,
    "staff_part_time": 4,
    "trained": 130,
}


def lines(values: dict[str, int] | None = None, *, unit: bool = True) -> Lines:
    """The list as the notice prints it: chapters, then label, unit, figure."""
    known = SOUND if values is None else values
    printed: Lines = [HEAD if unit else [HEAD[0], HEAD[2]]]
    for place, (row, column) in enumerate(ROWS):
        if place in CHAPTERS:
            printed.append([CHAPTERS[place], "", ""][: 3 if unit else 2])
        figure = str(known.get(row.id, 0))
        printed.append([row.label, column.unit or "", figure] if unit else [row.label, figure])
    return printed


def grid(rows: Lines) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    return f"<table>{body}</table>"


def page(*parts: str, title: str = TITLE) -> bytes:
    prose = (
        f"<p>{heading}</p><p>全年工作按要求开展，各项任务均已完成。</p>"
        for heading in ("一、概述", "二、主动公开政府信息情况", "三、依申请公开政府信息情况")
    )
    body = f"<h1>{title}</h1><div>{''.join(prose)}{''.join(parts)}</div>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def read(*parts: str, title: str = TITLE) -> Report:
    return read_page(page(*parts, title=title))


def values(report: Report) -> dict[str, int]:
    return {
        f.id.split(".")[1]: int(f.value)
        for f in report.figures
        if f.id.startswith("s14.") and f.value is not None
    }


def states(report: Report) -> dict[str, CellState]:
    return {f.id.split(".")[1]: f.state for f in report.figures if f.id.startswith("s14.")}


def codes(report: Report) -> set[tuple[str, str]]:
    return {(f.code, f.where) for f in report.findings if f.where.startswith("s14")}


EVERY = {row.id: SOUND.get(row.id, 0) for row, _ in ROWS}


def bare(label: str) -> str:
    """The label without its numeral."""
    return label.split("）", 1)[-1] if label.startswith("（") else label.lstrip("1234567890.、")


def without_numerals(rows: Lines) -> Lines:
    return [rows[0], *([bare(row[0]), *row[1:]] for row in rows[1:])]


def side_by_side(rows: Lines) -> Lines:
    """Two columns of indicators: the second half of the list right of the first."""
    body = rows[1:]
    half = (len(body) + 1) // 2
    right = [*body[half:], *[["", "", ""]] * (2 * half - len(body))]
    return [HEAD * 2, *(a + b for a, b in zip(body[:half], right, strict=True))]


def row_by_row(rows: Lines) -> Lines:
    """Two indicators in each row, the list running to and fro."""
    body = [row for row in rows[1:] if row[2]]
    return [HEAD * 2, *(a + b for a, b in zip(body[::2], body[1::2], strict=True))]


def with_sums(rows: Lines) -> Lines:
    """Local columns beside the form's own."""
    head = ["序号", "统计指标", "单位", "区政府", "区直单位", "乡镇街道", "合计"]
    body = [
        [str(n), row[0], row[1], "7", "8", "9", row[2]] if row[2] else [str(n), row[0], *[""] * 5]
        for n, row in enumerate(rows[1:], 1)
    ]
    return [head, *body]


def numbered(rows: Lines) -> Lines:
    body = [[str(n), row[0], row[1] or "----", row[2]] for n, row in enumerate(rows[1:], 1)]
    return [["序号", *HEAD], *body]


def with_group_cells(rows: Lines) -> Lines:
    """A chapter's cell spans its rows: the first of them has one cell more."""
    printed: Lines = [rows[0]]
    chapter = ""
    for row in rows[1:]:
        if not row[2]:
            chapter = row[0]
            continue
        printed.append([chapter, *row] if chapter else row)
        chapter = ""
    return printed


SHAPES: dict[str, Callable[[], str]] = {
    "three columns": lambda: grid(lines()),
    "no unit column": lambda: grid(lines(unit=False)),
    "numerals lost": lambda: grid(without_numerals(lines())),
    "full-width numerals": lambda: grid(
        [[row[0].replace("1.", "１．").replace("2.", "②"), *row[1:]] for row in lines()]
    ),
    "running numbers, dashes for no unit": lambda: grid(numbered(lines())),
    "local columns and their sum": lambda: grid(with_sums(lines())),
    "two indicators side by side": lambda: grid(side_by_side(lines())),
    "two indicators in each row": lambda: grid(row_by_row(lines())),
    "chapter cells over several rows": lambda: grid(with_group_cells(lines())),
    "no head": lambda: grid(lines()[1:]),
    "ghost cells": lambda: grid(
        [["", *row, ""] if n % 3 else row for n, row in enumerate(lines())]
    ),
    "cut by a page break": lambda: grid(lines()[:63]) + "<p>2</p>" + grid(lines()[63:]),
    "cut, with the head again": lambda: grid(lines()[:30]) + grid([HEAD, *lines()[30:]]),
    "one cell per row": lambda: grid([["", cell] for row in lines() for cell in row]),
    "lines": lambda: "".join(f"<p>{'　'.join(row)}</p>" for row in lines()),
    "lines with colons": lambda: "".join(
        f"<p>{row[0]}：{row[2]}{row[1]}</p>" for row in lines()[1:] if row[2]
    ),
    "one cell per line": lambda: "".join(
        f"<p>{cell}</p>" for row in lines() for cell in row if cell
    ),
    "explanations on lines of their own": lambda: "".join(
        f"<p>{part}</p>"
        for row in lines()
        for cell in row
        if cell
        for part in (cell.replace("（不", "<br/>（不") if "（不" in cell[4:] else cell,)
    ),
    "figures with their unit": lambda: grid(
        [[row[0], row[2] and row[2] + row[1]] for row in lines()]
    ),
    "blanks inside labels": lambda: grid([[" ".join(row[0]), *row[1:]] for row in lines()]),
}
"""Ways in which pages print the same list."""


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_is_read_in_every_shape(shape: str) -> None:
    report = read(SHAPES[shape]())

    assert values(report) == EVERY
    assert report.forms["s14"] == "2014"
    assert codes(report) == set()


@pytest.mark.parametrize("separator", ["\t", " | ", "\n"])
def test_the_list_in_plain_text_is_read(separator: str) -> None:
    text = "\n".join([TITLE, "一、概述", "", *(separator.join(row) for row in lines())])

    assert values(read_page(text.encode(), content_type="text/plain")) == EVERY


def plain(*rows: str) -> Report:
    text = "\n".join([TITLE, "一、概述", "", *rows])
    return read_page(text.encode(), content_type="text/plain")


def wrapped(text: str, width: int = 12) -> list[str]:
    return [text[n : n + width] for n in range(0, len(text), width)]


def test_labels_wrapped_over_lines_with_their_unit_and_figure_run_on_are_read() -> None:
    """What is left of narrow cells in the text of a PDF."""
    printed = [
        [*parts[:-1], f"{parts[-1]}{row[1]} {row[2]}"] if row[2] else [row[0]]
        for row in lines()
        for parts in [wrapped(row[0])]
    ]

    report = plain(*(line for each in printed for line in each))

    assert values(report) == EVERY
    assert codes(report) == set()


def test_a_label_that_goes_on_below_its_figure_is_read() -> None:
    printed = [
        f"{row[0][:22]}  {row[1]}  {row[2]}" + (f"\n{row[0][22:]}" if row[0][22:] else "")
        for row in lines()
        if row[2]
    ]

    assert values(plain(*printed)) == EVERY


def test_a_bar_on_a_line_of_its_own_is_a_blank_cell() -> None:
    printed = [cell if cell != "0" else "|" for row in lines() for cell in row if cell]

    report = plain(*printed)

    assert values(report) == {row: figure for row, figure in EVERY.items() if figure}
    blank = {row for row, state in states(report).items() if state is CellState.BLANK}
    assert blank == {row for row, figure in EVERY.items() if not figure}


def displaced(figures: list[str]) -> Report:
    labels = [cell for row in lines() for cell in row[:2] if cell]
    return plain(*labels, *figures)


def test_figures_printed_behind_all_labels_are_dealt_out_where_the_sums_hold() -> None:
    assert values(displaced([str(figure) for figure in EVERY.values()])) == EVERY


def test_figures_behind_all_labels_are_not_dealt_out_where_a_sum_fails() -> None:
    figures = [str(figure) for figure in EVERY.values()]
    report = displaced([*figures[1:], "0"])

    assert values(report) == {}
    assert codes(report) == {("rows_unreadable", "s14")}


def test_figures_behind_all_labels_are_not_dealt_out_where_one_is_missing() -> None:
    assert values(displaced([str(figure) for figure in EVERY.values()][:-1])) == {}


def test_a_page_of_2016_has_no_other_statutory_table_and_needs_none() -> None:
    report = read(grid(lines()))

    assert report.forms == {"t2": None, "t3": None, "t4": None, "s14": "2014"}
    tables = {f.where: f.code for f in report.findings if f.where in {"t2", "t3", "t4"}}
    assert set(tables.values()) == {"table_not_yet_required"}


def test_labels_that_repeat_are_known_by_the_row_before_them() -> None:
    """复议 has 2 corrected and no other result, 诉讼 none corrected and 5 other results."""
    read_values = values(read(grid(lines())))

    assert read_values["reconsiderations_corrected"] == 2
    assert read_values["reconsiderations_other"] == 0
    assert read_values["litigations_corrected"] == 0
    assert read_values["litigations_other"] == 5


def test_short_labels_of_the_principal_s_presence_are_known_by_their_place() -> None:
    short = [
        ["其中：主要负责同志参加" if "主要负责" in row[0] else row[0], *row[1:]] for row in lines()
    ]
    report = read(grid(short))

    assert values(report) == EVERY
    assert {code for code, _ in codes(report)} == {"label_variant"}


def test_a_second_block_stays_the_second_where_the_first_is_not_printed() -> None:
    rows = [row for row in lines() if "复议" not in row[0]]
    dropped = next(n for n, row in enumerate(rows) if "五、行政诉讼" in row[0])
    report = read(grid([*rows[: dropped - 3], *rows[dropped:]]))

    assert values(report)["litigations_other"] == 5
    assert states(report)["reconsiderations_other"] is CellState.ABSENT
    assert ("row_missing", "s14.reconsiderations_other") in codes(report)


def test_a_misprinted_label_is_read_between_its_neighbours_and_noted() -> None:
    rows = [
        [row[0].replace("政务微博公开政府信息", "政务微傅公开政府信息"), *row[1:]]
        for row in lines()
    ]
    report = read(grid(rows))

    assert values(report) == EVERY
    assert codes(report) == {("label_variant", "s14.channel_microblog")}


def test_a_row_not_printed_is_absent_never_zero() -> None:
    report = read(grid([row for row in lines() if "信函" not in row[0]]))

    assert states(report)["received_by_letter"] is CellState.ABSENT
    assert ("row_missing", "s14.received_by_letter") in codes(report)
    assert not any(code == "parts_add_up" for code, _ in codes(report))


def test_blank_slash_dash_and_words_are_what_they_are() -> None:
    texts = {"当面申请": "", "传真申请": "/", "网络申请": "—", "信函申请": "若干"}
    rows = [
        [*row[:2], next((t for k, t in texts.items() if k in row[0]), row[2])] for row in lines()
    ]
    found = states(read(grid(rows)))

    assert found["received_in_person"] is CellState.BLANK
    assert found["received_by_fax"] is CellState.SLASH
    assert found["received_online"] is CellState.DASH
    assert found["received_by_letter"] is CellState.UNREADABLE


def test_money_keeps_its_decimals_and_yuan_under_ten_thousand_yuan_is_doubted() -> None:
    rows = [
        [
            *row[:2],
            {"七": "0.36", "（四）政": "52000元"}.get(row[0][: 1 + 3 * ("（四" in row[0])], row[2]),
        ]
        for row in lines()
    ]
    report = read(grid(rows))
    figures = {f.id: f for f in report.figures}

    assert figures["s14.fees_charged.amount_10k_cny"].value == Decimal("0.36")
    assert ("unit_differs", "s14.earmarked_funds.amount_10k_cny") in codes(report)


@pytest.mark.parametrize(
    ("row", "value", "finding"),
    [
        ("received_online", 11, ("parts_add_up", "s14.received.count")),
        ("completed_on_time", 19, ("parts_add_up", "s14.completed.count")),
        ("answered_granted", 7, ("parts_add_up", "s14.answered.count")),
        ("reconsiderations_other", 1, ("parts_add_up", "s14.reconsiderations.count")),
        ("litigations_other", 6, ("parts_add_up", "s14.litigations.count")),
        ("denied_state_secret", 2, ("parts_within_whole", "s14.answered_denied.count")),
        ("staff_part_time", 5, ("parts_within_whole", "s14.staff.persons")),
        ("proactive_normative_documents", 813, ("parts_within_whole", "s14.proactive_total.count")),
    ],
)
def test_each_identity_of_the_list_is_checked(
    row: str, value: int, finding: tuple[str, str]
) -> None:
    report = read(grid(lines({**SOUND, row: value})))

    assert codes(report) == {finding}
    assert values(report)[row] == value


def test_parts_that_do_not_exhaust_the_whole_are_no_finding() -> None:
    assert codes(check(read(grid(lines({**SOUND, "staff_part_time": 1}))))) == set()


def test_local_columns_without_a_sum_are_kept_and_never_added_up() -> None:
    head = ["统计指标", "单位", "区政府统计数", "区直单位统计数", "乡镇街道统计数"]
    body = [[row[0], row[1], *(("5", "6", "7") if row[2] else ("", "", ""))] for row in lines()[1:]]
    report = read(grid([head, *body]))

    assert values(report) == {}
    assert set(states(report).values()) == {CellState.ABSENT}
    assert codes(report) == {("local_columns", "s14")}
    received = [f for f in report.local if f.id.startswith("s14x.received.")]
    assert [(f.column, f.raw) for f in received] == [
        ("区政府统计数", "5"),
        ("区直单位统计数", "6"),
        ("乡镇街道统计数", "7"),
    ]


def test_local_columns_under_one_head_of_two_storeys_are_told_apart() -> None:
    """统计数 spans 区政府, 区直单位 and 合计, which stand in the row below."""
    head = (
        "<tr><td rowspan=2>统计指标</td><td rowspan=2>单位</td><td colspan=3>统计数</td></tr>"
        "<tr><td>区政府</td><td>区直单位</td><td>合计</td></tr>"
    )
    body = "".join(
        f"<tr><td>{row[0]}</td><td>{row[1]}</td><td>1</td><td>2</td><td>{row[2]}</td></tr>"
        for row in lines()[1:]
        if row[2]
    )
    report = read(f"<table>{head}{body}</table>")

    assert values(report) == EVERY
    assert codes(report) == set()
    assert {(f.column, f.raw) for f in report.local} == {("区政府", "1"), ("区直单位", "2")}


def test_rows_added_locally_are_kept_apart_with_their_label() -> None:
    rows = lines()
    rows[4:4] = [["主动公开行政执法信息", "条", "31"], ["主动公开规划计划、统计信息", "条", "9"]]
    report = read(grid(rows))

    assert values(report) == EVERY
    assert [(f.id, f.label, f.unit, f.raw) for f in report.local] == [
        ("s14x.1.1", "主动公开行政执法信息", "条", "31"),
        ("s14x.2.1", "主动公开规划计划、统计信息", "条", "9"),
    ]
    assert codes(report) == {("local_row", "s14x.1"), ("local_row", "s14x.2")}


@pytest.mark.parametrize("year", [2014, 2018])
def test_a_report_of_those_years_without_the_list_says_so(year: int) -> None:
    report = read(title=TITLE.replace("2016", str(year)))

    assert codes(report) == {("table_missing", "s14")}


@pytest.mark.parametrize("year", [2012, 2019, 2023])
def test_reports_of_other_years_need_no_list(year: int) -> None:
    assert codes(read(title=TITLE.replace("2016", str(year)))) == set()


def test_a_list_that_may_be_an_image_is_said_to_be_one() -> None:
    assert ("table_is_image", "s14") in codes(read("<p><img src='tj.png'></p>"))


def test_local_statistics_of_2010_are_not_taken_for_the_list() -> None:
    labels = ["当面申请数", "传真申请数", "信函申请数", "同意公开答复数", "同意部分公开答复数"]
    report = read(
        grid(
            [["指标名称", "计量单位", "代码", "本期实际"], *([x, "条", "11", "3"] for x in labels)]
        ),
        title=TITLE.replace("2016", "2010"),
    )

    assert "s14" not in report.forms
    assert codes(report) == set()


def test_the_form_has_the_rows_of_the_notice_in_their_units() -> None:
    units = {i.id: i.unit for i in load_indicators() if i.table == "s14"}

    assert list(units) == IDS
    assert len(IDS) == len(set(IDS)) == 58
    assert units["s14.proactive_total.count"] == "条"
    assert units["s14.policy_interpretations.count"] == "篇"
    assert units["s14.earmarked_funds.amount_10k_cny"] == "万元"
    assert units["s14.trained.attendances"] == "人次"


def test_the_rows_of_an_identity_stand_in_one_block() -> None:
    """Its check goes through the columns of that block."""
    for form in load_forms().values():
        for table in form.tables.values():
            blocks = [{row.id for row in block.rows} for block in table.blocks]
            for each in table.identities:
                assert any({*each.left, *each.right} <= rows for rows in blocks), each
            for limit in table.limits:
                assert any({limit.whole, *limit.parts} <= rows for rows in blocks), limit


@given(
    shape=st.sampled_from(["plain", "side by side", "row by row", "lines"]),
    figures=st.lists(st.integers(0, 99_999), min_size=58, max_size=58),
)
def test_any_figures_come_back_as_printed(shape: str, figures: list[int]) -> None:
    printed = {row.id: figure for (row, _), figure in zip(ROWS, figures, strict=True)}
    rows = lines(printed)
    shown = {
        "plain": lambda: grid(rows),
        "side by side": lambda: grid(side_by_side(rows)),
        "row by row": lambda: grid(row_by_row(rows)),
        "lines": lambda: "".join(f"<p>{' '.join(row)}</p>" for row in rows),
    }[shape]()

    assert values(read(shown)) == printed


def test_a_label_printed_anywhere_else_does_not_make_a_list() -> None:
    assert "s14" not in read("<p>收到申请数 件 3</p><p>按时办结数 件 3</p>").forms


HOSTILE = {
    "brackets": lambda: grid([*lines(), ["（" * 200_000, "件", "1"]]),
    "rows": lambda: grid(
        [*lines(), *([f"主动公开第{n}项政府信息数", "件", "1"] for n in range(9_000))]
    ),
    "lines": lambda: "".join(f"<p>主动公开第{n}项 件 {n}</p>" for n in range(9_000)),
    "one line": lambda: f"<p>{'收到申请数 ' * 60_000}</p>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_list_is_read_in_bounded_time(kind: str) -> None:
    document = extract(page(HOSTILE[kind]()))
    start = time.process_time()

    parse(document)

    assert time.process_time() - start < 20
