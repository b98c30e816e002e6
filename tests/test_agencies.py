"""Divisions, agencies and their names through time."""

from __future__ import annotations

import string
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.practice.generated.names import credit_code
from pipeline.agencies.book import AgencyBook, AgencyError, Listed, book_of
from pipeline.agencies.codes import credit_code_in, division_of_site, is_credit_code
from pipeline.agencies.divisions import division_at, load_divisions, successor_of
from pipeline.agencies.offices import line_of, lines, office_successions, parts_of
from pipeline.agencies.resolve import Asked, Resolved, resolve
from pipeline.agencies.reviewed import decisions, packaged_decisions
from pipeline.agencies.settle import settle_agency
from pipeline.agencies.successions import successions
from pipeline.findings import finding
from pipeline.model import PageFields, Report, Scope

JIYUAN = Listed("济源市应急管理局", "419001", "prefecture_department", "registry")
BOOK = book_of(
    [
        JIYUAN,
        Listed("新津区财政局", "510118", "county_department", "registry"),
        Listed("河南省应急管理厅", "410000", "province_department", "registry"),
        Listed("应急管理部", None, "central", "registry"),
    ]
)


def found(name: str, year: int | None = 2020, book: AgencyBook = BOOK, **more: str) -> Resolved:
    return resolve(Asked(name, year, **more), book)


# --- divisions ------------------------------------------------------------------------------------


def test_every_successor_is_a_division_and_stands_when_the_other_ends() -> None:
    last = {division.code: division for division in load_divisions()}
    for division in load_divisions():
        for code in division.successors:
            after = last[code]
            assert after.valid_to is None or after.valid_to >= (division.valid_to or 0), division


def test_no_code_has_two_names_in_one_year_but_the_year_of_the_change() -> None:
    for before, after in pairwise(load_divisions()):
        if before.code == after.code:
            assert (before.valid_to or 9999) <= (after.valid_from or 0), (before, after)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("510132", 2019, "新津县"),
        ("510118", 2021, "新津区"),
        ("420600", 2009, "襄樊市"),
        ("420600", 2010, "襄阳市"),
        ("371200", 2018, "莱芜市"),
    ],
)
def test_a_division_has_the_name_of_its_year(code: str, year: int, name: str) -> None:
    division = division_at(code, year)
    assert division is not None
    assert division.name == name


def test_a_place_that_ended_is_looked_for_where_it_went() -> None:
    assert successor_of("510132") == "510118"
    assert successor_of("420600") == "420600"
    assert successor_of("341400") == "341400", "巢湖市 was divided among three: nobody continues it"


def test_provinces_prefectures_and_counties_are_told_by_their_codes() -> None:
    levels = {d.code: (d.level, d.parent) for d in load_divisions()}
    assert levels["410000"] == ("province", None)
    assert levels["410100"] == ("prefecture", "410000")
    assert levels["410102"] == ("county", "410100")


# --- codes ----------------------------------------------------------------------------------------


@given(
    division=st.sampled_from(["410000", "332500", "330782"]),
    number=st.integers(0, 99_999_999),
    place=st.integers(0, 17),
    char=st.sampled_from(string.digits + "ABCDEFGHJKLMNPQRTUWXY"),
)
def test_a_credit_code_with_one_character_changed_is_refused(
    division: str, number: int, place: int, char: str
) -> None:
    code = credit_code(division, f"{number:08}")
    changed = code[:place] + char + code[place + 1 :]

    assert is_credit_code(code)
    assert is_credit_code(changed) is (changed == code)


def test_an_index_number_gives_its_credit_code_only_if_both_check_digits_are_right() -> None:
    code = credit_code("410000", "00000001")

    assert credit_code_in(f"{code}/2023-00012") == code
    assert credit_code_in(f"{code[:-1]}{'0' if code[-1] != '0' else '1'}/2023-00012") is None
    assert credit_code_in("005184603/2020-00012") is None
    assert credit_code_in(None) is None


def test_a_site_code_begins_with_its_division_and_a_ministrys_with_none() -> None:
    assert division_of_site("5101320017") == "510132"
    assert division_of_site("bm17000009") is None
    assert division_of_site("政府网站标识码") is None


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code", "office", "line"),
    [
        ("河南省济源市应急管理局", "419001", "应急管理局", "emergency_management"),
        ("新津县财政局", "510132", "财政局", "财政局"),
        ("河南省人民政府", "410000", "人民政府", "government"),
        ("淮北市相山区应急管理局", "340603", "应急管理局", "emergency_management"),
    ],
)
def test_a_name_is_of_the_last_place_that_it_begins_with(
    name: str, code: str, office: str, line: str
) -> None:
    parts = parts_of(name)
    assert parts is not None
    assert code in {place.code for place in parts.places}
    assert (parts.office, parts.line) == (office, line)


