"""A generated province under every fault, where the right outcome is that it says what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.practice.generated.faults import FAULTS
from crawlers.practice.generated.model import Column, Plan
from crawlers.practice.generated.server import serve_generated
from crawlers.practice.generated.sites import columns
from tests.province_support import FAST, Night, crawl_night, table_of

IMPATIENT: dict[str, Any] = {**FAST, "DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 1}
"""A page that drips for eight seconds is too slow here, as one of a minute is on the real web."""
EIGHT_MEGABYTES = 8 << 20


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
    record_property("terminal", table_of("fault  family  recorded as  outcome", rows))
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


def test_every_fault_is_met_by_a_crawl_here() -> None:
    assert {case.fault for case in CASES} == set(FAULTS)
