"""Reports of 2008 to 2018: chapters of their own, no table of today, nothing else disturbed."""

from __future__ import annotations

import pytest

from pipeline.forms.sections import load_sections, required_sections, section_of
from pipeline.model import Report
from pipeline.read import read_page

CHAPTERS = {
    "overview": "一、概述",
    "proactive_disclosure": "二、主动公开政府信息情况",
    "applications": "三、依申请公开政府信息和不予公开政府信息情况",
    "consultations": "四、咨询处理情况",
    "disputes": "五、复议、诉讼和申诉情况",
    "staff_and_costs": "六、政府信息公开工作人员和政府支出、收费及减免情况",
    "problems": "七、主要问题和改进措施",
    "appendix": "八、说明与附表",
}


def page(year: int, headings: dict[str, str]) -> bytes:
    title = f"清河县应急管理局{year}年政府信息公开工作年度报告"
    body = "".join(
        f"<p>{heading}</p><p>本章写的是{id_}，照实记录。</p>" for id_, heading in headings.items()
    )
    head = f"<title>{title}</title>"
    return f"<html>{head}<body><h1>{title}</h1><div>{body}</div></body></html>".encode()


def read(year: int, headings: dict[str, str]) -> Report:
    return read_page(page(year, headings))


def codes(report: Report) -> set[tuple[str, str]]:
    return {(f.code, f.where) for f in report.findings}


NO_TABLES_YET = {("table_not_yet_required", table) for table in ("t2", "t3", "t4")}


@pytest.mark.parametrize("year", [2008, 2011, 2013])
def test_the_chapters_of_the_first_years_are_sections(year: int) -> None:
    report = read(year, CHAPTERS)

    assert [s.id for s in report.sections] == list(CHAPTERS)
    assert {s.id: s.heading for s in report.sections} == CHAPTERS
    assert all(s.text == f"本章写的是{s.id}，照实记录。" for s in report.sections)
    assert codes(report) == NO_TABLES_YET
    assert report.figures == ()


@pytest.mark.parametrize("id_", ["proactive_disclosure", "applications", "staff_and_costs"])
def test_a_chapter_that_the_law_of_those_years_asks_for_is_missed(id_: str) -> None:
    rest = {each: heading for each, heading in CHAPTERS.items() if each != id_}

    assert codes(read(2012, rest)) == NO_TABLES_YET | {("section_missing", f"section.{id_}")}


@pytest.mark.parametrize("id_", ["consultations", "appendix"])
def test_a_chapter_that_is_custom_alone_is_not_missed(id_: str) -> None:
    rest = {each: heading for each, heading in CHAPTERS.items() if each != id_}

    assert codes(read(2012, rest)) == NO_TABLES_YET


def test_other_matters_are_asked_of_reports_since_2019_and_costs_before() -> None:
    assert "other_matters" in required_sections(2019)
    assert "other_matters" not in required_sections(2018)
    assert "staff_and_costs" in required_sections(2018)
    assert list(required_sections(2021)) == list(load_sections())
    assert required_sections(None) == required_sections(2021)


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("咨询情况", "consultations"),
        ("四、政府信息公开咨询情况", "consultations"),
        ("四、政府信息公开的收费及减免情况", "staff_and_costs"),
        ("五、依申请公开政府信息收费及减免情况", "staff_and_costs"),
        ("六、政府支出与收费情况", "staff_and_costs"),
        ("三、回应解读情况", "responses"),
        ("五、因政府信息公开申请行政复议、提起行政诉讼的情况", "disputes"),
        ("五、政府信息公开类行政复议和行政诉讼情况", "disputes"),
        ("六、存在的主要问题和改进措施", "problems"),
        ("三、政府信息依申请公开办理情况", "applications"),
        ("一、主要工作概述", "overview"),
        ("七、需要说明的事项与附表", "appendix"),
        ("附表：2016年政府信息公开情况统计表", "appendix"),
        ("（二）收费及减免情况", None),
        ("本报告由概述、主动公开政府信息情况、收费及减免情况等部分组成。", None),
    ],
)
def test_older_headings_are_known_in_their_wordings(line: str, section: str | None) -> None:
    assert section_of(line, older=True) == section


@pytest.mark.parametrize(
    "line", ["四、咨询处理情况", "附件", "六、收费及减免情况", "二、回应解读情况"]
)
def test_older_headings_head_nothing_in_reports_of_today(line: str) -> None:
    assert section_of(line) is None


def test_every_heading_of_today_heads_the_same_section_in_older_reports() -> None:
    for id_, (label, _) in load_sections(older=True).items():
        assert section_of(label, older=True) == id_


def test_a_report_of_today_keeps_its_six_sections_whatever_older_words_it_prints() -> None:
    today = {id_: label for id_, (label, _) in load_sections().items()}
    words = {**today, "overview": "一、总体情况</p><p>咨询处理情况</p><p>收费及减免情况"}

    report = read(2022, words)

    assert [s.id for s in report.sections] == list(today)
    assert "咨询处理情况" in report.sections[0].text


def test_headings_inside_the_appendix_open_no_chapter() -> None:
    report = read(
        2016, {**CHAPTERS, "list": "附表：政府信息公开情况统计表</p><p>三、依申请公开情况"}
    )
    texts = {s.id: s.text for s in report.sections}

    assert texts["applications"] == "本章写的是applications，照实记录。"
    assert "三、依申请公开情况" in texts["appendix"]


def test_a_link_to_the_appendix_at_the_head_does_not_swallow_the_report() -> None:
    report = read(2016, {"link": "附件：政府信息公开情况统计表", **CHAPTERS})
    texts = {s.id: s.text for s in report.sections}

    assert next(iter(texts)) == "appendix"
    assert texts.keys() == CHAPTERS.keys()
    assert all(f"本章写的是{id_}，" in text for id_, text in texts.items())
