"""What is printed, what the sums give and what was amended by hand stand side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.amendments.apply import lay_over
from pipeline.amendments.load import AmendmentError, load_amendments, read_amendments
from pipeline.check.run import check
from pipeline.findings import finding
from pipeline.forms import load_forms
from pipeline.jsonl import report_object
from pipeline.model import Amendment, CellState, Figure, Report, Scope, Severity
from tests.practice_support import read

CELL = "t3.processed_total.natural_person"
DIGEST = "sha256:ab12"


def misprinted() -> Report:
    """The practice report whose（七）总计 prints 8 for 9."""
    return read("qinghe_yjglj", 2021)


def sheet(cells: Mapping[str, int], lacking: Mapping[str, CellState] | None = None) -> Report:
    """Table 三 and 四 of 2021: zeros but for `cells`; `lacking` cells print no number."""
    known = load_forms()["2021"].tables
    figures = tuple(
        Figure(id_, None, "?", lacking[id_], None)
        if lacking and id_ in lacking
        else Figure(
            id_, Decimal(cells.get(id_, 0)), str(cells.get(id_, 0)), CellState.REPORTED, None
        )
        for table in ("t3", "t4")
        for id_ in known[table].cell_ids()
    )
    forms: dict[str, str | None] = {"t3": "2021", "t4": "2021"}
    return Report("", "某局", 2021, Scope.AGENCY, None, forms, figures, (), (), (), 1)


def value(report: Report, cell: str) -> Decimal | None:
    return next(figure.value for figure in report.figures if figure.id == cell)


def test_a_total_that_is_wrong_is_recomputed_and_stays_as_printed() -> None:
    report = check(sheet({"t4.reconsideration.upheld": 3, "t4.reconsideration.total": 5}))

    assert value(report, "t4.reconsideration.total") == 5
    assert report.recomputed["t4.reconsideration.total"] == 3


def test_parts_are_never_recomputed_where_they_are_printed() -> None:
    report = check(sheet({"t4.reconsideration.upheld": 3, "t4.reconsideration.total": 5}))

    assert {cell.rsplit(".", 1)[1] for cell in report.recomputed if cell[:2] == "t4"} == {"total"}


@pytest.mark.parametrize("state", [CellState.UNREADABLE, CellState.ABSENT])
def test_a_cell_that_alone_is_lacking_is_what_is_left(state: CellState) -> None:
    cells = {"t4.litigation_direct.upheld": 2, "t4.litigation_direct.total": 6}
    report = check(sheet(cells, {"t4.litigation_direct.pending": state}))

    assert report.recomputed["t4.litigation_direct.pending"] == 4
    assert value(report, "t4.litigation_direct.pending") is None


def test_nothing_is_recomputed_below_zero_or_from_two_cells_that_are_lacking() -> None:
    unreadable = CellState.UNREADABLE
    below = check(
        sheet({"t4.reconsideration.upheld": 9}, {"t4.reconsideration.pending": unreadable})
    )
    two = check(
        sheet(
            {"t4.reconsideration.total": 9},
            {"t4.reconsideration.pending": unreadable, "t4.reconsideration.upheld": unreadable},
        )
    )

    assert "t4.reconsideration.pending" not in below.recomputed
    assert not {"t4.reconsideration.pending", "t4.reconsideration.upheld"} & set(two.recomputed)


def test_sums_that_disagree_give_nothing() -> None:
    """（七）总计 of all applicants is a sum of its row and of its column."""
    agreeing = check(sheet({"t3.granted.natural_person": 2, "t3.granted.total": 2}))
    row = {"t3.processed_total.natural_person": 2, "t3.granted.total": 3}
    disagreeing = check(sheet({"t3.granted.natural_person": 3, **row}))

    assert agreeing.recomputed["t3.processed_total.natural_person"] == 2
    assert "t3.processed_total.total" not in disagreeing.recomputed


def test_blanks_alone_make_no_sum() -> None:
    blank = {
        f"t4.reconsideration.{outcome}": CellState.BLANK
        for outcome in ("upheld", "corrected", "other_result", "pending", "total")
    }

    assert "t4.reconsideration.total" not in check(sheet({}, blank)).recomputed


def test_every_term_of_a_sum_that_fails_is_doubtful_and_no_other_cell() -> None:
    report = check(sheet({"t4.reconsideration.upheld": 3, "t4.reconsideration.total": 5}))

    outcomes = ("upheld", "corrected", "other_result", "pending", "total")
    row = {f"t4.reconsideration.{outcome}" for outcome in outcomes}
    assert report.doubts == dict.fromkeys(row, Severity.ERROR)


def test_a_finding_on_a_row_makes_its_cells_doubtful_and_a_note_makes_none() -> None:
    """（七）总计 prints eight figures for seven columns; the rows around it are out of line."""
    report = read("henan_sgj", 2019)

    assert {cell.rsplit(".", 1)[0] for cell in report.doubts} == {"t3.processed_total"}
    assert set(report.doubts.values()) == {Severity.WARNING}
    assert len(report.doubts) == 7


def test_the_gravest_finding_of_a_cell_counts() -> None:
    warning = finding("row_short", "t4.reconsideration", label="行政复议", width=5, count=4)
    printed = sheet({"t4.reconsideration.upheld": 3, "t4.reconsideration.total": 5})

    report = check(replace(printed, findings=(warning,)))

    assert report.doubts["t4.reconsideration.upheld"] is Severity.ERROR


def test_a_doubtful_cell_says_so_in_json() -> None:
    cells = report_object(misprinted(), "page.html")["cells"]

    assert cells[CELL]["doubt"] == "error"
    assert cells["t3.granted.natural_person"]["doubt"] == "error"
    assert "doubt" not in cells["t4.reconsideration.total"]


def test_an_amended_figure_stays_as_printed_with_its_amendment_beside_it() -> None:
    report = misprinted()

    (amendment,) = report.amended
    assert (amendment.cell, amendment.value) == (CELL, Decimal(9))
    assert value(report, CELL) == 8
    assert ("figure_amended", CELL) in {(f.code, f.where) for f in report.findings}
    assert ("outcomes_add_up", CELL) in {(f.code, f.where) for f in report.findings}


def test_json_has_all_three_layers_of_a_cell() -> None:
    report = misprinted()

    cells = report_object(report, "report.html")["cells"]

    assert (cells[CELL]["value"], cells[CELL]["recomputed"]) == (8, 9)
    assert cells[CELL]["corrected"]["value"] == 9
    assert set(cells[CELL]["corrected"]) == {"value", "reason", "evidence", "decided_on"}
    assert "corrected" not in cells["t3.granted.total"]
    assert "recomputed" not in cells["t3.granted.natural_person"]


def amendment(**changes: object) -> Amendment:
    known = Amendment(
        agency="某局",
        report_year=2021,
        cell="t3.granted.total",
        printed="2",
        value=Decimal(3),
        reason="少计一件",
        evidence="答复书台账",
        decided_on=date(2026, 11, 22),
    )
    return replace(known, **changes)  # type: ignore[arg-type] # of the test's own making


@pytest.mark.parametrize("printed", ["3", "", "两件"])
def test_an_amendment_of_what_is_not_printed_there_any_more_is_refused_loudly(
    printed: str,
) -> None:
    report = sheet({"t3.granted.total": 2})

    amended = lay_over(report, [amendment(printed=printed)], DIGEST)

    assert amended.amended == ()
    assert [(f.code, f.severity, f.where) for f in amended.findings] == [
        ("amendment_refused", "error", "t3.granted.total")
    ]
    assert amended.doubts == {"t3.granted.total": Severity.ERROR}
    assert amended.figures == report.figures


def test_an_amendment_of_another_wording_is_passed_over() -> None:
    report = sheet({"t3.granted.total": 2})

    assert lay_over(report, [amendment(digest="sha256:cd")], DIGEST) == report
    assert len(lay_over(report, [amendment(digest="sha256:ab")], DIGEST).amended) == 1


def test_the_packaged_amendments_are_sound() -> None:
    known = load_amendments()

    assert all(key == (each.agency, each.report_year) for key, own in known.items() for each in own)


GOOD = """
[[amendment]]
agency = "某局"
report_year = 2021
cell = "t3.granted.total"
printed = "2"
value = 3
reason = "少计一件"
evidence = "答复书台账"
decided_on = 2026-11-22
"""


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        ("t3.granted.total", "t3.granted.all", "no cell"),
        ('reason = "少计一件"', 'reason = " "', "reason"),
        ('reason = "少计一件"', "", "lacks ..reason"),
        ("value = 3", 'value = "三"', "expected a number"),
        ("decided_on = 2026-11-22", 'decided_on = "2026-11-22"', "decided_on"),
        ("value = 3", 'value = 3\nby = "someone"', "does not know ..by"),
        (GOOD, GOOD + GOOD, "entry 2.*stands twice"),
    ],
)
def test_an_amendment_that_cannot_be_meant_is_refused_when_it_is_loaded(
    good: str, bad: str, complaint: str
) -> None:
    assert len(list(read_amendments(GOOD, "x.toml"))) == 1

    with pytest.raises(AmendmentError, match=complaint):
        list(read_amendments(GOOD.replace(good, bad), "x.toml"))
