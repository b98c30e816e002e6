"""The list of 2014 to 2018 in the shapes in which pages print it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import CellState, Report
from pipeline.read import read_page
from tests.form_2014_support import (
    EVERY,
    HEAD,
    ROWS,
    TITLE,
    Lines,
    codes,
    grid,
    lines,
    read,
    states,
    values,
)


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


def without_the_closing_word(rows: Lines) -> Lines:
    """收到申请 for 收到申请数."""
    return [rows[0], *([row[0].removesuffix("数"), *row[1:]] for row in rows[1:])]


def with_sums_of_chapters(rows: Lines) -> Lines:
    """A column of chapters; where a chapter is a row itself, 合计 stands beside it."""
    printed: Lines = [["统计指标", "", "单位", "统计数"]]
    chapter = ""
    for label, unit, figure in rows[1:]:
        if not figure:
            chapter = label
        elif label[1] == "、":
            printed.append([label, "合计", unit, figure])
        else:
            printed.append([chapter, label, unit, figure])
            chapter = ""
    return printed


def with_years(rows: Lines, *heads: str) -> Lines:
    """The figures of another time beside those of the year reported on."""
    at = heads.index("2016年") if "2016年" in heads else heads.index("本年")
    body = [
        [row[0], row[1], *(row[2] if n == at else "71" for n in range(len(heads)))]
        for row in rows[1:]
        if row[2]
    ]
    return [["统计指标", "单位", *heads], *body]


SHAPES: dict[str, Callable[[], str]] = {
    "three columns": lambda: grid(lines()),
    "sums of chapters": lambda: grid(with_sums_of_chapters(lines())),
    "this year and the last": lambda: grid(with_years(lines(), "2016年", "2015年")),
    "the last year and this": lambda: grid(with_years(lines(), "2015年", "2016年")),
    "this year and all years": lambda: grid(with_years(lines(), "本年", "历年累计")),
    "a year and its growth": lambda: grid(with_years(lines(), "2016年", "同比增减")),
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
    "cells run together": lambda: "".join(f"<p>{''.join(row)}</p>" for row in lines() if row[2]),
    "dots before the figure": lambda: "".join(
        f"<p>{label}（{unit}）{'.' * 12}{figure}</p>"
        for label, unit, figure in lines()[1:]
        if figure
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


def test_two_columns_of_the_same_year_leave_the_figure_open() -> None:
    report = read(grid(with_years(lines(), "2016年", "2016年")))

    assert values(report) == {}
    assert ("local_columns", "s14") in codes(report)


def test_labels_without_their_closing_word_are_read_and_said_to_vary() -> None:
    report = read(grid(without_the_closing_word(lines())))

    assert values(report) == EVERY
    assert codes(report) == {("labels_vary", "s14")}
