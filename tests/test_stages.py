"""Stage files hold every dataclass of the model exactly, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model import (
    Block,
    Capture,
    CapturedDocument,
    CapturedReport,
    CaptureKind,
    Cell,
    CellState,
    Document,
    Fact,
    Figure,
    Finding,
    Image,
    PageFields,
    Paragraph,
    Place,
    Report,
    Scope,
    Section,
    Severity,
    Table,
)
from pipeline.versions import Version, VersionKind
from storage.errors import StageFileError
from storage.stages import read_stage, write_stage

text = st.text(max_size=12) | st.sampled_from(
    ["河南省应急管理厅", "一、总体情况\n二", "\u2028", "／"]
)
whole = st.integers(min_value=1, max_value=10**6)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.decimals(
    allow_nan=False, allow_infinity=False
)
moments = st.datetimes(timezones=st.just(UTC))


def several(strategy: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[object]:
    return st.lists(strategy, max_size=most).map(tuple)


cells = st.builds(Cell, text, whole, whole, st.none() | whole)
tables = st.builds(Table, whole, several(several(cells)))
blocks = st.builds(Paragraph, text) | tables | st.builds(Image, text, text)
findings = st.builds(Finding, text, st.sampled_from(Severity), text, text, text)
page_fields = st.builds(
    PageFields, several(text), st.none() | text, meta=several(st.tuples(text, text))
)
documents = st.builds(Document, page_fields, several(blocks), whole, text, several(findings))
figures = st.builds(
    Figure,
    text,
    st.none() | numbers,
    st.none() | text,
    st.sampled_from(CellState),
    st.none() | st.builds(Place, whole, whole, whole, st.none() | whole),
)
facts = st.builds(
    Fact, text, st.none() | numbers, text, st.none() | text, *[text] * 5, whole, whole
)
reports = st.builds(
    Report,
    title=st.none() | text,
    agency=st.none() | text,
    report_year=st.none() | whole,
    scope=st.sampled_from(Scope),
    published_on=st.none() | st.dates(),
    forms=st.dictionaries(st.sampled_from(["t2", "t3", "t4"]), st.none() | text),
    figures=several(figures),
    sections=several(st.builds(Section, text, text, text)),
    facts=several(facts),
    findings=several(findings),
    body_copies=whole,
    fields=page_fields,
)
captures = st.builds(
    Capture,
    id=whole,
    crawl=text,
    region=text,
    column=text,
    kind=st.sampled_from(CaptureKind),
    report_year=st.none() | whole,
    url=text,
    status=whole,
    content_type=st.none() | text,
    fetched_at=moments,
    digest=text,
    warc=text,
    offset=whole,
    is_new=st.booleans(),
    link_text=st.none() | text,
)
versions = st.builds(
    Version,
    agency=text,
    report_year=whole,
    scope=st.sampled_from(Scope),
    figures_fingerprint=text,
    prose_fingerprint=text,
    kind=st.sampled_from(VersionKind),
    is_current=st.booleans(),
    captures=several(captures),
    report=reports,
)
items = (
    captures
    | st.builds(CapturedDocument, captures, documents)
    | st.builds(CapturedReport, captures, reports)
    | versions
)

CAPTURE = Capture(
    id=1,
    crawl="c1",
    region="41_henan",
    column="henan_yjglt",
    kind=CaptureKind.REPORT,
    report_year=2019,
    url="https://yjglt.henan.gov.cn/1.html",
    status=200,
    content_type="text/html",
    fetched_at=datetime(2026, 11, 22, 3, 41, 5, 123456, UTC),
    digest="sha256:00",
    warc="41_henan/2019/a.warc.gz",
    offset=0,
    is_new=True,
)


@given(item=items)
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_an_item_comes_back_equal_and_as_printed(item: object, tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"

    assert write_stage(path, [item, item]) == 2

    back = list(read_stage(path, type(item)))
    assert back == [item, item]
    # Decimal("1.50") == Decimal("1.5"): only the text tells whether a digit was lost
    assert write_stage(tmp_path / "again.jsonl", back) == 2
    assert (tmp_path / "again.jsonl").read_bytes() == path.read_bytes()


def test_a_printed_zero_after_the_point_survives(tmp_path: Path) -> None:
    path = tmp_path / "figures.jsonl"
    printed = [
        Figure("t2.x.y", Decimal(n), n, CellState.REPORTED, None) for n in ("0.10", "521.0592")
    ]

    write_stage(path, printed)

    assert [str(figure.value) for figure in read_stage(path, Figure)] == ["0.10", "521.0592"]


def test_a_block_can_be_told_by_its_fields_alone() -> None:
    """The JSON carries no tag; that is safe while no block's fields hold all of another's."""
    for one, other in permutations(get_args(Block), 2):
        assert is_dataclass(one)
        assert is_dataclass(other)
        names = {field.name for field in fields(one)}
        assert not names <= {field.name for field in fields(other)}, f"{one} reads as {other}"


def test_empty_blocks_keep_their_kind(tmp_path: Path) -> None:
    blocks = (Table(1, ()), Paragraph(""), Image("", ""))
    document = Document(PageFields(), blocks, 1, "utf-8")
    path = tmp_path / "documents.jsonl"

    write_stage(path, [CapturedDocument(CAPTURE, document)])

    (back,) = read_stage(path, CapturedDocument)
    assert back.document.blocks == blocks
    assert [type(block) for block in back.document.blocks] == [Table, Paragraph, Image]


def test_a_stage_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "captures.jsonl"
    write_stage(path, [CAPTURE])
    old = path.read_bytes()

    def half() -> Iterator[Capture]:
        yield replace(CAPTURE, id=2)
        raise RuntimeError("the parser stopped")

    with pytest.raises(RuntimeError, match="the parser stopped"):
        write_stage(path, half())
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == ["captures.jsonl"]


def test_an_item_that_breaks_its_own_declaration_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "figures.jsonl"
    wrong = Figure("t3.granted.total", 7.5, "7.5", CellState.REPORTED, None)  # type: ignore[arg-type]

    with pytest.raises(StageFileError, match=r"(?s)item 1 is no valid Figure.*decimal"):
        write_stage(path, [wrong])
    assert not path.exists()


def test_items_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "captures.jsonl"
    write_stage(path, (replace(CAPTURE, id=number) for number in (1, 2)))
    with path.open("ab") as file:
        file.write(b"{broken\n")

    reader = read_stage(path, Capture)

    assert [next(reader).id, next(reader).id] == [1, 2]
    with pytest.raises(StageFileError, match=r"captures\.jsonl:3: expected a Capture as JSON"):
        next(reader)


def test_a_line_of_another_kind_is_refused_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    write_stage(path, [CAPTURE])

    with pytest.raises(StageFileError, match=r"mixed\.jsonl:1: expected a Figure"):
        list(read_stage(path, Figure))


def test_a_field_that_the_model_does_not_know_is_not_lost_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "captures.jsonl"
    write_stage(path, [CAPTURE])
    path.write_text(path.read_text("utf-8").replace('{"id":1', '{"id":1,"robots":"yes"'), "utf-8")

    with pytest.raises(StageFileError, match="robots"):
        list(read_stage(path, Capture))


def test_a_missing_stage_file_says_which_step_to_run(tmp_path: Path) -> None:
    with pytest.raises(StageFileError, match="Run the stage before this one"):
        list(read_stage(tmp_path / "none.jsonl", Capture))


def test_no_items_make_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "none.jsonl"

    assert write_stage(path, []) == 0
    assert list(read_stage(path, Capture)) == []
