"""Each check has a report that passes it and one that fails it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.check.run import check
from pipeline.findings import finding, load_findings
from pipeline.forms import load_forms
from pipeline.model import CellState, Figure, Report, Scope, Section, Severity


def report(form: str = "2019", /, **cells: int) -> Report:
    """All tables of a form, zeros but for the cells named as `row__column`."""
    named = {key.replace("__", "."): value for key, value in cells.items()}
    ids = [id_ for t in load_forms()[form].tables.values() for id_ in t.cell_ids()]
    figures = tuple(
        Figure(id_, Decimal(value), str(value), CellState.REPORTED, None)
        for id_ in ids
        for value in [named.get(id_.split(".", 1)[1], 0)]
    )
    forms: dict[str, str | None] = dict.fromkeys(("t2", "t3", "t4"), form)
    return Report("", "某局", 2019, Scope.AGENCY, None, forms, figures, (), (), (), 1)


def found(checked: Report) -> set[tuple[str, str]]:
    return {(f.code, f.where) for f in check(checked).findings}


SOUND = {
    "new_received__natural_person": 2,
    "new_received__total": 2,
    "granted__natural_person": 2,
    "granted__total": 2,
    "processed_total__natural_person": 2,
    "processed_total__total": 2,
}


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_report_that_adds_up_has_no_findings(form: str) -> None:
    assert found(report(form, **SOUND)) == set()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            {"new_received__natural_person": 3, "new_received__total": 3},
            {
                ("received_equals_handled", "t3.new_received.natural_person"),
                ("received_equals_handled", "t3.new_received.total"),
            },
        ),
        (
            {"granted__natural_person": 1, "granted__total": 1},
            {
                ("outcomes_add_up", "t3.processed_total.natural_person"),
                ("outcomes_add_up", "t3.processed_total.total"),
            },
        ),
        (
            {"carried_in__other_org": 1, "carried_out__other_org": 1, "carried_in__total": 1},
            {
                ("applicants_add_up", "t3.carried_out"),
                ("received_equals_handled", "t3.new_received.total"),
            },
        ),
        (
            {"litigation_direct__pending": 1},
            {("results_add_up", "t4.litigation_direct")},
        ),
    ],
)
def test_each_identity_is_checked_and_names_where_it_fails(
    wrong: dict[str, int], expected: set[tuple[str, str]]
) -> None:
    assert found(report(**{**SOUND, **wrong})) == expected


def test_a_blank_counts_as_nothing_for_a_sum_but_stays_a_blank() -> None:
    sound = report(**SOUND)
    figures = tuple(
        replace(f, value=None, raw="", state=CellState.BLANK) if f.value == 0 else f
        for f in sound.figures
    )

    checked = check(replace(sound, figures=figures))

    assert checked.findings == ()
    assert checked.figures == figures


def test_an_identity_with_an_unreadable_operand_is_not_judged() -> None:
    broken = report(**{**SOUND, "granted__total": 9})
    figures = tuple(
        replace(f, value=None, state=CellState.UNREADABLE) if f.id == "t3.granted.total" else f
        for f in broken.figures
    )

    assert found(replace(broken, figures=figures)) == set()


def with_text(text: str) -> Report:
    return replace(report(), sections=(Section("overview", "一、总体情况", text),))


@pytest.mark.parametrize(
    "text",
    [
        "2018年度主动公开各类信息779条。",
        "我局２０１８年共主动公开信息12条，内容包括机构概况。",
        "2018年收到申请3件。",
    ],
)
def test_last_year_s_count_in_this_year_s_report_is_a_finding(text: str) -> None:
    assert found(with_text(text)) == {("year_in_body_differs", "section.overview")}


@pytest.mark.parametrize(
    "text",
    [
        "2019年度主动公开各类信息779条。",
        "2018年度政务公开第三方评估结果为合格。",
        "按照规定公开2018年部门决算和2019年部门预算3件。",
        "2020年将主动公开更多信息。",
    ],
)
def test_other_years_that_are_meant_are_no_finding(text: str) -> None:
    assert found(with_text(text)) == set()


def test_every_catalogued_finding_speaks_chinese_and_english() -> None:
    for kind in load_findings().values():
        assert any("一" <= letter <= "鿿" for letter in kind.zh), kind.code
        assert kind.en.isascii() or "“" in kind.en, kind.code
        assert kind.severity in Severity


def test_a_finding_without_the_values_of_its_sentence_cannot_be_made() -> None:
    with pytest.raises(KeyError, match="label"):
        finding("row_missing", "t3.granted")
