"""`nianbao check`: every finding placed and explained, in three formats, with its exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from lxml import html
from typer.testing import CliRunner

from crawlers.practice.library import load_site, load_sites
from crawlers.practice.render import render_report
from pipeline.cli import app
from pipeline.commands.checking.markup import tag
from pipeline.commands.checking.source import Source
from pipeline.commands.checking.words import visible
from pipeline.read import read_page

EXTERNAL = re.compile(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import|<script|<link|<iframe|<object")


def page_of(column: str, year: int, folder: Path) -> Path:
    site = load_site(column)
    path = folder / f"{column}_{year}.html"
    path.write_bytes(render_report(site.report(year), site))
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """（七）总计 of natural persons prints 8 where three identities ask for 9."""
    return page_of("qinghe_yjglj", 2021, tmp_path)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return page_of("yunjiang_sgj", 2024, tmp_path)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Markup, quotes and terminal commands wherever a report prints text."""
    text = '<script>alert(1)</script>" onmouseover="x'
    name = '<b onmouseover="alert(1)">'  # two signs ">" would be a trail of where the page hangs
    ones = "\t".join("1" * 14)
    body = f"""{name}局2021年政府信息公开工作年度报告

一、总体情况

{text}\x1b[31m\u202e 共公开2019年度收到申请3件。

四、政府信息公开行政复议、行政诉讼情况

行政复议\t行政诉讼
结果维持\t结果纠正\t其他结果\t尚未审结\t总计
{ones}\t9
"""
    path = tmp_path / "hostile<b>.txt"
    path.write_text(body, "utf-8")
    return path


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_report_without_errors_passes(sound: Path) -> None:
    result = run(sound)

    assert result.exit_code == 0
    assert "没有发现问题" in result.stdout


def test_an_error_says_where_it_stands_what_should_hold_and_who_did_it(wrong: Path) -> None:
    result = run(wrong)

    line = wrong.read_text("gb18030").split("（七）总计")[0].count("\n") + 1
    assert result.exit_code == 1
    assert f"{wrong}:{line}: 错误: 表三 第27行第4列“（七）总计 · 自然人”: " in result.stdout
    assert "印着: 8\n" in result.stdout
    assert "总计 10 = 自然人 8 + 其他 1 + 其余 4 项 0（10 ≠ 9）" in result.stdout
    assert "印着“8”，改为 9，则 3 处全部成立" in result.stdout
    assert "3 个错误，0 个警告，1 个提示" in result.stdout


def test_messages_are_english_on_request(wrong: Path) -> None:
    result = run(wrong, "--language", "en")

    assert "error: table 3, row 27, column 4 (processed total, natural person): " in result.stdout
    assert "printed “8”, changed to 9: then all 3 hold" in result.stdout
    assert "最可能" not in result.stdout


def test_prose_has_its_section_and_the_line_of_the_sentence(tmp_path: Path) -> None:
    page = page_of("xiangshan_yjglj", 2020, tmp_path)

    findings = objects(run(page, "--format", "json"))[0]["findings"]
    (finding,) = [each for each in findings if each["code"] == "year_in_body_differs"]

    line = page.read_bytes().decode("gb18030").splitlines()[finding["place"]["line"] - 1]
    assert finding["place"]["text"] == "正文“一、总体情况”"
    assert "2019年度主动公开" in line


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_no_finding_is_hidden_in_any_format(form: str, tmp_path: Path) -> None:
    for site in load_sites():
        for report in site.reports:
            page = page_of(site.id, report.report_year, tmp_path)
            known = [f.code for f in read_page(page.read_bytes()).findings]

            shown = run(page, "--format", form).stdout

            for code in known:
                assert shown.count(code) >= known.count(code), (page.name, code)


