"""The list of 2014 to 2018 on a page, and what is read from there."""

from __future__ import annotations

from pipeline.forms import forms_with
from pipeline.model import CellState, Report
from pipeline.read import read_page

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
