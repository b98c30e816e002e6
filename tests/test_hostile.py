"""Pages and words made to be slow are read in bounded time and memory, or said not to be."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from crawlers.practice.library import load_sites
from crawlers.practice.render import render_report
from pipeline.extract.charset import decode
from pipeline.forms.facts import load_facts
from pipeline.model import Scope, Section
from pipeline.parse.facts.read import MOST_PROSE, read_facts, unread_prose
from pipeline.read import read_page

TESTS = Path(__file__).parent

MOST_SECONDS = 12
"""Of processor time for a page of any kind; on a quiet machine the slowest takes some 3."""

MOST_KILOBYTES = 700 * 1024
"""The tree of a list of a million takes the most, some 300 MB."""

CUTS = 50

MAIN = "from pipeline.cli import main; main()"

CUT = {
    "a megabyte of nested tags": "page_cut",
    "words below 5,000 levels": "page_cut",
    "a tag of 200,000 attributes": "page_cut",
    "rows of 10,000 columns": "table_cut",
    "rowspans in every cell": "table_cut",
    "100,000 tiny tables": "page_cut",
    "a list of a million": "page_cut",
    "50,000 headings": "page_cut",
    "a megabyte of dense figures": "facts_cut",
    "a line of 5 MB": "page_cut",
    "bytes of no charset": "characters_lost",
    "text of short lines": "page_cut",
    "text of a line": "page_cut",
}
"""What says that something of the page was not read."""


def program(name: str, seconds: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, TESTS / name],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@pytest.fixture(scope="module")
def hostile() -> list[dict[str, Any]]:
    ended = program("hostile_pages.py", 500)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_no_page_takes_for_ever_or_all_memory(hostile: list[dict[str, Any]]) -> None:
    for page in hostile:
        print(  # noqa: T201
            f"{page['name']:32} {page['bytes'] / 1e6:5.1f} MB {page['seconds']:6.2f} s "
            f"{page['kilobytes'] / 1024:5.0f} MB of memory"
        )

    assert not [p for p in hostile if p["seconds"] > MOST_SECONDS]
    assert not [p for p in hostile if p["kilobytes"] > MOST_KILOBYTES]


def test_what_was_not_read_of_a_page_is_said(hostile: list[dict[str, Any]]) -> None:
    findings = {page["name"]: page["findings"] for page in hostile}

    assert {name: code for name, code in CUT.items() if code not in findings[name]} == {}


def test_no_expression_is_slow_whatever_it_is_given() -> None:
    ended = program("attack_patterns.py", 500)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert int(ended.stdout.split()[-4]) > 100 + len(load_facts().wordings)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(encoding: str) -> None:
    pages = (render_report(report, site) for site in load_sites() for report in site.reports)
    body = decode(max(pages, key=len))[0].encode(encoding)

    figures = [
        sum(figure.value is not None for figure in read_page(body[: len(body) * n // CUTS]).figures)
        for n in range(CUTS + 1)
    ]

    assert figures[0] == 0
    assert figures[-1] > 100


def test_prose_beyond_the_limit_is_said_not_to_be_searched() -> None:
    def facts(text: str) -> tuple[Sequence[str], Sequence[str]]:
        sections = [Section("overview", "", text)]
        found = read_facts(sections, 2020, Scope.AGENCY)
        return [fact.id for fact in found], [f.code for f in unread_prose(sections)]

    stated = "收到政府信息公开申请5件。"

    assert facts(stated) == (["n.requests_received"], [])
    assert facts("无事。" * (MOST_PROSE // 3) + stated) == ([], ["facts_cut"])


@pytest.mark.parametrize("command", [["read", "--jsonl"], ["check"]], ids=["read", "check"])
def test_hostile_files_end_in_words_for_people(command: list[str], tmp_path: Path) -> None:
    files = {
        "deep.html": b"<div>" * 50_000,
        "nul.html": bytes(100_000),
        "noise.html": bytes(range(256)) * 500,
        "wide.html": ("<table><tr>" + "<td>1</td>" * 10_000).encode(),
        "line.txt": "公开".encode() * 500_000,
        "half.txt": "一、总体情况".encode("utf-16")[:-1],
        "empty.html": b"",
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)

    ended = subprocess.run(
        [sys.executable, "-c", MAIN, *command, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )

    assert "Traceback" not in ended.stdout + ended.stderr
    assert ended.returncode in (0, 1)
    assert [name for name in files if name not in ended.stdout + ended.stderr] == []
