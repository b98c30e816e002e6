"""The generated province: any size, every page and its truth from (seed, agency, year)."""

from __future__ import annotations

import itertools
import json
import tracemalloc
import urllib.request
from collections.abc import Iterator
from decimal import Decimal

import lxml.html
import pytest

from crawlers.practice.forms import T3_COLUMNS, load_form
from crawlers.practice.generated.addresses import read_address
from crawlers.practice.generated.figures import figures
from crawlers.practice.generated.layouts import layouts, list_path
from crawlers.practice.generated.model import Column, Plan
from crawlers.practice.generated.names import LETTERS, OFFICES, agency
from crawlers.practice.generated.pages import truth_of
from crawlers.practice.generated.rows import agency_of, rows
from crawlers.practice.generated.server import Generated, serve_generated
from crawlers.practice.generated.sites import column_at, columns, sites
from crawlers.practice.model import PracticeError


@pytest.fixture(scope="module")
def province() -> Iterator[Generated]:
    with serve_generated(Plan(size=48, port=0)) as served:
        yield served


def get(url: str) -> str:
    with urllib.request.urlopen(url.partition("#")[0]) as answer:
        return str(answer.read().decode("utf-8"))


def first_column(province: Generated, layout: str) -> Column:
    return next(columns(province.site(layout)))


@pytest.mark.parametrize("layout", layouts())
def test_every_row_of_a_list_leads_to_a_page_with_its_title(
    province: Generated, layout: str
) -> None:
    column = first_column(province, layout)
    assert get(column.site.base_url + list_path(column))
    for url, entry in province.entries(column):
        page = get(url)
        if layout != "epoint":  # its pages are shells
            assert entry.title in page or json.dumps(entry.title) in page


@pytest.mark.parametrize("layout", layouts())
def test_every_site_has_three_agencies_and_ten_years_and_near_misses(
    province: Generated, layout: str
) -> None:
    found = list(columns(province.site(layout)))
    assert len(found) == 3
    for column in found:
        entries = rows(column)
        years = sorted(entry.year for entry in entries if entry.is_report)
        assert years == list(range(2016, 2026))
        beside = {entry.kind for entry in entries} - {"report", "paper", "paper2"}
        assert len(beside) == (5 if layouts()[layout].near_misses else 0)
        days = [entry.published for entry in entries]
        assert days == sorted(days, reverse=True)


def test_the_figures_of_the_truth_stand_in_the_tables_of_its_page(province: Generated) -> None:
    column = first_column(province, "trs")
    for known in (truth_of(column, e) for e in (e for e in rows(column) if e.is_report)):
        cells = lxml.html.fromstring(get(known.url)).iter("td")
        printed = sorted(text for cell in cells if _is_number(text := cell.text_content().strip()))
        assert printed == sorted(str(value) for value in known.cells.values()), known.url


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True


def test_each_year_is_printed_in_its_own_form() -> None:
    column = column_at(sites(Plan())[0], 0)
    assert column is not None
    forms = {entry.year: truth_of(column, entry).form for entry in rows(column) if entry.is_report}
    assert forms == {
        **dict.fromkeys(range(2016, 2019), "2014"),
        **dict.fromkeys((2019, 2020), "2019"),
        **dict.fromkeys(range(2021, 2026), "2021"),
    }


@pytest.mark.parametrize("number", range(5))
def test_figures_hold_inside_a_year_and_from_one_year_to_the_next(number: int) -> None:
    drawn = {year: figures(1, number, year) for year in range(2016, 2026)}
    for year in range(2019, 2026):
        assert_table_three_holds(drawn[year], "2019" if year < 2021 else "2021")
    for year, later in itertools.pairwise(range(2019, 2026)):
        for who in T3_COLUMNS:
            left, came = drawn[year][f"t3.carried_out.{who}"], drawn[later][f"t3.carried_in.{who}"]
            assert left == came
    rows_of_2021 = {year: _documents(drawn[year]) for year in range(2021, 2026)}
    for year, later in itertools.pairwise(rows_of_2021):
        issued, repealed, stock = rows_of_2021[later]
        assert stock == rows_of_2021[year][2] + issued - repealed
    penalty = "t2.administrative_penalty"
    before = drawn[2019]
    stock = before[f"{penalty}.prior_year_item_count"] + before[f"{penalty}.item_change"]
    assert drawn[2020][f"{penalty}.prior_year_item_count"] == stock


