"""Rows that an agency adds to table 二: kept with their label, never among the form's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.dedup.fingerprint import figures_fingerprint
from pipeline.jsonl import report_object
from pipeline.model import Report
from pipeline.read import read_page
from tests.tables_support import Lines, table_three, table_two

TITLE = "清河县应急管理局2020年政府信息公开工作年度报告"


def read(*tables: Lines) -> Report:
    grids = ("".join(f"<tr>{_cells(row)}</tr>" for row in lines) for lines in tables)
    body = "".join(f"<table>{grid}</table>" for grid in grids)
    return read_page(
        f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>"
        f"<p>二、主动公开政府信息情况</p>{body}<p>六、其他需要报告的事项</p></body></html>".encode()
    )


def _cells(row: Sequence[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in row)


def local(report: Report) -> list[tuple[str, str, str]]:
    return [(f.id, f.label, f.raw) for f in report.local]


def official(report: Report) -> set[str]:
    return {f.raw or "" for f in report.figures if f.id.startswith("t2.") and f.value is not None}


@pytest.mark.parametrize("code", ["2019", "2021"])
def test_an_added_row_is_kept_under_its_own_prefix(code: str) -> None:
    lines = table_two(code)
    lines.insert(4, ["其他主动公开文件", "41", "42", "43"])

    report = read(lines)

    assert local(report) == [
        ("t2x.1.1", "其他主动公开文件", "41"),
        ("t2x.1.2", "其他主动公开文件", "42"),
        ("t2x.1.3", "其他主动公开文件", "43"),
    ]
    assert official(report) == {"1"}
    assert [f.code for f in report.findings if f.where == "t2x.1"] == ["local_row"]


def test_a_table_of_the_form_alone_has_no_added_rows() -> None:
    assert local(read(table_two(), table_three())) == []


def test_rows_of_table_three_in_the_same_grid_are_not_added_to_table_two() -> None:
    below = [*table_three(), ["经办人数", "3"]]

    assert local(read([*table_two(), *below])) == []


@pytest.mark.parametrize(
    "row",
    [
        ["其他主动公开文件", "", "", ""],
        ["其他主动公开文件", "若干", "1", "2"],
        ["2", "3", "4"],
        ["说明：" + "本表所列数字按照有关规定统计而成" * 3, "1"],
    ],
)
def test_headings_and_remarks_are_no_added_rows(row: list[str]) -> None:
    lines = table_two()
    lines.insert(4, row)

    assert local(read(lines)) == []


def test_added_rows_stand_in_the_json_apart_from_the_cells() -> None:
    lines = table_two()
    lines.insert(4, ["其他主动公开文件", "41", "无", "43件"])

    line = report_object(read(lines), "a.html")

    assert not any(id_.startswith("t2x") for id_ in line["cells"])
    assert [(each.get("value"), each["state"]) for each in line["local"]] == [
        (41, "reported"),
        (None, "none"),
        (43, "reported"),
    ]


def test_a_correction_of_an_added_row_makes_other_figures() -> None:
    lines = table_two()
    lines.insert(4, ["其他主动公开文件", "41", "42", "43"])
    report = read(lines)
    corrected = replace(report, local=(replace(report.local[0], value=None), *report.local[1:]))

    assert figures_fingerprint(report) != figures_fingerprint(corrected)


HEAD = ["指标名称", "计量单位", "代码", "本期实际", "本年累计"]
STATISTICS = [
    ["主动公开信息数", "条", "01", "12", "345"],
    ["其中：全文电子化的主动公开信息数", "条", "02", "10", "300"],
    ["现场接待人数", "人次", "06", "0", "3"],
    ["申请总数", "条", "10", "1", "4"],
    ["其中：1.当面申请数", "条", "11", "0", "1"],
    ["行政复议数", "件", "32", "0", "0"],
]
OLD_TITLE = "清河县水利局2010年政府信息公开年度报告"
OLD_TEXT = f"{OLD_TITLE}\n一、概述\n依照《政府信息公开条例》，全年照常公开。\n八、说明与附表\n"


def as_text(lines: Lines, cells: str) -> Report:
    end = "\n|" if "|" in cells else ""
    text = OLD_TEXT + "\n".join(cells.join(line) + end for line in lines)
    return read_page(text.encode(), content_type="text/plain")


def as_table(lines: Lines) -> Report:
    grid = "".join(f"<tr>{_cells(row)}</tr>" for row in lines)
    words = "".join(f"<p>{line}</p>" for line in OLD_TEXT.splitlines())
    return read_page(f"<html><body>{words}<table>{grid}</table></body></html>".encode())


@pytest.mark.parametrize("shape", ["table", "\t", "\n", " ", "\n| "])
def test_statistics_of_a_place_s_own_are_kept_row_by_row(shape: str) -> None:
    lines = [HEAD, ["甲", "乙", "丙", "1", "2"], *STATISTICS]
    report = as_table(lines) if shape == "table" else as_text(lines, shape)

    assert [(f.label, f.column, f.unit, f.raw) for f in report.local] == [
        (label, column, unit, raw)
        for label, unit, _, *figures in STATISTICS
        for column, raw in zip(HEAD[3:], figures, strict=True)
    ]
    assert {f.id.split(".")[0] for f in report.local} == {"s08x"}
    assert [f.where for f in report.findings if f.code == "local_statistics"] == ["s08x"]
    assert not [fact for fact in report.facts if fact.section == "appendix"]


def test_a_table_on_disclosure_that_nobody_can_read_is_said_to_be_there() -> None:
    lines = [["公开条数", "12"], ["申请件数", "3"], ["答复件数", "3"], ["其他", "1"]]
    report = as_table(lines)

    assert [f.code for f in report.findings if f.where == "page"] == ["table_unread"]
    assert report.local == ()
