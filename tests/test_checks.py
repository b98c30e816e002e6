"""Each check has a report that passes it and one that fails it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.check.offices import Rank, rank
from pipeline.check.run import check
from pipeline.findings import finding, load_findings
from pipeline.forms import load_forms
from pipeline.model import CellState, Fact, Figure, Report, Scope, Section, Severity


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
    return Report("", "某局", int(form), Scope.AGENCY, None, forms, figures, (), (), (), 1)


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
        replace(f, value=None, raw="", state=CellState.BLANK)
        if f.value == 0 and "total" not in f.id
        else f
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
    return replace(report(**SOUND), sections=(Section("overview", "一、总体情况", text),))


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


def codes(checked: Report) -> set[tuple[str, str]]:
    return found(replace(checked, sections=(Section("problems", "五、", "更新不够及时。"),)))


def test_a_form_that_was_not_in_force_for_the_year_is_a_finding() -> None:
    late = replace(report("2019", **SOUND), report_year=2023)

    assert codes(late) == {("form_outdated", "t2"), ("form_outdated", "t3")}
    assert codes(replace(late, report_year=2020)) == set()


@pytest.mark.parametrize(
    ("agency", "is_doubted"),
    [
        ("青禾县柳湾镇人民政府", True),
        ("南浦区应急管理局", True),
        ("青禾市财政局", True),
        ("青禾市南浦区人民政府", True),
        ("双桥县市场监督管理局", True),
        ("云江省水利厅", True),
        ("青禾市人民政府", False),
        ("青禾市人民政府办公室", False),
        ("青禾自治区人民政府", False),
        ("青禾壮族自治区人民政府", False),
        ("云江省", False),
        ("新乡市人民政府", False),
        ("镇江市人民政府", False),
        ("云江省景德镇市人民政府", False),
        ("恩施土家族苗族自治州人民政府", False),
        ("财政部", False),
        ("国家统计局", False),
    ],
)
def test_only_who_can_make_regulations_reports_some(agency: str, is_doubted: bool) -> None:
    cells = {**SOUND, "regulations__in_force_count": 2}
    doubted = {("regulations_implausible", "t2.regulations.in_force_count")}

    made = replace(report("2021", **cells), agency=agency)

    assert codes(made) == (doubted if is_doubted else set())


@pytest.mark.parametrize(("amount", "is_doubted"), [(1655, False), (16_550_887, True)])
def test_purchases_of_a_milliard_each_were_meant_in_another_unit(
    amount: int, is_doubted: bool
) -> None:
    cells = {"centralized_procurement__project_count": 21}
    cells["centralized_procurement__total_amount_10k_cny"] = amount

    bought = report("2019", **SOUND, **cells)

    assert bool(codes(bought)) is is_doubted


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("青禾县柳湾镇人民政府", Rank.TOWNSHIP),
        ("南浦区白沙渡街道办事处", Rank.TOWNSHIP),
        ("新乡市柳湾乡人民政府", Rank.TOWNSHIP),
        ("青禾市南浦区财政局", Rank.COUNTY),
        ("双桥县市场监督管理局", Rank.COUNTY),
        ("镇江市财政局", Rank.ABOVE),
        ("青禾壮族自治区水利厅", Rank.ABOVE),
        ("财政部", Rank.ABOVE),
    ],
)
def test_the_rank_of_an_agency_is_that_of_the_last_place_in_its_name(
    agency: str, expected: Rank
) -> None:
    assert rank(agency) is expected


def test_a_report_of_nothing_but_zeros_is_said_to_be_one() -> None:
    assert codes(report()) == {("all_zero", "page")}


def fact(value: int, qualifier: str = "exact") -> Fact:
    return Fact(
        id="n.requests_received",
        value=Decimal(value),
        raw=str(value),
        counter="件",
        qualifier=qualifier,
        scope="agency",
        period="year",
        section="overview",
        sentence=f"全年收到申请{value}件。",
        start=0,
        end=9,
    )


@pytest.mark.parametrize(
    ("said", "qualifier", "is_doubted"),
    [(2, "exact", False), (3, "exact", False), (7, "exact", True), (7, "余", False)],
)
def test_requests_in_words_are_the_new_ones_or_those_with_the_carried_in(
    said: int, qualifier: str, is_doubted: bool
) -> None:
    cells = {
        **SOUND,
        "carried_in__natural_person": 1,
        "carried_in__total": 1,
        "carried_out__natural_person": 1,
        "carried_out__total": 1,
    }

    told = replace(report(**cells), facts=(fact(said, qualifier),))

    assert codes(told) == ({("prose_differs", "t3.new_received.total")} if is_doubted else set())


def test_a_bare_heading_is_no_section_on_problems() -> None:
    bare = replace(report(**SOUND), sections=(Section("problems", "五、存在的主要问题", " "),))

    assert found(bare) == {("section_empty", "section.problems")}


def test_every_catalogued_finding_speaks_chinese_and_english() -> None:
    for kind in load_findings().values():
        assert any("一" <= letter <= "鿿" for letter in kind.zh), kind.code
        assert sum(letter.isascii() for letter in kind.en) > len(kind.en) / 2, kind.code
        assert kind.severity in Severity


def test_a_finding_without_the_values_of_its_sentence_cannot_be_made() -> None:
    with pytest.raises(KeyError, match="label"):
        finding("row_missing", "t3.granted")


def without_totals(rows: int) -> Report:
    """One granted, one denied, ... by a natural person each, their totals left empty."""
    table = load_forms()["2021"].tables["t3"]
    outcomes = [row.id for row in table.blocks[0].rows][2 : 2 + rows]
    whole = {f"{row}__{c}": rows for row in ("new_received", "processed_total") for c in ENDS}
    of = report("2021", **whole, **{f"{row}__natural_person": 1 for row in outcomes})
    totals = {f"t3.{row}.total" for row in outcomes}
    empty = (
        replace(f, value=None, raw="", state=CellState.BLANK) if f.id in totals else f
        for f in of.figures
    )
    return replace(of, figures=tuple(empty))


ENDS = ("natural_person", "total")


def test_a_few_empty_totals_are_sums_that_fail() -> None:
    codes = {code for code, _ in found(without_totals(4))}

    assert codes >= {"applicants_add_up", "outcomes_add_up"}
    assert "totals_blank" not in codes


def test_rows_of_zeros_without_their_total_show_the_habit_too() -> None:
    few = without_totals(2)
    all_but_two = {f"t3.{row.id}.total" for row in load_forms()["2021"].tables["t3"].rows[4:-2]}
    figures = tuple(
        replace(f, value=None, raw="", state=CellState.BLANK) if f.id in all_but_two else f
        for f in few.figures
    )

    assert {each for each in found(replace(few, figures=figures)) if each[1].startswith("t3")} == {
        ("totals_blank", "t3")
    }


def test_a_column_of_totals_left_empty_is_said_once_and_fails_no_sum() -> None:
    assert {each for each in found(without_totals(5)) if each[1].startswith("t3")} == {
        ("totals_blank", "t3")
    }
