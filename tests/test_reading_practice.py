"""Every practice page reads back as its truth: figures, identity, findings."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crawlers.practice.library import load_site, load_sites
from crawlers.practice.truth import truth
from pipeline.jsonl import number
from pipeline.model import CellState
from tests.practice_support import REPORTS, read

GOLDEN = Path(__file__).parent / "golden" / "practice_findings.json"


def known(column: str, year: int) -> dict[str, Any]:
    return truth(load_site(column).report(year))


@pytest.mark.parametrize(("column", "year"), REPORTS)
def test_every_cell_of_every_practice_page_is_read_and_none_is_invented(
    column: str, year: int
) -> None:
    figures = read(column, year).figures

    reported = {f.id: number(f.value) for f in figures if f.value is not None}

    assert reported == {id_: v for id_, v in known(column, year)["cells"].items() if v is not None}
    assert not any(f.value is not None for f in figures if f.state is not CellState.REPORTED)


@pytest.mark.parametrize(("column", "year"), REPORTS)
def test_agency_and_year_are_those_of_the_page(column: str, year: int) -> None:
    report = read(column, year)

    assert (report.agency, report.report_year) == (load_site(column).agency, year)


@pytest.mark.parametrize(("column", "year"), REPORTS)
def test_the_findings_of_each_page_are_the_golden_ones(column: str, year: int) -> None:
    """Read by a person once, page by page; a change of the reader shows here as a diff."""
    found = [f"{f.severity.value} {f.code} {f.where}" for f in read(column, year).findings]

    assert found == json.loads(GOLDEN.read_text("utf-8"))[f"{column} {year}"]


def test_a_figure_says_where_on_the_page_it_stands() -> None:
    report = read("henan_yjglt", 2019)
    places = [figure.place for figure in report.figures if figure.value is not None]

    assert all(place is not None and place.table in {1, 2, 3, 4} for place in places)
    assert len(set(places)) == len(places)


def test_the_body_printed_twice_gives_each_section_once() -> None:
    report = read("sichuan_yjglt", 2019)

    assert report.body_copies == 2
    assert report.forms == {"t2": None, "t3": None, "t4": None}
    assert max(Counter(section.id for section in report.sections).values()) == 1
    texts = [line for section in report.sections for line in section.text.split("\n")]
    assert len(texts) == len(set(texts))


def test_no_page_furniture_is_left_in_any_section() -> None:
    words = ("上一篇", "分享到", "浏览次数", "相关链接", "主办单位", "【打印】", "字体：")

    for column, year in REPORTS:
        for section in read(column, year).sections:
            assert not any(word in section.text for word in words), (column, year, section.id)


def test_every_sentence_of_our_prose_is_read() -> None:
    """Nothing printed inside a report is lost to the furniture heuristics."""
    for site in load_sites():
        for report in site.reports:
            read_text = "".join(s.text for s in read(site.id, report.report_year).sections)
            squeezed = "".join(read_text.split())
            for block in (b for s in report.sections for b in s.blocks if b[0] != "["):
                words = "".join(block.replace("**", "").split())
                assert words in squeezed, (site.id, report.report_year)