def test_json_is_one_object_a_file_with_the_culprit(wrong: Path, sound: Path) -> None:
    result = run(wrong, sound, "--format", "json")

    first, second = objects(result)
    assert (first["file"], first["ok"], second["ok"]) == (str(wrong), False, True)
    assert first["counts"] == {"error": 3, "warning": 0, "note": 1}
    finding = next(f for f in first["findings"] if f["code"] == "outcomes_add_up")
    assert finding["raw"] == "8"
    assert finding["difference"] == 1
    assert finding["rule"] == "（七）总计 = （一）至（六）各项之和"
    assert finding["expected"].startswith("（七）总计 8 = （一）予以公开 2 + ")
    assert finding["culprit"]["explains_all"]
    assert len(finding["culprit"]["failed"]) == 3
    (cell,) = finding["culprit"]["cells"]
    assert (cell["where"], cell["raw"], cell["value"], cell["repairs"]) == (
        "t3.processed_total.natural_person",
        "8",
        9,
        3,
    )
    assert (cell["place"]["row"], cell["place"]["column"]) == (27, 4)
    assert set(finding) == {
        *("code", "severity", "where", "message", "message_en", "place", "raw"),
        *("rule", "expected", "expected_en", "difference", "culprit"),
    }


def assert_links_lead_somewhere(page: html.HtmlElement) -> None:
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {a.get("href", "") for a in page.iter("a")} <= {f"#{id_}" for id_ in ids}


def test_the_page_shows_the_report_with_findings_linked_to_their_cells(wrong: Path) -> None:
    page = html.fromstring(run(wrong, "--format", "html").stdout)

    links = [a.get("href", "") for a in page.iter("a")]
    culprit = page.get_element_by_id("r1-t3.processed_total.natural_person")
    assert_links_lead_somewhere(page)
    assert "#r1-t3.processed_total.natural_person" in links
    assert "culprit" in culprit.get("class", "")
    assert "若为 9 则全部成立" in culprit.text_content()
    assert page.xpath("//h1[contains(., '青禾区应急管理局2021年')]")
    assert page.xpath("//h3[contains(., '总体情况')]")


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_tables_stand_as_on_the_official_form(form: str, tmp_path: Path) -> None:
    shown = page_of("yunjiang_sgj", {"2019": 2020, "2021": 2024}[form], tmp_path)
    page = html.fromstring(run(shown, "--format", "html").stdout)

    tables = {t.get("class").split()[-1]: t for t in page.xpath("//table")}
    spans = {
        name: {
            sum(int(c.get("colspan", "1")) for c in row) if not _covered(table, row) else None
            for row in table.iter("tr")
        }
        - {None}
        for name, table in tables.items()
    }
    assert spans == {"t2": {4}, "t3": {10}, "t4": {15}}
    assert len(list(tables["t2"].iter("tr"))) == {"2019": 18, "2021": 14}[form]
    assert len(list(tables["t3"].iter("tr"))) == {"2019": 26, "2021": 28}[form]
    assert len(list(tables["t4"].iter("tr"))) == 4
    (heading,) = tables["t3"].xpath(".//th[starts-with(., '三、')]")
    assert heading.get("rowspan") == {"2019": "20", "2021": "22"}[form]


def _covered(table: Any, row: Any) -> bool:
    """Whether a rowspan from above reaches into the row."""
    rows = list(table.iter("tr"))
    place = rows.index(row)
    return any(
        n + int(cell.get("rowspan", "1")) > place
        for n, above in enumerate(rows[:place])
        for cell in above
    )


def test_states_of_cells_are_told_apart_on_the_page(tmp_path: Path) -> None:
    shown = page_of("yunjiang_sgj", 2021, tmp_path)
    report = read_page(shown.read_bytes())

    page = html.fromstring(run(shown, "--format", "html").stdout)

    states = {f.state.value for f in report.figures} - {"reported", "not_on_form"}
    assert states == {"blank", "slash", "dash", "none"}
    for figure in report.figures:
        if figure.state.value in states:
            assert figure.state.value in page.get_element_by_id(f"r1-{figure.id}").get("class", "")


@pytest.mark.parametrize("names", [["sichuan_yjglt 2019"], ["qinghe_yjglj 2021", "henan_sgj 2019"]])
def test_the_page_loads_nothing_and_runs_nothing(names: list[str], tmp_path: Path) -> None:
    pages = [page_of(name.split()[0], int(name.split()[1]), tmp_path) for name in names]

    shown = run(*pages, "--format", "html").stdout

    assert not EXTERNAL.search(shown)
    assert "default-src 'none'" in shown


