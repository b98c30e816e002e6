"""`nianbao check`: every finding placed and explained, in three formats, with its exit code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawlers.practice.library import load_sites
from pipeline.commands.checking.source import Source
from pipeline.errors import NianbaoError
from pipeline.read import read_page
from tests.check_support import objects, page_of, run

pytest_plugins = ("tests.check_support",)


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


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_hostile_report_cannot_command_the_terminal(form: str, hostile: Path) -> None:
    shown = run(hostile, "--format", form).stdout

    assert "alert" in shown
    assert "\x1b" not in shown
    assert form == "json" or "\u202e" not in shown


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
    assert line["file"].endswith("no_such.html")
    assert line["error"] == "没有这个文件。请核对路径和文件名。"
    assert line["error_en"].startswith("no such file")


@pytest.mark.parametrize(
    ("name", "body", "remedy"),
    [
        ("draft.docx", b"PK", "另存为网页"),
        ("draft.wps", b"", "另存为网页"),
        ("draft.pdf", b"%PDF-1.4", "复制到文本文件"),
        ("draft.mht", b"MIME-Version: 1.0", "筛选过的网页"),
        ("draft.jpg", b"", "只能检查 .html .htm .txt .md 文件"),
        ("called_a_page.html", b"%PDF-1.4", "复制到文本文件"),
    ],
)
def test_a_file_that_cannot_be_read_comes_with_what_to_do(
    name: str, body: bytes, remedy: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(body)

    result = run(path)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}: 错误: ")
    assert remedy in result.stdout
    assert "error: " in run(path, "--language", "en").stdout


def test_documents_of_a_folder_that_were_not_checked_are_named(sound: Path) -> None:
    for name in ("a.docx", "b.pdf", "page_files.css"):
        sound.with_name(name).write_bytes(b"")

    result = run(sound.parent)

    assert result.exit_code == 0
    assert "另有 2 个文件没有检查：a.docx、b.pdf。" in result.stderr


def test_a_folder_of_documents_alone_says_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"")

    result = run(tmp_path)

    assert isinstance(result.exception, NianbaoError)
    assert "a.docx" in str(result.exception)
    assert "另存为网页" in str(result.exception)


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


def test_without_a_terminal_there_are_no_colours(wrong: Path) -> None:
    assert "\x1b[" not in run(wrong).output


def test_a_text_is_found_on_its_line_whatever_the_markup(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>一</p>\n<p><b>一、</b>总体 <i>情况</i></p>\n", "utf-8")

    assert Source(path).line_of("一、总体情况") == 2
    assert Source(path).line_of("没有这一行") is None
    assert Source(tmp_path / "gone.html").line_of("一、总体情况") is None


def test_figures_that_stand_in_no_table_are_found_by_the_line_of_their_row(
    wrong: Path, tmp_path: Path
) -> None:
    """Pasted out of a page: a cell a line, and no row or column that a person could look up."""
    words = re.sub(r"<[^>]+>", "\n", wrong.read_bytes().decode("gb18030").partition("<body")[2])
    pasted = tmp_path / "pasted.txt"
    pasted.write_text("\n".join(each for each in words.split("\n") if each.strip()), "utf-8")

    found = objects(run(pasted, "--format", "json"))[0]["findings"]

    total = next(each for each in found if each["code"] == "outcomes_add_up")
    assert total["place"]["text"] == "表三“（七）总计 · 自然人”"
    line = pasted.read_text("utf-8").split("\n")[total["place"]["line"] - 1]
    assert line.strip() == "（七）总计"


def test_the_command_reads_as_the_function_does(wrong: Path) -> None:
    report = read_page(wrong.read_bytes())

    (shown,) = objects(run(wrong, "--format", "json"))

    assert [f["message"] for f in shown["findings"]] == [f.message_zh for f in report.findings]


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


def test_the_gravest_findings_stand_first_and_what_to_do_stands_beside_their_number(
    damaged: Path,
) -> None:
    found = objects(run(damaged, "--format", "json"))[0]["findings"]
    severities = [each["severity"] for each in found]

    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert {"error", "warning", "note"} == set(severities)
    assert "请先核对错误之处" in run(damaged).stdout
