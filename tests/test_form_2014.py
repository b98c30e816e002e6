"""The list of 2014 to 2018: rows, cells, identities, local additions, what cannot be said."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from pipeline.check.run import check
from pipeline.forms import load_forms, load_indicators
from pipeline.forms.characters import simplified
from pipeline.model import CellState
from pipeline.parse.report import parse
from pipeline.parse.statistics.lines import KNOWN_BY
from pipeline.read import extract
from tests.form_2014_support import (
    EVERY,
    IDS,
    SOUND,
    TITLE,
    codes,
    grid,
    lines,
    page,
    read,
    states,
    values,
)


def test_a_page_of_2016_has_no_other_statutory_table_and_needs_none() -> None:
    report = read(grid(lines()))

    assert report.forms == {"t2": None, "t3": None, "t4": None, "s14": "2014"}
    tables = {f.where: f.code for f in report.findings if f.where in {"t2", "t3", "t4"}}
    assert set(tables.values()) == {"table_not_yet_required"}


def test_every_phrase_that_tells_the_list_ends_as_lines_are_searched_for() -> None:
    """Lines without such an end are passed over: a phrase without it would tell nothing."""
    phrases = load_forms()["2014"].tables["s14"].recognised_by

    assert all(phrase.endswith(KNOWN_BY) for phrase in phrases)
    assert {simplified(end) for end in KNOWN_BY} == {"数"}


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