def test_a_hostile_report_cannot_put_markup_into_the_page(hostile: Path) -> None:
    result = run(hostile, "--format", "html")
    page = html.fromstring(result.stdout)

    assert result.exit_code == 1
    assert not page.xpath("//script | //b[not(@class)]")
    assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")]
    assert "<script>alert(1)</script>" in page.text_content()
    assert not re.search("[\x1b\u202e]", result.stdout)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_hostile_report_cannot_command_the_terminal(form: str, hostile: Path) -> None:
    shown = run(hostile, "--format", form).stdout

    assert "alert" in shown
    assert "\x1b" not in shown
    assert form == "json" or "\u202e" not in shown


def test_text_of_a_report_is_escaped_in_elements_and_attributes() -> None:
    assert tag("td", "<i>&", title='"><b>') == '<td title="&quot;&gt;&lt;b&gt;">&lt;i&gt;&amp;</td>'
    assert visible("a\x00\x9b\ud800b") == "a���b"


def test_a_missing_file_is_an_error_and_the_others_are_checked(sound: Path) -> None:
    missing = sound.with_name("no_such.html")

    result = run(missing, sound)

    assert result.exit_code == 1
    assert str(missing) in result.stdout
    assert "没有发现问题" in result.stdout
    assert "1 个文件无法读取" in result.stdout


def test_an_unreadable_file_is_an_object_too(tmp_path: Path) -> None:
    (line,) = objects(run(tmp_path / "no_such.html", "--format", "json"))

    assert line["ok"] is False
    assert line["findings"] == []
    assert "no_such.html" in line["error"]


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--language", "fr"]])
def test_a_wrong_option_is_a_usage_error(sound: Path, arguments: list[str]) -> None:
    assert run(sound, *arguments).exit_code == 2


def test_no_file_at_all_is_a_usage_error() -> None:
    assert run().exit_code == 2


