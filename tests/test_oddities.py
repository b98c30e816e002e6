"""What is printed oddly is noted, on the pages that show it and on no other."""

from __future__ import annotations

from functools import cache

import pytest

from crawlers.practice.corpus.catalogue import cases
from crawlers.practice.corpus.documents import document
from crawlers.practice.corpus.families import family_names
from pipeline.model import Claim, Finding, Report
from pipeline.read import read_page

CASES = {case.name: case for case in cases()}

SHOWN = {
    "row_shifted": ["structure_indents_lost_one-2019-table", "structure_total_row_short-2021-tabs"],
    "rows_shifted": ["structure_span_too_long-2019-table"],
    "rows_uneven": ["structure_ghosts-2021-tabs", "structure_all_spans_lost-2019-table"],
    "ghost_cells": ["structure_trailing_column-2021-table", "structure_leading_column-2019-tabs"],
    "table_split": ["structure_split-2019-table", "structure_split_with_header-2021-table"],
    "table_in_lines": ["plain_pdf-2019-blanks", "blanks_empty-2021-p_cells"],
    "header_variant": ["labels_columns_misworded-2019-table", "labels_year_in_header-2021-tabs"],
    "columns_reordered": [
        "structure_columns_swapped_2019-2019-table",
        "structure_columns_swapped_2021-2021-pipes",
    ],
    "bracket_lost": ["labels_brackets_lost-2019-table", "labels_brackets_lost-2021-tabs"],
    "punctuation_half_width": ["labels_half_brackets-2019-table"],
    "blanks_in_labels": ["labels_inner_blanks-2021-table"],
    "labels_vary": ["labels_explained-2021-table"],
    "changes_negative": ["typing_half_width_commas-2019-table"],
    "title_on_two_lines": ["metadata_two_lines-2019-tabs"],
    "title_cut": ["metadata_line_before_title-2021-tabs", "metadata_head_title_cut-2019-table"],
    "heading_variant": ["sections_renamed_first-2019-table", "sections_renamed_third-2021-table"],
    "characters_lost_in_numbers": ["damage_dates-2019-tabs", "damage_doubled_year-2021-table"],
    "prose_half_width": ["typing_half_width_commas-2021-table"],
    "blanks_by_numbers": ["typing_blanks_by_numbers-2021-table"],
    "quotes_unpaired": ["typing_quote_lost-2019-table", "typing_quote_lost-2021-tabs"],
    "paragraph_cut": ["typing_sentence_torn-2019-table", "typing_sentence_torn-2021-tabs"],
    "markup_left": ["damage_bold_marks-2019-tabs"],
    "toolbar_in_text": ["structure_page_around_text-2019-tabs"],
    "table_is_image": ["typing_table_as_words-2021-tabs"],
    "several_reports": ["structure_other_agency_below-2021-table"],
    "table_repeated": ["structure_other_agencies_table-2021-tabs"],
}
"""Code -> documents that show it; each code is absent from the documents of all the others."""

ALSO = {
    ("ghost_cells", "structure_ghosts-2021-tabs"),
    ("prose_half_width", "typing_half_width_commas-2019-table"),
    ("punctuation_half_width", "labels_year_in_header-2021-tabs"),
    ("ghost_cells", "structure_total_row_short-2021-tabs"),
}
"""Documents that show another oddity as well: ghosts shift rows."""

PADDED = [name for name, case in CASES.items() if case.shape.startswith(("padded", "blank_lines"))]

TITLE = "青禾市信访局2021年政府信息公开工作年度报告"

LAWFUL = {"change_negative", "changes_negative"}
"""A decrease is lawful and drawn by chance; the note only says how the sign was read."""


@cache
def report(name: str) -> Report:
    own = document(CASES[name])
    return read_page(own.body, content_type="text/html" if own.suffix == ".html" else "text/plain")


def codes(name: str) -> set[str]:
    return {finding.code for finding in report(name).findings}


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in SHOWN.items() for name in names]
)
def test_an_oddity_is_noted_where_it_stands(code: str, name: str) -> None:
    assert code in codes(name)


