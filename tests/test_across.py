"""Two years of an agency, two agencies of a year: what one report says against another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from pipeline.check.across.compare import compare
from pipeline.check.across.twins import twins
from pipeline.commands.checking.beside import beside
from pipeline.commands.comparing import compare_years, comparisons_of
from pipeline.commands.files import read_files
from pipeline.commands.places import Cell, Places
from pipeline.dedup.fingerprint import figures_fingerprint
from pipeline.errors import NianbaoError
from pipeline.model import Capture, CaptureKind, CellState, Figure, Report, Scope, Section
from pipeline.versions import Comparison, Version, VersionKind
from storage.stages import write_stage
from storage.warehouse.comparisons import load_comparisons
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from storage.warehouse.models import Base

NOW = datetime(2026, 11, 22, tzinfo=UTC)
REGION = "99_test"
AGENCY = "云江省应急管理厅"
OWN_WORDS = "青禾码头的公示栏搬进了候船室，坐船的人等船时就能看见。"
OTHER_WORDS = "夏天发大水，值班室每两小时在门口的黑板上写一次水位。"


def version(
    year: int,
    cells: Mapping[str, str],
    text: str = "",
    *,
    agency: str = AGENCY,
    scope: Scope = Scope.AGENCY,
) -> Version:
    figures = tuple(
        Figure(id_, Decimal(value), value, CellState.REPORTED, None)
        if value.lstrip("-").isdigit()
        else Figure(id_, None, value, CellState.SLASH, None)
        for id_, value in cells.items()
    )
    sections = (Section("overview", "一、总体情况", text),)
    report = Report("", agency, year, scope, None, {}, figures, sections, (), (), 1)
    capture = Capture(
        id=year,
        crawl=f"night {year}",
        region=REGION,
        column="test_a",
        kind=CaptureKind.REPORT,
        report_year=year,
        url=f"http://a/{agency}/{year}",
        status=200,
        content_type="text/html",
        fetched_at=NOW + timedelta(days=year),
        digest=f"sha256:{agency}{year}{cells}",
        warc="a.warc.gz",
        offset=0,
        is_new=True,
    )
    prints = (figures_fingerprint(report), text)
    return Version(agency, year, scope, *prints, VersionKind.FIRST, True, (capture,), report)


def found(comparison: Comparison) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in comparison.findings]


STOCKS = [
    ("t3.carried_out.natural_person", "4", "t3.carried_in.natural_person", "4", "5"),
    ("t2.regulations.in_force_count", "4", "t2.regulations.in_force_count", "6", "7"),
    (
        "t2.administrative_licensing.prior_year_item_count",
        "40",
        "t2.administrative_licensing.prior_year_item_count",
        "38",
        "40",
    ),
    ("t4.reconsideration.pending", "3", "t4.reconsideration.total", "3", "2"),
]
BESIDE = {
    "t2.regulations.issued_count": "3",
    "t2.regulations.repealed_count": "1",
    "t2.administrative_licensing.item_change": "-2",
}
CODES = ["carried_in_differs", "in_force_differs", "prior_items_differ", "pending_cases_dropped"]


@pytest.mark.parametrize(("stock", "code"), list(zip(STOCKS, CODES, strict=True)), ids=CODES)
def test_a_stock_that_is_not_handed_on_is_found_with_both_sides(
    stock: tuple[str, str, str, str, str], code: str
) -> None:
    before_id, before_value, after_id, right, wrong = stock
    before = version(2021, {**BESIDE, before_id: before_value})

    holds = compare(before, version(2022, {**BESIDE, after_id: right}))
    fails = compare(before, version(2022, {**BESIDE, after_id: wrong}))

    assert found(holds) == []
    assert found(fails) == [(code, after_id)]
    (finding,) = fails.findings
    assert right in finding.message_zh
    assert wrong in finding.message_zh
    assert "2021" in finding.message_zh


def test_years_that_do_not_follow_each_other_hand_nothing_on() -> None:
    before_id, before_value, after_id, _, wrong = STOCKS[0]

    assert (
        found(compare(version(2019, {before_id: before_value}), version(2021, {after_id: wrong})))
        == []
    )


def test_a_slash_is_no_number_and_contradicts_nothing() -> None:
    before_id, _, after_id, _, wrong = STOCKS[0]

    assert found(compare(version(2021, {before_id: "/"}), version(2022, {after_id: wrong}))) == []


def test_sentences_of_last_year_are_marked_where_they_stand() -> None:
    before = version(2021, {}, f"2021年，{OWN_WORDS}\n{OTHER_WORDS}")
    after = version(
        2022,
        {},
        f"二〇二二年，{OWN_WORDS.replace('，', ', ')}\n今年添了两块新的公示栏，一块在北门。",
    )

    comparison = compare(before, after)

    (copied,) = comparison.copied
    assert after.report.sections[0].text[copied.start : copied.end] == copied.text
    assert copied.text.endswith("能看见。")
    assert found(comparison) == [("prose_copied", "page")]


def test_a_sentence_with_another_number_was_written_again() -> None:
    before = version(2021, {}, "全年收到来信三十封，发出答复书28份，没有一份是晚了的。")
    after = version(2022, {}, "全年收到来信三十封，发出答复书31份，没有一份是晚了的。")

    assert compare(before, after).copied == ()


def test_words_that_everybody_prints_are_not_copied() -> None:
    assert (
        compare(
            version(2021, {}, "无其他需要报告的事项。"), version(2022, {}, "无其他需要报告的事项。")
        ).copied
        == ()
    )


def test_two_agencies_with_the_same_figures_name_each_other() -> None:
    telling = {f"t2.row{n}.issued_count": str(n + 3) for n in range(8)}
    one, other = version(2022, telling), version(2022, telling, agency="云江省财政厅")

    (comparison,) = twins([one, other])

    assert found(comparison) == [("figures_equal_elsewhere", "page")]
    assert {comparison.before.agency, comparison.after.agency} == {AGENCY, "云江省财政厅"}


def test_few_figures_and_other_scopes_are_no_twins() -> None:
    few = {"t3.new_received.total": "1", "t3.granted.total": "1"}
    telling = {f"t2.row{n}.issued_count": str(n + 3) for n in range(8)}

    assert list(twins([version(2022, few), version(2022, few, agency="云江省财政厅")])) == []
    assert list(twins([version(2022, telling), version(2022, telling, scope=Scope.REGION)])) == []


# --- before publication ---------------------------------------------------------------------------


def page(year: int, received: int, words: str) -> str:
    return (
        f"<html><head><title>青禾县水利局{year}年政府信息公开工作年度报告</title></head><body>"
        f"<h1>青禾县水利局{year}年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
        f"<p>{words}{year}年收到申请{received}件。</p><p>二、主动公开政府信息情况</p><p>无。</p>"
        "<p>五、存在的主要问题及改进情况</p><p>人手少。</p></body></html>"
    )


def test_the_linter_marks_what_was_copied_from_last_year(tmp_path: Path) -> None:
    last, this = tmp_path / "2021.html", tmp_path / "2022.html"
    last.write_text(page(2021, 3, OWN_WORDS), "utf-8")
    this.write_text(page(2022, 4, OWN_WORDS), "utf-8")

    (result,) = beside(read_files([this]), last)

    assert result.report is not None
    said = [f for f in result.report.findings if f.code == "sentence_copied"]
    assert [f.where for f in said] == ["section.overview"]
    assert OWN_WORDS[:20] in said[0].message_zh


def test_a_report_of_last_year_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    this = tmp_path / "2022.html"
    this.write_text(page(2022, 4, OWN_WORDS), "utf-8")

    with pytest.raises(NianbaoError, match="--last-year"):
        list(beside(read_files([this]), tmp_path / "gone.html"))


# --- on the way to the warehouse ------------------------------------------------------------------

OUT, IN = "t3.carried_out.total", "t3.carried_in.total"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path, tmp_path, f"sqlite:///{tmp_path}/warehouse.sqlite")


@pytest.fixture
def engine(places: Places) -> Engine:
    return open_warehouse(places.warehouse)


def test_the_findings_are_the_same_in_whichever_order_the_years_are_run(places: Places) -> None:
    versions = {2021: version(2021, {OUT: "4"}), 2022: version(2022, {IN: "5"})}
    seen = []
    for order in ((2021, 2022), (2022, 2021)):
        for path in places.data.glob("stages/*/*/*"):
            path.unlink()
        for year in order:
            cell = Cell(REGION, year)
            write_stage(places.stage("versions", cell), [versions[year]])
            compare_years(places, cell)
        seen.append(list(comparisons_of(places, Cell(REGION, 2022))))

    assert [found(c) for c in seen[0]] == [[("carried_in_differs", IN)]]
    assert seen[0] == seen[1]


def test_comparisons_are_loaded_once_and_go_when_they_no_longer_hold(engine: Engine) -> None:
    before, after = version(2021, {OUT: "4"}), version(2022, {IN: "5"})
    load(engine, [before, after], loaded_at=NOW)
    comparison = compare(before, after)

    first = load_comparisons(engine, REGION, 2022, [comparison])
    again = load_comparisons(engine, REGION, 2022, [comparison])
    with engine.connect() as connection:
        (row,) = connection.execute(select(Base.metadata.tables["finding_across"])).mappings()
    gone = load_comparisons(engine, REGION, 2022, [])

    assert (first["finding_across"].inserted, again["finding_across"].written) == (1, 0)
    assert (row["code"], row["place"]) == ("carried_in_differs", IN)
    assert row["report_id"].startswith("2022-")
    assert row["other_report_id"].startswith("2021-")
    assert gone["finding_across"].removed == 1


def test_a_side_that_was_not_loaded_takes_its_comparison_with_it(engine: Engine) -> None:
    before, after = version(2021, {OUT: "4"}), version(2022, {IN: "5"})
    load(engine, [after], loaded_at=NOW)

    assert (
        load_comparisons(engine, REGION, 2022, [compare(before, after)])["finding_across"].written
        == 0
    )


def test_copied_sentences_are_kept_with_their_places(engine: Engine) -> None:
    before = version(2021, {}, OWN_WORDS)
    after = replace(version(2022, {}, OWN_WORDS))
    load(engine, [before, after], loaded_at=NOW)

    load_comparisons(engine, REGION, 2022, [compare(before, after)])

    with engine.connect() as connection:
        (row,) = connection.execute(select(Base.metadata.tables["copied_sentence"])).mappings()
    assert (row["start_char"], row["end_char"], row["sentence"]) == (0, len(OWN_WORDS), OWN_WORDS)
