"""The practice province: its truth, its words, its lists."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from html import unescape

import lxml.html
import pytest

from crawlers.practice.forms import DATA, T3_COLUMNS, load_form
from crawlers.practice.library import figures_of, load_site, load_sites, mishap_of
from crawlers.practice.model import Notice, PracticeError, PracticeReport
from crawlers.practice.render import render_list, render_notice
from crawlers.practice.schema import ReportData
from crawlers.practice.truth import truth
from tests.practice_support import REPORTS, cells, rendered
from tests.shared_support import real_reports

REAL = {
    "000": ("henan_yjglt", 2019),
    "001": ("jiyuan_yjglj", 2022),
    "002": ("xiangshan_yjglj", 2020),
    "003": ("sichuan_yjglt", 2019),
    "004": ("henan_sgj", 2019),
}
SHORTEST_COPIED_RUN = 20


@pytest.mark.parametrize("number", REAL)
def test_truth_of_a_real_agency_equals_the_reading_of_its_report(number: str) -> None:
    path = next(real_reports().glob(f"{number}_*.truth.json"))
    real = json.loads(path.read_text("utf-8"))
    column, year = REAL[number]
    ours = truth(load_site(column).report(year))
    doc = ours["doc"]
    assert isinstance(doc, dict)
    assert ours["cells"] == real["cells"]
    assert doc["title"] == real["doc"]["title"]
    assert doc["report_year"] == real["doc"]["report_year"]
    assert doc["form_version"] == real["doc"]["form_version"]
    assert real["doc"]["agency"].startswith(doc["agency"])


def broken_identities(report: PracticeReport) -> set[tuple[str, str]]:
    """Identities that the report's truth breaks; nothing printed counts as 0 here."""
    values = {cell: value or 0 for cell, value in cells(report).items()}
    broken = set()
    if "t3" in report.forms:
        lines = [row for block in load_form(report.forms["t3"]).t3 for row in block.rows]
        outer = {"new_received", "carried_in", "processed_total", "carried_out"}
        for column in T3_COLUMNS:
            v = {line: values[f"t3.{line}.{column}"] for line in lines}
            if v["new_received"] + v["carried_in"] != v["processed_total"] + v["carried_out"]:
                broken.add(("T3-A", f"t3.processed_total.{column}"))
            if sum(v[line] for line in lines if line not in outer) != v["processed_total"]:
                broken.add(("T3-B", f"t3.processed_total.{column}"))
        for line in lines:
            *parts, total = (values[f"t3.{line}.{column}"] for column in T3_COLUMNS)
            if sum(parts) != total:
                broken.add(("T3-C", f"t3.{line}"))
    for block in {cell.split(".")[1] for cell in values if cell.startswith("t4.")}:
        parts = [v for cell, v in values.items() if cell.startswith(f"t4.{block}.")]
        if sum(parts[:-1]) != parts[-1]:
            broken.add(("T4-A", f"t4.{block}"))
    return broken


@pytest.mark.parametrize(("column", "year"), REPORTS)
def test_figures_add_up_but_for_the_errors_that_the_data_declares(column: str, year: int) -> None:
    report = load_site(column).report(year)
    assert broken_identities(report) == {(e.identity, e.where) for e in report.errors}


def test_one_invented_report_has_an_arithmetic_error_within_the_years_of_the_demo() -> None:
    wrong = {(s.region, r.report_year) for s in load_sites() for r in s.reports if r.errors}
    assert wrong == {("99_yunjiang", 2021)}


@pytest.mark.parametrize("column", ["yunjiang_sgj", "yunjiang_yjglt", "qinghe_yjglj"])
def test_what_an_invented_agency_carries_out_it_carries_in_a_year_later(column: str) -> None:
    site = load_site(column)
    assert [r.report_year for r in site.reports] == list(range(2024, 2018, -1))
    for year in range(2019, 2024):
        now, later = cells(site.report(year)), cells(site.report(year + 1))
        for who in T3_COLUMNS:
            assert now[f"t3.carried_out.{who}"] == later[f"t3.carried_in.{who}"]


def test_the_invented_region_has_both_forms_and_a_mixed_report() -> None:
    seen = {tuple(r.forms.values()) for s in load_sites() for r in s.reports if r.forms}
    assert seen == {("2019",) * 3, ("2021",) * 3, ("2021", "2019", "2021")}


def test_a_cell_that_prints_no_figure_is_null_in_the_truth() -> None:
    report = load_site("yunjiang_sgj").report(2021)
    assert set(report.printed.values()) == {"/", "-", "", "无"}
    assert all(cells(report)[cell] is None for cell in report.printed)