def test_an_output_that_cannot_be_is_said_before_anything_is_read(sound: Path) -> None:
    kept = sound.read_bytes()

    for output in (sound, sound.parent, sound.parent / "none" / "page.html"):
        assert run(sound, "--format", "html", "--output", output).exit_code == 2
    assert run(sound.parent, "--format", "html", "--output", sound).exit_code == 2
    assert sound.read_bytes() == kept


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_output_goes_into_a_file_and_leaves_stdout_empty(
    form: str, wrong: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out" / f"checked.{form}"
    output.parent.mkdir()

    result = run(wrong, "--format", form, "--output", output)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "outcomes_add_up" in output.read_text("utf-8")


def test_a_folder_is_checked_at_once_with_a_summary_of_each_file(
    wrong: Path, sound: Path, tmp_path: Path
) -> None:
    result = run(tmp_path)

    rows = [line.split() for line in result.stdout.splitlines() if len(line.split()) == 7]
    assert {row[0]: row[-1] for row in rows[1:]} == {wrong.name: "有错误", sound.name: "通过"}
    assert "共 2 个文件：3 个错误，0 个警告，1 个提示。" in result.stdout


def test_the_page_of_several_files_begins_with_an_index(wrong: Path, sound: Path) -> None:
    page = html.fromstring(run(wrong, sound, "--format", "html").stdout)

    assert page.xpath("//nav//a/@href") == ["#r1", "#r2"]
    assert [a.get("id") for a in page.iter("article")] == ["r1", "r2"]


def test_without_a_terminal_there_are_no_colours(wrong: Path) -> None:
    assert "\x1b[" not in run(wrong).output


def test_a_text_is_found_on_its_line_whatever_the_markup(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>一</p>\n<p><b>一、</b>总体 <i>情况</i></p>\n", "utf-8")

    assert Source(path).line_of("一、总体情况") == 2
    assert Source(path).line_of("没有这一行") is None
    assert Source(tmp_path / "gone.html").line_of("一、总体情况") is None


def test_the_command_reads_as_the_function_does(wrong: Path) -> None:
    report = read_page(wrong.read_bytes())

    (shown,) = objects(run(wrong, "--format", "json"))

    assert [f["message"] for f in shown["findings"]] == [f.message_zh for f in report.findings]


def last_table_changed(page: Path, place: int, text: str) -> Path:
    """The page with another text in one cell of table 四, counted from 0."""
    head, mark, tail = page.read_text("utf-8").rpartition("<table")
    figure = list(re.finditer(r"(?<=>)\d+(?=<)", tail))[place]
    page.write_text(head + mark + tail[: figure.start()] + text + tail[figure.end() :], "utf-8")
    return page


def test_when_several_cells_could_be_wrong_each_is_named_and_marked(sound: Path) -> None:
    path = last_table_changed(sound, 4, "50")

    said, shown = run(path), html.fromstring(run(path, "--format", "html").stdout)

    assert "改其中任一个即可成立" in said.stdout
    assert "“行政复议 · 总计”，印着“50”，改为 " in said.stdout
    marked = [td.get("id", "").split(".")[-1] for td in shown.find_class("suspect")]
    assert marked[:5] == ["upheld", "corrected", "other_result", "pending", "total"]


@pytest.mark.parametrize("surplus", ["", "<td>7</td><td>8</td><td>9</td>"])
def test_hostile_text_in_a_cell_stays_text(sound: Path, surplus: str) -> None:
    """In a cell of its own, and in a row that cannot be dealt out to its columns."""
    text = f"&lt;img src=x onerror=alert(1)&gt;</td>{surplus}"
    path = sound.with_name("hostile.html")
    old = sound.read_text("utf-8")
    path.write_text(
        re.sub(r"(予以公开.*?<td[^>]*>)\d+</td>", rf"\1{text}", old, count=1, flags=re.DOTALL),
        "utf-8",
    )

    page = html.fromstring(run(path, "--format", "html").stdout)

    (table,) = page.find_class("t3")
    assert "<img src=x onerror=alert(1)>" in table.text_content()
    assert not page.xpath("//img")
    assert_links_lead_somewhere(page)


def test_when_no_single_cell_is_the_culprit_it_says_so(sound: Path) -> None:
    """A row that adds up, five too many in two of its cells: two columns fail."""
    row = re.compile("(予以公开.*?<td[^>]*>)(\\d+)(<.*?>)(\\d+)(</td>\\s*</tr>)", re.DOTALL)
    changed, count = row.subn(
        lambda m: f"{m[1]}{int(m[2]) + 5}{m[3]}{int(m[4]) + 5}{m[5]}",
        sound.read_text("utf-8"),
        count=1,
    )
    sound.write_text(changed, "utf-8")

    said = run(sound).stdout

    assert count == 1
    assert said.count("[outcomes_add_up]") == 2
    assert "[applicants_add_up]" not in said
    assert "没有哪一个单元格单独改动就能使其全部成立" in said


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A report whose dates lost their characters, and whose headings are worded otherwise."""
    path = tmp_path / "damaged.txt"
    path.write_text(
        "青禾市教育局2020年政府信息公开工作年度报告\n\n统计期限自202011日起，至20201231日止。\n\n"
        "一、概述\n\n全年公开信息31条。\n\n二、主动公开政府信息情况\n\n见网站。\n\n"
        "三、收到和处理政府信息公开申请情况\n\n没有收到申请。\n\n"
        "四、政府信息公开行政复议、行政诉讼情况\n\n没有发生。\n",
        "utf-8",
    )
    return path


def test_the_gravest_findings_stand_first_and_what_to_do_stands_beside_their_number(
    damaged: Path,
) -> None:
    found = objects(run(damaged, "--format", "json"))[0]["findings"]
    severities = [each["severity"] for each in found]

    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert {"error", "warning", "note"} == set(severities)
    assert "请先核对错误之处" in run(damaged).stdout


def test_damaged_numbers_are_marked_where_they_stand(damaged: Path) -> None:
    page = html.fromstring(run(damaged, "--format", "html").stdout)

    assert page.xpath("//article//mark/text()") == ["202011日", "20201231日"]
    found = objects(run(damaged, "--format", "json"))[0]["findings"]
    lines = {each["code"]: each["place"]["line"] for each in found}
    assert (lines["characters_lost_in_numbers"], lines["heading_variant"]) == (3, 5)


def test_a_hint_that_several_findings_share_is_given_once(wrong: Path) -> None:
    page = html.fromstring(run(wrong, "--format", "html").stdout)

    notes = [note.text_content() for note in page.xpath("//li//p[@class='note']")]
    hints = [note for note in notes if note.startswith("疑点")]
    assert sum("请核对原始数据" in hint for hint in hints) == 1
    assert [hint.split()[-1] for hint in hints[1:]] == ["1", "1"]