def _documents(drawn: dict[str, Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    row = "t2.normative_documents"
    return (
        drawn[f"{row}.issued_count"],
        drawn[f"{row}.repealed_count"],
        drawn[f"{row}.in_force_count"],
    )


def assert_table_three_holds(drawn: dict[str, Decimal], form: str) -> None:
    lines = [row for block in load_form(form).t3 for row in block.rows]
    outer = {"new_received", "carried_in", "processed_total", "carried_out"}
    for who in T3_COLUMNS:
        v = {line: drawn[f"t3.{line}.{who}"] for line in lines}
        assert v["new_received"] + v["carried_in"] == v["processed_total"] + v["carried_out"]
        assert sum(v[line] for line in lines if line not in outer) == v["processed_total"]
        assert min(v.values()) >= 0
    for line in lines:
        *parts, total = (drawn[f"t3.{line}.{who}"] for who in T3_COLUMNS)
        assert sum(parts) == total


def test_some_reports_break_an_identity_and_the_truth_says_so() -> None:
    found = [
        known
        for site in sites(Plan(size=32))
        for column in columns(site)
        for known in (truth_of(column, entry) for entry in rows(column) if entry.is_report)
        if known.violations
    ]
    assert 2 <= len(found) <= 16
    for known in found:
        form = known.form
        with pytest.raises(AssertionError):
            assert_table_three_holds({k: v for k, v in known.cells.items() if v is not None}, form)


def test_the_same_seed_gives_the_same_province_and_another_one_another() -> None:
    def cells(seed: int) -> list[object]:
        column = column_at(sites(Plan(seed=seed))[4], 13)
        assert column is not None
        return [truth_of(column, entry) for entry in rows(column) if entry.is_report]

    assert cells(7) == cells(7)
    assert cells(7) != cells(8)


def test_a_large_province_keeps_nothing_of_what_it_gives() -> None:
    plan = Plan(size=1_000)
    many = sites(plan)
    assert sum(len(site.agencies) for site in many) == 1_000
    assert len({site.host for site in many}) == len(many) > 100
    column = column_at(many[100], many[100].agencies[3])
    assert column is not None
    [truth_of(column, entry) for entry in rows(column) if entry.is_report]
    tracemalloc.start()
    for number in many[101].agencies:
        other = column_at(many[101], number)
        assert other is not None
        for entry in rows(other):
            if entry.is_report:
                truth_of(other, entry)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 200_000, "80 truths of some 200 cells each would be 2 MB"


def test_agencies_have_names_and_credit_codes_of_their_own() -> None:
    found = [agency(number) for number in range(9_000)]
    assert len({a.name for a in found}) == len({a.credit_code for a in found}) == 9_000
    for one in found[:50]:
        weights = [3**place % 31 for place in range(17)]
        total = sum(LETTERS.index(c) * w for c, w in zip(one.credit_code, weights, strict=False))
        assert LETTERS[(31 - total % 31) % 31] == one.credit_code[-1]


def test_some_folders_name_an_office_that_is_not_theirs() -> None:
    slugs = {agency(number).name[3:]: agency(number).slug for number in range(0, 1_800, 100)}
    assert slugs["应急管理局"].startswith("ajj")
    lying = [agency(number) for number in range(6, 700, 7)]
    folders = dict(OFFICES)
    assert all(not a.slug.startswith(folders[a.office[1:]]) for a in lying)


def test_article_numbers_and_addresses_are_read_back() -> None:
    for site in sites(Plan(size=320)):
        for column in columns(site):
            assert {agency_of(entry.number) for entry in rows(column)} == {column.agency.number}
    assert read_address("/a/{slug}/{number}.html", "/a/czj12/10000009.html") == {
        "slug": 12,
        "number": 10_000_009,
    }
    assert read_address("/a/{slug}/{number}.html", "/a/czj12/x.html") is None


def test_a_size_that_cannot_be_is_refused() -> None:
    with pytest.raises(PracticeError, match="sizes go from 1 to 9000"):
        sites(Plan(size=100_000))