def test_every_figure_of_the_truth_stands_on_its_page() -> None:
    for column, year in REPORTS:
        report, html = load_site(column).report(year), rendered(column, year)
        texts = [" ".join(td.itertext()).strip() for td in lxml.html.fromstring(html).iter("td")]
        for value in report.figures.values():
            assert str(value) in texts, f"{column} {year} {value}"


def runs(text: str) -> set[str]:
    """All runs of twenty Chinese characters inside one line or one element of a page."""
    found = set()
    for unit in re.split(r"[\n\t\r]|<[^>]+>", text):
        letters = re.sub(r"[^\u3400-\u9fff]", "", unescape(unit))
        found |= {
            letters[n : n + SHORTEST_COPIED_RUN]
            for n in range(len(letters) - SHORTEST_COPIED_RUN + 1)
        }
    return found


def official_runs() -> set[str]:
    """Runs that others fixed: labels of the forms, titles of reports, names in `official.toml`."""
    names = tomllib.loads((DATA / "official.toml").read_text("utf-8"))["names"]
    labels = [
        text
        for code in ("2019", "2021")
        for block in load_form(code).t2 + load_form(code).t3
        for text in (*block.rows.values(), *block.columns.values())
    ]
    titles = [report.title for site in load_sites() for report in site.reports]
    return runs("\n".join([*names, *labels, *titles]))


def unspanned(html: str) -> str:
    """The page with inline tags gone, so that Word's spans do not hide a copied sentence."""
    return re.sub(r"</?(?:span|strong|a|b|br)\b[^>]*>", "", html)


def pages() -> Iterator[tuple[str, str]]:
    for site in load_sites():
        for entry in site.entries:
            if isinstance(entry, Notice):
                yield entry.path, render_notice(entry, site).decode(site.encoding)
            else:
                yield entry.path, rendered(site.id, entry.report_year)
        yield site.id, render_list(site, 1).decode(site.encoding)


def test_no_practice_page_has_a_sentence_in_common_with_a_real_report() -> None:
    copied = set()
    for path in real_reports().glob("*.txt"):
        copied |= runs(path.read_text("utf-8"))
    copied -= official_runs()
    assert copied
    for name, html in pages():
        assert runs(unspanned(html)) & copied == set(), name


def test_a_copied_sentence_would_be_noticed() -> None:
    path = next(real_reports().glob("000_*.txt"))
    line = max(path.read_text("utf-8").splitlines(), key=len)
    spanned = f"<p>{line[:30]}<span>{line[30:60]}</span></p>"
    assert runs(unspanned(spanned)) & runs(line)


def test_lists_have_a_second_page_in_every_family() -> None:
    paged = {s.family for s in load_sites() if len(s.entries) > s.page_size}
    assert paged == {"dahe", "lonsun", "ucap"}


def test_list_pages_together_name_every_entry_once() -> None:
    for site in load_sites():
        count = -(-len(site.entries) // site.page_size)
        html = "".join(render_list(site, n).decode(site.encoding) for n in range(1, count + 1))
        for entry in site.entries:
            assert html.count(f'{entry.path}"') + html.count(str(getattr(entry, "href", None))) == 1


def test_near_misses_of_every_kind_stand_in_the_lists() -> None:
    titles = [e.title for s in load_sites() for e in s.entries if isinstance(e, Notice)]
    for word in ("通知", "解读", "图解", "一图读懂", "网站工作年度报表", "专项报告"):
        assert any(word in title for title in titles), word


def test_a_figure_that_the_form_does_not_have_is_refused() -> None:
    row = ReportData.model_validate(
        {
            "site": "x",
            "title": "某局2021年报告",
            "agency": "某局",
            "report_year": 2021,
            "published": "2022-01-10T09:00:00",
            "figures": {"t3": {"other_processing": {"total": Decimal(1)}}},
        }
    )
    with pytest.raises(PracticeError, match=r"t3\.other_processing\.total"):
        figures_of(row, dict.fromkeys(("t2", "t3", "t4"), "2021"))


def test_an_unknown_accident_is_refused_with_those_that_exist() -> None:
    with pytest.raises(PracticeError, match=r"no accident 'flood'.*body_twice"):
        mishap_of({"name": "flood"}, "某局2021年报告")
    with pytest.raises(PracticeError, match="accident page_break"):
        mishap_of({"name": "page_break", "before": "x"}, "某局2021年报告")
