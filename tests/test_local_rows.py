"""Rows that an agency adds to table 二: kept with their label, never among the form's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.dedup.fingerprint import figures_fingerprint
from pipeline.forms import forms_with
from pipeline.jsonl import report_object
from pipeline.model import Report
from pipeline.read import read_page

TITLE = "清河县应急管理局2020年政府信息公开工作年度报告"
Lines = list[list[str]]


def table_two(code: str = "2019") -> Lines:
    """Table 二, every figure 1."""
    return [
        line
        for block in forms_with("t2")[code].blocks
        for line in (
            [block.article or ""],
            ["信息内容", *(column.label for column in block.columns)],
            *([row.label, *("1" for _ in block.columns)] for row in block.rows),
        )
    ]


def table_three(code: str = "2019") -> Lines:
    (block,) = forms_with("t3")[code].blocks
    return [[row.label, *"0000000"] for row in block.rows]


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
