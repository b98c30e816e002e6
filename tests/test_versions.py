"""Copies, corrections and republications of one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from pipeline.dedup.plan import identified, see
from pipeline.dedup.versions import group
from pipeline.model import (
    Capture,
    CapturedReport,
    CaptureKind,
    CellState,
    Figure,
    Finding,
    Report,
    Scope,
    Section,
    Severity,
)
from pipeline.versions import Showing, VersionKind

START = datetime(2026, 1, 20, tzinfo=UTC)


def captured(
    day: int, granted: int, text: str = "无。", url: str = "http://a/1", agency: str | None = "某局"
) -> CapturedReport:
    capture = Capture(
        id=day,
        crawl=f"night {day}",
        region="99_test",
        column="test_a",
        kind=CaptureKind.REPORT,
        report_year=2025,
        url=url,
        status=200,
        content_type="text/html",
        fetched_at=START + timedelta(days=day),
        digest=f"sha256:{granted} {text}",
        warc="a.warc.gz",
        offset=0,
        is_new=True,
    )
    figure = Figure("t3.granted.total", Decimal(granted), str(granted), CellState.REPORTED, None)
    sections = (Section("other_matters", "六、其他需要报告的事项", text),)
    report = Report("", agency, 2025, Scope.AGENCY, None, {}, (figure,), sections, (), (), 1)
    return CapturedReport(capture, report)


def test_the_same_report_at_two_addresses_is_one_version_with_two_captures() -> None:
    (version,) = group([captured(1, 5), captured(2, 5, url="http://mirror/1")])

    assert [capture.url for capture in version.captures] == ["http://a/1", "http://mirror/1"]
    assert (version.kind, version.is_current) == (VersionKind.FIRST, True)


def test_blanks_and_punctuation_make_no_new_version() -> None:
    assert len(list(group([captured(1, 5, "无。"), captured(2, 5, " 无 ！")]))) == 1


def test_one_figure_changed_is_a_correction_and_the_old_version_stays() -> None:
    first, second = group([captured(1, 5), captured(2, 6)])

    assert (first.kind, first.is_current) == (VersionKind.FIRST, False)
    assert (second.kind, second.is_current) == (VersionKind.CORRECTION, True)


def test_other_prose_with_the_same_figures_is_a_republication() -> None:
    _, second = group([captured(1, 5, "无。"), captured(2, 5, "没有其他事项。")])

    assert second.kind is VersionKind.REPUBLICATION


def test_a_withdrawn_correction_gives_way_to_what_stands_there_now() -> None:
    versions = group([captured(1, 5), captured(2, 6), captured(3, 5)])

    assert [version.is_current for version in versions] == [True, False]


def test_a_mirror_that_still_shows_the_old_figures_does_not_undo_a_correction() -> None:
    night = replace(captured(2, 5, url="http://mirror/1").capture, id=9, crawl="night 2")
    old = CapturedReport(night, captured(1, 5).report)

    versions = group([captured(1, 5), captured(2, 6), old])

    assert [(v.kind, v.is_current) for v in versions] == [
        (VersionKind.FIRST, False),
        (VersionKind.CORRECTION, True),
    ]


def test_unchanged_captures_join_the_version_they_show() -> None:
    seen_again = replace(captured(1, 5).capture, id=7, crawl="night 7", is_new=False)

    (version,) = group([captured(1, 5)], [seen_again])

    assert [capture.id for capture in version.captures] == [1, 7]


OWN_WORDS = (
    "青禾码头的公示栏搬进了候船室，坐船的人等船时就能看见。"
    "夏天发大水，值班室每两小时在门口的黑板上写一次水位。"
)
FIGURES = {f"t3.row{n}.total": n * 7 + 3 for n in range(9)}
NOWHERE = Finding("agency_without_place", Severity.WARNING, "agency", "", "")
DISPUTED = Finding("year_differs", Severity.WARNING, "report_year", "", "")


def told(
    day: int,
    figures: Mapping[str, int],
    text: str,
    *,
    agency: str | None = "青禾县应急管理局",
    year: int | None = 2025,
    findings: tuple[Finding, ...] = (),
    column: str = "test_a",
) -> CapturedReport:
    item = captured(day, day, url=f"http://a/{day}")
    cells = tuple(
        Figure(id_, Decimal(n), str(n), CellState.REPORTED, None) for id_, n in figures.items()
    )
    sections = (Section("overview", "一、总体情况", text),)
    report = replace(
        item.report,
        agency=agency,
        report_year=year,
        figures=cells,
        sections=sections,
        findings=findings,
    )
    return CapturedReport(replace(item.capture, column=column), report)


def test_a_page_without_place_is_the_report_whose_figures_and_rare_words_it_prints() -> None:
    elsewhere = {id_: n + 1 for id_, n in FIGURES.items()}
    mirror = told(3, FIGURES, OWN_WORDS, agency="应急管理局", findings=(NOWHERE,))
    whole = told(1, FIGURES, OWN_WORDS)
    other = told(
        2, elsewhere, "柳湾的堤上立了三块牌子，写明该由谁看管。", agency="柳湾县应急管理局"
    )

    found = {version.agency: version for version in group([mirror, whole, other])}

    assert set(found) == {"青禾县应急管理局", "柳湾县应急管理局"}
    assert [c.id for c in found["青禾县应急管理局"].captures] == [1, 3]


def test_a_page_without_year_takes_the_year_of_what_it_copies() -> None:
    (version,) = group([told(1, FIGURES, OWN_WORDS), told(2, FIGURES, OWN_WORDS, year=None)])

    assert (version.report_year, len(version.captures)) == (2025, 2)


def test_two_offices_of_nowhere_never_become_one() -> None:
    pages = [
        told(n, {}, "无。", agency="应急管理局", findings=(NOWHERE,), column=column)
        for n, column in ((1, "qinghe_yjglj"), (2, "liuwan_yjglj"))
    ]

    assert [version.agency for version in group(pages)] == [
        "应急管理局（qinghe_yjglj）",
        "应急管理局（liuwan_yjglj）",
    ]


def test_a_page_that_could_copy_two_reports_copies_none() -> None:
    twin = told(2, FIGURES, OWN_WORDS, agency="柳湾县应急管理局")
    bare = told(3, FIGURES, OWN_WORDS, agency="应急管理局", findings=(NOWHERE,))

    assert len(list(group([told(1, FIGURES, OWN_WORDS), twin, bare]))) == 3


def test_what_the_page_prints_of_its_year_speaks_against_a_copy() -> None:
    bare = told(2, FIGURES, OWN_WORDS, agency="应急管理局", year=2024, findings=(NOWHERE,))

    assert len(list(group([told(1, FIGURES, OWN_WORDS), bare]))) == 2


def test_a_report_mislabelled_with_last_years_title_replaces_nothing() -> None:
    right = told(1, FIGURES, OWN_WORDS)
    wrong = told(
        2,
        {id_: n * 13 + 1 for id_, n in FIGURES.items()},
        "柳湾的堤上立了三块牌子，写明该由谁看管。" * 8,
        findings=(DISPUTED,),
    )

    versions = {v.kind: v for v in group([wrong, right])}

    assert set(versions) == {VersionKind.FIRST, VersionKind.OTHER}
    assert versions[VersionKind.FIRST].is_current
    assert not versions[VersionKind.OTHER].is_current
    assert [f.code for f in versions[VersionKind.OTHER].report.findings][-1] == "another_report"


def test_a_report_of_nobody_has_no_key_and_is_said_to_have_none() -> None:
    nobody = captured(1, 5, agency=None)

    assert list(group([nobody])) == []
    keys = {each.capture.id: each.key for each in identified(map(see, [nobody, captured(2, 5)]))}
    assert keys[1] is None
    assert keys[2] == ("某局", 2025, Scope.AGENCY)


def test_a_correction_names_the_cells_that_changed_from_what_to_what_and_between_when() -> None:
    seen_again = replace(captured(1, 5).capture, id=7, crawl="night 2", is_new=False)
    seen_again = replace(seen_again, fetched_at=START + timedelta(days=2))

    _, second = group([captured(1, 5), captured(3, 6)], [seen_again])

    (change,) = second.changes
    assert change.before is not None
    assert change.after is not None
    assert (change.id, change.before.raw, change.after.raw) == ("t3.granted.total", "5", "6")
    assert second.changed_after == START + timedelta(days=2)


def test_a_new_wording_with_the_same_figures_has_no_changed_cells() -> None:
    first, second = group([captured(1, 5, "无。"), captured(2, 5, "没有其他事项。")])

    assert (first.changed_after, second.changes) == (None, ())


def test_each_capture_says_how_it_shows_the_version() -> None:
    page = captured(1, 5)
    counter = replace(captured(2, 5).capture, digest="sha256:counter")
    mirror = captured(3, 5, url="http://mirror/1")
    printed = replace(captured(4, 5).capture, url="http://a/1?print=1", digest="sha256:print")
    others = [CapturedReport(each, page.report) for each in (counter, printed)]

    (version,) = group([page, mirror, *others])

    assert [version.showing(each) for each in version.captures] == [
        Showing.FIRST,
        Showing.REFORMATTED,
        Showing.COPY,
        Showing.REPRINT,
    ]