def test_no_stem_belongs_to_two_lines_and_every_line_has_a_name_today_or_ended() -> None:
    stems = [name.stem for names in lines().values() for name in names]
    assert len(stems) == len(set(stems))


def test_the_years_of_a_lines_names_leave_no_gap() -> None:
    for line, names in lines().items():
        if any(name.last for name in names):
            ends = [name.last for name in names if name.last]
            starts = [name.first for name in names if name.first]
            assert not starts or min(starts) <= max(ends) + 1, line


# --- whose report ---------------------------------------------------------------------------------


def test_the_office_before_a_reform_is_the_one_after_it() -> None:
    old = found("济源市安全生产监督管理局", 2016)

    assert (old.agency.id, old.evidence) == ("419001:emergency_management", "succession")
    assert old.findings == ()


def test_an_old_name_on_a_new_report_is_said() -> None:
    assert [f.code for f in found("济源市安全生产监督管理局", 2022).findings] == [
        "agency_name_outdated"
    ]


def test_a_county_that_became_a_district_keeps_its_offices() -> None:
    assert found("新津县财政局", 2018).agency.id == found("新津区财政局", 2022).agency.id


def test_an_agency_that_no_row_knows_is_a_finding_and_waits_for_review() -> None:
    unknown = found("青阳县水利局")

    assert [f.code for f in unknown.findings] == ["agency_unlisted"]
    assert not unknown.agency.reviewed
    assert unknown.agency.id == found("青阳县水利局", 2021).agency.id, "the same in every run"


def test_names_that_differ_in_one_character_are_two_agencies() -> None:
    assert found("济源市应急管理所").agency.id != found("济源市应急管理局").agency.id


def test_one_of_two_places_of_a_name_is_told_by_the_report_column() -> None:
    book = book_of(
        [
            Listed("鼓楼区教育局", "320106", "county_department", "registry"),
            Listed("鼓楼区教育局", "350102", "county_department", "registry"),
        ]
    )

    assert found("鼓楼区教育局", book=book, division="350100").agency.division == "350102"
    assert not found("鼓楼区教育局", book=book).agency.reviewed


def test_a_credit_code_decides_where_the_name_does_not() -> None:
    code = credit_code("419001", "00000007")
    book = book_of([replace(JIYUAN, credit_code=code)])

    known = found("济源市应急局", book=book, index_number=f"{code}/2023-1")

    assert known.agency.id == "419001:emergency_management"
    assert [f.code for f in known.findings] == ["agency_known_as"]


def test_two_agencies_with_one_credit_code_are_refused_by_name() -> None:
    code = credit_code("419001", "00000007")
    other = Listed("济源市水利局", "419001", "other", "registry", credit_code=code)

    with pytest.raises(AgencyError, match="济源市应急管理局"):
        book_of([replace(JIYUAN, credit_code=code), other])


def test_offices_that_merged_end_and_say_where() -> None:
    rows = [
        Listed(f"济源市{office}", "419001", "other", "registry")
        for office in ("工商行政管理局", "质量技术监督局", "市场监督管理局")
    ]

    pairs = {(s.before, s.after, s.kind) for s in successions(book_of(rows))}

    after = "419001:markets"
    assert pairs == {
        ("419001:工商行政管理局", after, "merged"),
        ("419001:质量技术监督局", after, "merged"),
    }


def test_the_offices_of_every_succession_are_no_names_of_one_line() -> None:
    for each in office_successions():
        assert not {line_of(b) for b in each.before} & {line_of(a) for a in each.after}, each


# --- decisions of people --------------------------------------------------------------------------


def test_a_decision_gives_a_second_name_to_an_agency() -> None:
    listed, _ = decisions(packaged_decisions(), "agencies.toml")
    book = book_of([JIYUAN, *listed])

    assert found("济源示范区应急管理局", book=book).agency.id == "419001:emergency_management"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[agency]", "not TOML"),
        ('[[agency]]\nname = "某某局"', "reason"),
        (
            '[[agency]]\nname = "某某局"\nreason = "seen"\ndecided = 2026-01-01\n'
            'credit_code = "11410000MB00000001"',
            "check digits",
        ),
    ],
)
def test_a_decision_that_cannot_be_used_is_named(content: str, said: str) -> None:
    with pytest.raises(AgencyError, match=said):
        decisions(content, "mine.toml")


def test_an_office_of_nowhere_gets_no_id() -> None:
    report = Report("", "应急管理局", 2020, Scope.AGENCY, None, {}, (), (), (), (), 1, PageFields())
    bare = replace(report, findings=(finding("agency_without_place", "agency", printed="x"),))

    assert settle_agency(bare, BOOK, "419001").agency_id is None
    assert settle_agency(replace(report, agency=None), BOOK, None).agency_id is None
