"""The corpus is what it claims: its deviations are on the page, its truth adds up."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path

import lxml.html
import pytest

from crawlers.practice.corpus.catalogue import agencies, cases
from crawlers.practice.corpus.compose import HEADINGS
from crawlers.practice.corpus.documents import document
from crawlers.practice.corpus.families import family_names
from crawlers.practice.corpus.form_2014 import form
from crawlers.practice.corpus.model import Case, CorpusDocument
from crawlers.practice.corpus.prose import words
from crawlers.practice.corpus.shapes import SHAPES
from crawlers.practice.forms import T3_COLUMNS, T4_BLOCKS, T4_OUTCOMES, load_form
from pipeline.forms import load_indicators
from tests.shared_support import real_reports

CASES = cases()
ROOT = Path(__file__).parents[1]
OUTSIDE = ("new_received", "carried_in", "processed_total", "carried_out")
SHORTEST_COPIED_RUN = 20

SHOWN = {
    # forms.md, section 9: numbers
    "blanks.nbsp": r"<t[dh][^>]*>(<[^>]+>|\s)*&nbsp;",
    "blanks.o_p": r"<o:p>&nbsp;</o:p>",
    "blanks.zero_width": r"&#8203;&#xFEFF;",
    "blanks.private_use": r"&#xE5E5;",
    "blanks.slash": r"[>\t ]/[<\t\n ]",
    "blanks.dash": r"[>\t |]-[<\t\n |]",
    "blanks.long_dash": r"(>|\n)—(<|\n)",
    "blanks.none": r"[>\t\n ]无[<\t\n ]",
    "numbers.yuan": r"\d{3}000元",
    "numbers.amount_without_unit": r"\d{2}40",
    "numbers.decimals": r"4068\.208",
    "numbers.negative": r"-\d\d",
    "numbers.minus_sign": r"−\d\d",
    "numbers.change_in_words": r"减\d\d",
    "numbers.annotated": r"\d\d（其中修订\d+件）",
    "numbers.full_width": r"[０-９]{2}",
    "numbers.separators": r"\d,\d{3}",
    "numbers.units": r"\d件",
    "numbers.runs": r"\d</span><span>\d",
    "numbers.private_use": "\ue5e5\\d",
    "numbers.broken": r"4068\.2(<br/?>|\n)08万元",
    "numbers.broken_by_paragraphs": r"4068\.2</p><p>08万元",
    "numbers.unit_behind_note": r"\d\d（不含撤销\d+件）件",
    "numbers.lone_unit": r"[>\t]\s*件[<\t\n]",
    # labels
    "labels.typo_repeated_character": "无正当理由由大量反复申请",
    "labels.typo_lost_words": "其他法律行政止公开|其他法律行\n?政\n?止",
    "labels.word_missing_2021": r"[>\t\n]\s*规范性文件",
    "labels.year_in_header": r"本年\(2023\)制发件数",
    "labels.columns_misworded": r"社会公益[<\t]",
    "labels.half_brackets": r"\(一\) 予以公开",
    "labels.comma_in_long_labels": r"不补\s*正,|逾期不\s*补正,",
    "labels.inner_blanks": r"结果 维持",
    "labels.second_line_lost": r"本年新[<\t\n]",
    "labels.brackets_lost": r"本列数据",
    "labels.traditional": r"[於開請]",
    "labels.explained": r"条例第14条",
    # structure
    "structure.indents_lost_one": r"(<tr>|\n\|? ?)(<td[^>]*>|<th[^>]*>|<[^>]+>|\s)*2\.没有现成信息",
    "structure.total_row_short": r"（七）总计",
    "structure.t4_on_a_line": r"(\d+ ){14}\d+",
    "structure.layout_table": r'<table width="1000">',
    "structure.nested_tables": r'<table width="100%"><tr><td align="center"><table',
    "structure.metadata_table": r"索引号",
    "structure.split_with_header": r"- 4 -",
    "structure.pictures": r"<img src=\"\./W0",
    "structure.local_row": r"其他主动公开文件",
    "structure.other_agency_below": r"青禾市信访局\d{4}年",
    "structure.serial_numbers": r"序号",
    "structure.numbered_labels": r"2[2-6] 四、结转",
    "numbers.typed_otherwise": "[零〇]",
    # text damage
    "damage.dates": r"自\d{4}11日起,至\d{4}1231日止",
    "damage.doubled_year": r"2020\d\d年",
    "damage.misread_name": r"清禾",
    "typing.blanks_by_numbers": r"[一-鿿] \d+ [一-鿿]",
    "typing.quote_lost": r"开设群众点题”“",
    "typing.table_as_words": r"说明: 表3-1",
    # in the source alone
    "unseen.note_marks": r"\d+<sup>①</sup>",
    "unseen.struck_out": r"<s>\d+9</s>\d",
    "unseen.struck_out_by_style": r"line-through",
    "unseen.hidden_words": r"<span hidden>0</span>",
    "unseen.hidden_row": r'<tr style="display:none">',
    "unseen.pictured": r'<img src="/images/(\d+)\.gif" alt="\1"',
    "unseen.fields_with_unit": r'value="\d+"/>件',
    "unseen.denied_across": r'colspan="7"[^>]*>(<[^>]+>|\s)*无',
    "unseen.all_in_one_cell": r"(\d+&nbsp;&nbsp;){6}\d",
    "unseen.in_textarea": r"(?s)<textarea[^>]*>.*&lt;td",
    "unseen.in_noscript": r"<noscript>",
    "unseen.in_template": r"<template",
    "unseen.in_frame": r'srcdoc="',
    "unseen.chosen_from_a_list": r"<option selected>(\d+)</option><option>\1",
    "unseen.hidden_fields": r'type="hidden"',
    "unseen.covered_cells": r'<td style="display: none;"></td>',
    "unseen.tab_panes": r'<div class="tab-pane" style="display:none"><table',
    "unseen.in_one_sheet": r'colspan="15"',
    "unseen.in_string": r"var html = '",
    "unseen.in_address_string": r"%3Ctd",
    "unseen.in_island": r"<record><!\[CDATA\[",
    # sections
    "sections.number_lost": r"[>\n]、总体情况",
    "sections.arabic": r"1、 总体情况",
    "sections.restarted": r"一、主动公开政府信息情况",
    "sections.renamed_first": r"存在问题及改进措施",
    # metadata
    "metadata.two_lines": r"年(<br/>|\n)政府信息公开",
    "metadata.site_bar": r"^登录 \|",
    "metadata.readings": r"规\(guī\)",
    "extractors.radicals": r"[⼯⼀⼈]",
    "metadata.body_twice": r'id="print-area"',
    "metadata.other_name_in_body": r"人力资源社会保障部",
    "metadata.other_year_in_body": r"年度共主动公开",
}
"""What a person looks for on the page: deviation -> pattern."""


@cache
def made(name: str) -> CorpusDocument:
    return document(next(case for case in CASES if case.name == name))


def text_of(own: CorpusDocument) -> str:
    for encoding in ("utf-16",) if own.body[:2] == b"\xff\xfe" else ("utf-8", "gb18030"):
        try:
            return own.body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(own.name)


def figures(own: CorpusDocument) -> dict[str, Decimal | None]:
    cells = own.truth["cells"]
    assert isinstance(cells, dict)
    return {id_: None if v is None else Decimal(str(v)) for id_, v in cells.items()}


def by_name(case: Case) -> str:
    return case.name


def test_there_is_a_document_for_every_form_shape_and_family() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.shape for case in CASES} == set(SHAPES)
    assert {(c.family, c.form) for c in CASES} >= {
        (family, form) for family in family_names() for form in ("2019", "2021")
    }


def test_bodies_are_short_and_long_and_in_both_encodings() -> None:
    sizes = [len(made(case.name).body) for case in CASES]

    assert min(sizes) < 10_000
    assert 120_000 < max(sizes) < 500_000
    assert sum(10_000 < size < 120_000 for size in sizes) > len(sizes) // 2
    assert {case.style.get("charset") for case in CASES} == {None}
    assert sum(b'charset="gb2312"' in made(case.name).body for case in CASES) >= 2


@pytest.mark.parametrize("deviation", SHOWN)
def test_a_deviation_is_seen_on_each_of_its_documents(deviation: str) -> None:
    own = [made(case.name) for case in CASES if case.deviation == deviation]

    assert own
    for one in own:
        page = text_of(one)
        bare = unescape(re.sub("<[^>]+>", "", page))
        assert re.search(SHOWN[deviation], page) or re.search(SHOWN[deviation], bare), one.name


@pytest.mark.parametrize("case", [c for c in CASES if c.steps], ids=by_name)
def test_a_document_differs_from_the_same_report_without_its_deviation(case: Case) -> None:
    assert document(replace(case, steps=())).body != made(case.name).body


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_truth_names_cells_of_the_code_list_and_adds_up(case: Case) -> None:
    cells = figures(made(case.name))

    assert set(cells) <= {indicator.id for indicator in load_indicators()}
    sums = (*_of_columns(case, cells), *_of_rows(case, cells), *_of_2014(cells))
    broken = [pair for pair in sums if None not in pair and pair[0] != pair[1]]
    assert bool(broken) == bool(made(case.name).truth["identity_violations"])
    counts = [v for i, v in cells.items() if v is not None and not i.endswith("_10k_cny")]
    assert all(v == int(v) for v in counts)
    assert all(v >= 0 for i, v in cells.items() if v is not None and "item_change" not in i)


def total(values: list[Decimal | None]) -> Decimal | None:
    """The sum, where at least one number is printed; the others are zeros printed otherwise."""
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def _of_columns(
    case: Case, cells: dict[str, Decimal | None]
) -> Iterator[tuple[Decimal | None, Decimal | None]]:
    if "t3.granted.natural_person" not in cells:
        return
    form = "2021" if "t3.other_misc.total" in cells else "2019"
    outcomes = [r for b in load_form(form).t3 for r in b.rows if r not in OUTSIDE]
    for column in T3_COLUMNS:
        new, old, processed, out = (cells[f"t3.{row}.{column}"] for row in OUTSIDE)
        yield total([new, old]), total([processed, out])
        if case.deviation not in {"blanks.totals_of_outcomes", "blanks.organisations_dashes"}:
            yield processed, total([cells[f"t3.{row}.{column}"] for row in outcomes])


def _of_rows(
    case: Case, cells: dict[str, Decimal | None]
) -> Iterator[tuple[Decimal | None, Decimal | None]]:
    *applicants, whole = T3_COLUMNS
    has_parts = case.deviation != "structure.organisations_in_one"
    for row in {i.split(".")[1] for i in cells if i.startswith("t3.") and has_parts}:
        yield cells[f"t3.{row}.{whole}"], total([cells[f"t3.{row}.{c}"] for c in applicants])
    *outcomes, whole = T4_OUTCOMES
    for block in T4_BLOCKS if any(i.startswith("t4.") for i in cells) else ():
        yield cells[f"t4.{block}.{whole}"], total([cells[f"t4.{block}.{o}"] for o in outcomes])


def _of_2014(
    cells: dict[str, Decimal | None],
) -> Iterator[tuple[Decimal | None, Decimal | None]]:
    for whole, parts in form()["sums"].items() if any(i.startswith("s14") for i in cells) else ():
        known = {i.split(".")[1]: value for i, value in cells.items()}
        yield known[whole], total([known[part] for part in parts])


PLAIN = ("plain.", "form_2014.plain", "labels.", "sections.", "metadata.", "structure.")


@pytest.mark.parametrize(
    "case",
    [
        c
        for c in CASES
        if c.shape == "table" and c.deviation.startswith(PLAIN) and c.family in family_names()
        if c.family != "gkmlpt" and c.deviation != "structure.t4_on_a_line_of_blanks"
    ],
    ids=by_name,
)
def test_every_figure_of_the_truth_stands_in_a_cell_of_the_page(case: Case) -> None:
    own = made(case.name)
    root = lxml.html.fromstring(text_of(own))
    cells = {"".join(td.itertext()).strip() for td in root.xpath("//td|//th")}
    printed = {number(t) for t in cells | set("".join(root.itertext()).split())}

    assert {v for v in figures(own).values() if v is not None} <= printed


def number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def test_most_figures_are_not_zero() -> None:
    """A table of zeros hides every shift of rows and columns."""
    values = [v for case in CASES for v in figures(made(case.name)).values()]

    assert sum(bool(v) for v in values) > len(values) / 2


def test_another_process_makes_the_same_bytes() -> None:
    names = [case.name for case in CASES[::37]]
    program = (
        "import sys, hashlib\n"
        "from crawlers.practice.corpus.catalogue import cases\n"
        "from crawlers.practice.corpus.documents import document\n"
        "for case in cases():\n"
        "    if case.name in sys.argv[1:]:\n"
        "        print(case.name, hashlib.sha256(document(case).body).hexdigest())\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *names],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.splitlines() == [
        f"{name} {sha256(made(name).body).hexdigest()}" for name in names
    ]


def test_the_command_writes_documents_and_truths_side_by_side(tmp_path: Path) -> None:
    module = "crawlers.practice.corpus"
    run = subprocess.run(
        [sys.executable, "-m", module, str(tmp_path), "--only", "plain_ucap"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.startswith("2 documents")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"plain_ucap-{form}-table.{ending}"
        for form in ("2019", "2021")
        for ending in ("html", "truth.json")
    ]


def runs(text: str) -> set[str]:
    """All runs of twenty Chinese characters inside one line or one element of a page."""
    found = set()
    for unit in re.split(r"[\n\t\r]|<[^>]+>", text):
        letters = re.sub(r"[^\u3400-\u9fff]", "", unescape(unit))
        last = len(letters) - SHORTEST_COPIED_RUN + 1
        found |= {letters[n : n + SHORTEST_COPIED_RUN] for n in range(last)}
    return found


def test_no_sentence_of_the_prose_stands_in_a_real_report() -> None:
    own = runs("\n".join(_sentences()))
    own -= runs("\n".join((*HEADINGS, *(f"{a}政府信息公开工作年度报告" for a in agencies()))))

    for path in real_reports().glob("*.txt"):
        assert not own & runs(path.read_text("utf-8")), path.name


def _sentences() -> Iterator[str]:
    for part in words().values():
        yield from part if isinstance(part, list) else ()
        for values in part.values() if isinstance(part, dict) else ():
            yield from values
