"""The page that `nianbao check` writes: the official tables, findings linked, no markup let in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pipeline.commands.checking.markup import tag
from pipeline.commands.checking.words import visible
from pipeline.read import read_page
from tests.check_support import objects, page_of, run

pytest_plugins = ("tests.check_support",)
EXTERNAL = re.compile(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import|<script|<link|<iframe|<object")


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


def test_text_of_a_report_is_escaped_in_elements_and_attributes() -> None:
    assert tag("td", "<i>&", title='"><b>') == '<td title="&quot;&gt;&lt;b&gt;">&lt;i&gt;&amp;</td>'
    assert visible("a\x00\x9b\ud800b") == "a���b"


def test_the_page_of_several_files_begins_with_an_index(wrong: Path, sound: Path) -> None:
    page = html.fromstring(run(wrong, sound, "--format", "html").stdout)

    assert page.xpath("//nav//a/@href") == ["#r1", "#r2"]
    assert [a.get("id") for a in page.iter("article")] == ["r1", "r2"]


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
