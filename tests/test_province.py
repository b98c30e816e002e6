"""The whole crawl of a generated province: every report found, nothing that is none, and the same
under every fault, where the right outcome is that it says what happened.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crawlers.practice.generated.faults import FAULTS
from crawlers.practice.generated.layouts import article_path, layouts, list_path
from crawlers.practice.generated.model import REGION, Column, KnownReport, Plan
from crawlers.practice.generated.rows import report
from crawlers.practice.generated.server import Generated, serve_generated
from crawlers.practice.generated.sites import columns
from crawlers.registry import columns_of
from crawlers.run import crawl
from crawlers.summary import ColumnSummary, CrawlSummary
from pipeline.model import CaptureKind, CellState
from pipeline.read import read_page
from storage.captures import CaptureStore

FAST: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 64,
}
IMPATIENT: dict[str, Any] = {**FAST, "DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 1}
"""A page that drips for eight seconds is too slow here, as one of a minute is on the real web."""
EIGHT_MEGABYTES = 8 << 20


@dataclass
class Night:
    """A crawl of a generated province, and what it left in the archive."""

    province: Generated
    years: range
    summary: CrawlSummary
    kept: dict[str, str] = field(default_factory=dict)
    """URL of a report page that was kept -> the column that it was kept for."""

    def truth(self, column: Column) -> dict[str, KnownReport]:
        known = self.province.truth_of(column)
        return {report.url: report for report in known if report.report_year in self.years}

    def of(self, column: Column) -> ColumnSummary:
        return next(c for c in self.summary.columns if c.column == column.id)


def crawl_night(
    province: Generated, years: range, captures: Path, settings: dict[str, Any]
) -> Night:
    summary = crawl(REGION, years, registry=province.registry, captures=captures, settings=settings)
    with CaptureStore(captures) as store:
        found = store.captures(REGION, kind=CaptureKind.REPORT)
    kept = {c.url: str(c.column) for c in found if c.crawl == summary.crawl}
    return Night(province, years, summary, kept)


def test_every_report_of_every_family_is_found_and_nothing_else(
    tmp_path: Path, record_property: Any
) -> None:
    with serve_generated(Plan(size=48, port=0)) as province:
        night = crawl_night(province, province.plan.years, tmp_path, FAST)
        true: dict[str, set[str]] = defaultdict(set)
        for column in province.columns():
            true[column.site.layout] |= set(night.truth(column))
        kept: dict[str, set[str]] = defaultdict(set)
        for url, column_id in night.kept.items():
            kept[column_id.rpartition("_")[0]].add(url)
    rows = [_scored(name, true[name], kept[name]) for name in layouts()]
    record_property("terminal", _table("family  reports  kept  recall  precision", rows))
    assert {row[-2:] for row in rows} == {("100 %", "100 %")}
    assert_read_right(province, tmp_path)
    assert night.summary.complete
    assert len(night.kept) == 480
    assert night.summary.totals["undated"] == 0


def assert_read_right(province: Generated, captures: Path) -> None:
    """A page of each column, another year for each: every cell is read as the truth has it."""
    with CaptureStore(captures) as store:
        pages = {c.url: c for c in store.captures(REGION, kind=CaptureKind.REPORT)}
        for place, column in enumerate(province.columns()):
            known = list(province.truth_of(column))[place % 10]
            report = read_page(store.body(pages[known.url]))
            assert (report.agency, report.report_year) == (known.agency, known.report_year)
            read = {f.id: f.value for f in report.figures if f.state is CellState.REPORTED}
            assert read == known.cells, known.url


def _scored(name: str, true: set[str], kept: set[str]) -> tuple[str, ...]:
    right = len(true & kept)
    shares = (right / len(true), right / len(kept) if kept else 0.0)
    return (name, str(len(true)), str(len(kept)), *(f"{100 * share:.3g} %" for share in shares))


def _table(head: str, rows: Sequence[tuple[str, ...]]) -> str:
    lines = [re.split(r"\s{2,}", head), *rows]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


@dataclass(frozen=True)
class Case:
    """A fault on a site of its own, and what the crawl must say of the column."""

    fault: str
    layout: str
    options: dict[str, Any]
    says: str = ""
    """Regular expression; "": nothing, all is well."""
    status: str = "answered"
    lost: tuple[int, ...] = ()
    """Years whose reports are not had; all of them if the list did not answer."""


LIST: dict[str, Any] = {"part": "list"}
ON_2024: dict[str, Any] = {"part": "article", "year": 2024}


def robots(text: str, **more: Any) -> dict[str, Any]:
    return {"part": "robots", "text": text, **more}


def shells(layouts_in_turn: str, part: dict[str, Any]) -> Iterator[Case]:
    """Every shell in place of a list: blocked of the right kind, or an honest error."""
    kinds = {
        "waf_403": "blocked:waf",
        "guard_405": "blocked:waf",
        "script_412": "blocked:js_challenge",
        "cookie_521": "blocked:js_challenge",
        "script_200": "blocked:js_challenge",
        "slider_200": "blocked:slider",
        "cookie_200": "blocked:js_challenge",
        "missing_200": "blocked:soft404",
        "home_200": "blocked:(soft404|home)",
        "login_200": "blocked:login",
        "login_401": "blocked:login",
        "parked_200": "blocked:parked",
        "hijacked_200": "blocked:hijacked",
        "busy_200": "blocked:(waf|rate_limit)",
        "location_200": "HTTP 404",
        "refresh_200": "HTTP 404",
        "maintenance_503": "HTTP 503",
        "missing_404": "HTTP 404",
    }
    names = layouts_in_turn.split()
    for place, (kind, says) in enumerate(kinds.items()):
        status = "blocked" if says.startswith("blocked") else "unreached"
        yield Case("shell", names[place % len(names)], {"kind": kind, **part}, says, status)


CASES: tuple[Case, ...] = (
    Case("down", "trs", {}, "Refused", "unreached"),
    Case("http_500", "ucap", LIST, "HTTP 500", "unreached"),
    Case("http_500", "dahe", ON_2024, "HTTP 500", lost=(2024,)),
    Case("slow_drip", "trs", {"seconds": 0.25, **ON_2024}, "Timeout", lost=(2024,)),
    Case("slow", "mongo", {"part": "robots", "seconds": 12}, "robots.txt .*Timeout", "unreached"),
    Case("dropped", "vsb", ON_2024, "DataLoss", lost=(2024,)),
    Case("dropped", "dahe", {"times": 1}),
    Case("hung_up", "ucap", {"times": 1}),
    Case("hung_up", "lonsun", LIST, "Connection|Failed", "unreached"),
    Case("too_many", "trs", {"times": 1, "seconds": 1}),
    Case("too_many", "vsb", {"times": 0, "seconds": 600}, "blocked:rate_limit", "blocked"),
    *shells("trs vsb ucap lonsun openness nfcms dahe shanghai uuid mongo generic jpage", LIST),
    Case("shell", "dahe", {"kind": "missing_200", **ON_2024}, "blocked:soft404", lost=(2024,)),
    Case("shell", "trs", {"kind": "login_200", **ON_2024}, "blocked:login", lost=(2024,)),
    Case("rules", "trs", robots("User-agent: *\nDisallow: /\n"), "robots.txt", "robots"),
    Case("rules", "jpage", robots("User-agent: *\nDisallow: /module/\n"), "robots.txt"),
    Case("rules", "ucap", robots("<html><body>首页</body></html>", html=True)),
    Case("rules", "dahe", robots("x", status=404)),
    Case("rules", "vsb", robots("x", status=500), "robots.txt .*HTTP 500", "unreached"),
    Case("wrong_charset", "trs", {}),
    Case("changing_etag", "ucap", {}),
    Case("counts_clicks", "lonsun", {}),
    Case("many_agencies", "generic", {}),  # those of the site that follows
    Case("gzip_unasked", "dahe", {}),
    Case("zip_bomb", "trs", ON_2024, "blocked:too_large", lost=(2024,)),
    Case("huge", "uuid", ON_2024, "larger than download max size", lost=(2024,)),
    Case("redirect", "vsb", {"to": "http://10.0.0.1/", **ON_2024}, "outside", lost=(2024,)),
    Case("redirect", "dahe", {"to": "http://x.invalid/", **LIST}, "outside", "unreached"),
    Case("redirect", "ucap", {"to": "/", **LIST}, "blocked:home", "blocked"),
    Case("empty_body", "ucap", ON_2024, "blocked:empty", lost=(2024,)),
    Case("gone", "trs", ON_2024, "HTTP 404", lost=(2024,)),
    Case("without", "openness", {"year": 2024}),
    Case("corrected", "openness", {"year": 2024}),
    Case("corrected_elsewhere", "lonsun", {"year": 2024}),
    Case("clone", "trs", {}, r"\.invalid is not below \.gov\.cn"),
    Case("shifts", "trs", {}, "19 rows: it changed while it was read"),
    Case("shifts", "vsb", {}, "changed while it was read"),
    Case("shrinks", "lonsun", {}, "17 rows: it changed while it was read"),
    Case("cut_short", "lonsun", {"rows_given": 6}, "cut short"),
    Case("cut_short", "gkmlpt", {"rows_given": 6}, "cut short"),
    Case("session_ids", "ucap", {}),
    Case("twins", "nfcms", {}),
    Case("twins", "trs", {}),
    Case("calendar", "generic", {}),
    Case("calendar", "vsb", {}),
    Case("body_twice", "ucap", {}),
    Case("tables_as_images", "vsb", {}),
    Case("pdf_only", "epoint", {}),
    Case("attachments", "uuid", {}),
    Case("home_instead", "trs", {}, "blocked:(home|soft404)", lost=(2022, 2023, 2024, 2025)),
    Case("home_instead", "vsb", LIST, "name no annual report", "empty"),
    Case("moved", "trs", {"to": "mongo2"}, "moved to"),
    Case("word_spans", "mongo", {}),
    Case("over_delivery", "jpage", {}),
    Case("under_delivery", "jpage", {}),
    Case("empty_54_bytes", "jpage", {}, "cut short"),
    Case("ignores_page", "unitbuild", {}, "cut short"),
    Case("endless_pager", "trs", {}),
    Case("endless_pager", "openness", {}),
    Case("year_columns", "trs", {}),
    Case("year_columns", "ucap", {}),
    Case("year_moved", "trs", {"year": 2024}),
    Case("single_article", "vsb", {}),
    Case("single_article", "jpage", {}),
)


def test_under_every_fault_the_crawl_finds_what_there_is_and_says_what_it_could_not_have(
    tmp_path: Path, record_property: Any
) -> None:
    names = tuple(case.layout for case in CASES)
    plan = Plan(size=len(names), port=0, largest_site=1, layouts=names)
    with serve_generated(plan) as province:
        for case, site in zip(CASES, province.sites, strict=True):
            province.fault(site.id, case.fault, **case.options)
        settings = {**IMPATIENT, "DOWNLOAD_MAXSIZE": EIGHT_MEGABYTES}
        night = crawl_night(province, range(2022, 2026), tmp_path, settings)
        found = [
            (case, site, _judged(case, next(columns(site)), night))
            for case, site in zip(CASES, province.sites, strict=True)
        ]
        every = {url for column in province.columns() for url in night.truth(column)}
    rows = [(c.fault, c.layout, c.says or "all is well", why or "ok") for c, _, why in found]
    record_property("terminal", _table("fault  family  recorded as  outcome", rows))
    assert not [f"{c.fault} on {s.id}: {why}" for c, s, why in found if why]
    (pdf_only,) = (night.of(next(columns(s))) for c, s, _ in found if c.fault == "pdf_only")
    assert pdf_only.attachments == pdf_only.found == 4, "files that the JSON of an article names"
    endless = [night.of(next(columns(s))) for c, s, _ in found if c.fault == "endless_pager"]
    assert max(each.lists for each in endless) < 20, "a pager that promises 9,999 pages"
    assert set(night.kept) <= every, "kept as a report what is none"


def _judged(case: Case, column: Column, night: Night) -> str:
    """What is wrong with the outcome; "": nothing."""
    true, summary = night.truth(column), night.of(column)
    if summary.status != case.status:
        return f"{summary.status}: {summary.why}, not {case.status}"
    missing = {url for url in true if url not in night.kept}
    lost = {u for u, k in true.items() if case.status != "answered" or k.report_year in case.lost}
    if missing != lost:
        return f"{len(missing)} reports not had, expected {len(lost)}: {sorted(missing ^ lost)}"
    if any(night.kept.get(url, column.id) != column.id for url in true):
        return "kept for another column"
    said = [summary.why, *(f.why for f in (*summary.failed, *summary.skipped)), *summary.notes]
    words = "; ".join(filter(None, said))
    if bool(words) != bool(case.says) or not re.search(case.says, words):
        return f"says {words!r}"
    silent = lost - {f.url for f in summary.failed} if case.status == "answered" else set()
    return f"silent about {sorted(silent)}" if silent else ""


OF_NIGHTS = ("vsb", "trs", "ucap", "lonsun", "dahe", "nfcms")


def test_a_later_night_sees_what_came_what_changed_and_what_went(tmp_path: Path) -> None:
    plan = Plan(size=len(OF_NIGHTS), port=0, largest_site=1, layouts=OF_NIGHTS)
    with serve_generated(plan) as province:
        at = {site.id: next(columns(site)) for site in province.sites}
        years, gone = range(2018, 2026), report_url(at["trs"], 2019)
        province.fault("vsb", "without", year=2025)
        crawl_night(province, years, tmp_path, FAST)

        province.mend("vsb", "without")  # the numbers of descending pages shift
        province.fault("trs", "without", year=2019)
        province.fault("ucap", "corrected", year=2023)
        province.fault("lonsun", "corrected_elsewhere", year=2023)
        province.fault("dahe", "changing_etag")
        shallow = crawl_night(province, years, tmp_path, FAST)
        deep = crawl_night(province, years, tmp_path, {**FAST, "DEEP_AFTER_DAYS": 0})

    new = {name: shallow.of(column).new for name, column in at.items()}
    assert new == {**dict.fromkeys(OF_NIGHTS, 0), "vsb": 1, "lonsun": 1}
    assert report_url(at["vsb"], 2025) in shallow.kept
    assert shallow.of(at["trs"]).vanished == (gone,)
    assert shallow.summary.complete
    new = {name: deep.of(column).new for name, column in at.items()}
    assert new == {**dict.fromkeys(OF_NIGHTS, 0), "ucap": 1}, "a tag that changes is no new page"


YEAR_ROW = """
[[column]]
id = "{parent.id}_{year}"
agency = "{parent.agency.name}"
level = "{parent.agency.level}"
division = "{parent.agency.division}"
family = "trs"
list_url = "{parent.site.base_url}{path}{year}nb/"
parent = "{parent.id}"
first_year = {year}
last_year = {year}
reason = "one column per report year"
"""


MOVED_AWAY = {
    "404": "HTTP 404",
    "redirect": "blocked:home (HTTP 200)",
    "home": "it names no annual report",
}


@pytest.mark.parametrize("answers", MOVED_AWAY)
def test_a_column_that_moved_with_the_year_is_found_again_from_its_parent(
    tmp_path: Path, answers: str
) -> None:
    registry = tmp_path / "registry"
    with serve_generated(Plan(size=1, port=0, layouts=("trs",)), registry) as province:
        (parent,) = province.columns()
        province.fault("trs", "year_moved", year=2024, answers=answers)
        file, path = registry / f"{REGION}.toml", list_path(parent)
        rows = (YEAR_ROW.format(parent=parent, path=path, year=year) for year in (2023, 2024))
        file.write_text(file.read_text("utf-8") + "".join(rows), "utf-8")
        before = file.read_text("utf-8")
        night = crawl_night(province, range(2022, 2026), tmp_path / "captures", FAST)

    above, still, moved = night.summary.columns
    assert night.summary.complete, night.summary.unreached
    assert set(night.kept) == set(night.truth(parent)), "each year from below the parent, once"
    assert (still.found, still.notes, still.rows_to_add) == (1, (), ())
    assert (moved.found, moved.status) == (1, "answered")
    assert f" is not the column any more ({MOVED_AWAY[answers]})" in moved.notes[0]
    drafts = [tomllib.loads(row)["column"][0] for row in (*moved.rows_to_add, *above.rows_to_add)]
    there = f"{parent.site.base_url}{path}"
    assert {row["first_year"]: row["list_url"] for row in drafts} == {
        2022: f"{there}2022nb/",
        2024: f"{there}2024xxgknb/",
        2025: f"{there}2025nb/",
    }
    assert file.read_text("utf-8") == before, "a program does not write the registry"
    file.write_text(before + "\n".join(row for c in (moved, above) for row in c.rows_to_add))
    assert len(columns_of(registry, REGION)) == 6


def report_url(column: Column, year: int) -> str:
    return column.site.base_url + article_path(column, report(column, year))


def test_every_fault_is_met_by_a_crawl_here() -> None:
    assert {case.fault for case in CASES} == set(FAULTS)