@pytest.mark.parametrize("code", SHOWN)
def test_an_oddity_is_noted_nowhere_else(code: str) -> None:
    others = {name for other, names in SHOWN.items() if other != code for name in names}
    shown = {name for name in others if code in codes(name) and code not in LAWFUL}

    assert {(code, name) for name in shown} <= ALSO


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("family", family_names())
def test_a_page_without_deviations_has_no_oddities(family: str, form: str) -> None:
    plain = [c for c in cases() if not c.steps and c.shape == "table" and c.form == form]
    own = next(case for case in plain if case.family == family)

    assert codes(own.name) & set(SHOWN) <= LAWFUL


def test_the_second_agency_s_report_is_read_where_the_column_is_the_second_s() -> None:
    own = document(CASES["structure_other_agency_below-2021-table"])
    from_first = report(own.name)

    second = read_page(own.body, content_type="text/html", claim=Claim("青禾市信访局", None))

    assert second.agency == "青禾市信访局"
    assert second.agency != from_first.agency
    assert _values(second) != _values(from_first)
    assert {f.state for f in second.figures} == {f.state for f in from_first.figures}


def test_of_two_years_on_a_page_the_one_of_the_column_s_year_is_read() -> None:
    own = document(CASES["structure_last_year_above-2021-table"])
    named = report(own.name)
    year, agency = named.report_year, named.agency
    assert year

    def read(claim: Claim) -> Report:
        return read_page(own.body, content_type="text/html", claim=claim)

    assert _values(read(Claim(agency, None))) == _values(named)
    assert _values(read(Claim(agency, year))) == _values(named)
    assert read(Claim(agency, year - 1)).report_year == year - 1
    assert _values(read(Claim(agency, year - 1))) != _values(named)


@pytest.mark.parametrize("order", [(2021, 2020), (2020, 2021)])
def test_a_page_of_two_years_is_that_of_its_own_title(order: tuple[int, int]) -> None:
    body = "".join(
        f"<h1>青禾市信访局{year}年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
        f"<p>统计期限从{year}年1月1日至12月31日。</p><p>二、主动公开政府信息情况</p><p>无。</p>"
        for year in order
    )
    page = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"

    read = read_page(page.encode())

    assert "several_reports" in {finding.code for finding in read.findings}
    assert read.report_year == 2021


def _values(of: Report) -> list[object]:
    return [figure.value for figure in of.figures]


def test_places_of_notes_are_cells_rows_tables_or_parts_of_the_page() -> None:
    for names in SHOWN.values():
        for found in report(names[0]).findings:
            assert _is_place(found), found


def _is_place(found: Finding) -> bool:
    parts = {"page", "title", "agency", "report_year", "t2", "t3", "t4", "s14", "section"}
    return found.where.split(".")[0].removesuffix("x") in parts


@pytest.mark.parametrize("name", PADDED)
def test_pipes_that_pad_a_row_of_table_two_do_not_shift_it(name: str) -> None:
    found = {finding.code for finding in report(name).findings if finding.where[:2] == "t2"}

    assert not {"row_shifted", "rows_shifted", "rows_uneven"} & found


@pytest.mark.parametrize("cut", ["3\n12条", "3 12 条", "31\n2条"])
def test_a_count_that_a_line_cuts_in_two_is_said(cut: str) -> None:
    prose = f"{TITLE}\n一、总体情况\n全年主动公开政府信息{cut}。\n二、主动公开政府信息情况\n无。"
    report = read_page(prose.encode(), content_type="text/plain")

    assert [f.where for f in report.findings if f.code == "count_cut"] == ["section.overview"]


def test_a_count_behind_a_date_is_whole() -> None:
    prose = (
        f"{TITLE}\n一、总体情况\n2021年 12 月公开信息 12 条，第 3 季度 4 条，电话 0312 4455667。"
    )
    report = read_page(prose.encode(), content_type="text/plain")

    assert "count_cut" not in {finding.code for finding in report.findings}
