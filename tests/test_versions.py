"""Copies, corrections and republications of one report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from pipeline.dedup.versions import group, unidentified
from pipeline.model import (
    Capture,
    CapturedReport,
    CaptureKind,
    CellState,
    Figure,
    Report,
    Scope,
    Section,
    Showing,
    VersionKind,
)

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
    assert len(group([captured(1, 5, "无。"), captured(2, 5, " 无 ！")])) == 1


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


def test_a_report_of_nobody_has_no_key_and_is_said_to_have_none() -> None:
    nobody = captured(1, 5, agency=None)

    assert group([nobody]) == ()
    assert unidentified([nobody, captured(2, 5)]) == [nobody]


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
