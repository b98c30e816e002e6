"""Versions to load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pipeline.dedup.changes import changed_cells
from pipeline.forms import load_indicators
from pipeline.model import (
    Amendment,
    Capture,
    CaptureKind,
    CellState,
    Fact,
    Figure,
    Finding,
    LocalFigure,
    PageFields,
    Place,
    Report,
    Scope,
    Section,
    Severity,
)
from pipeline.versions import Version, VersionKind

DAY = datetime(2026, 11, 20, 18, 0, 0, 250000, UTC)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
AGENCY = "云江省应急管理厅"
MONEY = "t2.centralized_procurement.total_amount_10k_cny"


def capture(
    body: str = "a",
    *,
    day: int = 0,
    column: str = "yj_yjglt",
    year: int | None = 2019,
    url: str = "",
) -> Capture:
    """A fetch of a page whose bytes are told apart by `body`, on the given day."""
    return Capture(
        id=day,
        crawl=f"crawl-{day}",
        region="99_yunjiang",
        column=column,
        kind=CaptureKind.REPORT,
        report_year=year,
        url=url or f"https://{column.replace('_', '.')}.gov.cn/{year}.html",
        status=200,
        content_type="text/html; charset=utf-8",
        fetched_at=DAY + timedelta(days=day),
        digest=f"sha256:{body}",
        warc=f"99_yunjiang/2019/{day}.warc.gz",
        offset=day * 1000,
        is_new=True,
    )


def figures(form: str = "2019", changes: Mapping[str, str] | None = None) -> tuple[Figure, ...]:
    """Every cell of a form, 0 each but for the money and the changes."""
    printed = {MONEY: "521.0592", **(changes or {})}
    return tuple(
        Figure(
            indicator.id,
            Decimal(printed.get(indicator.id, "0")),
            printed.get(indicator.id, "0"),
            CellState.REPORTED,
            Place(1, row, 2, 100 + row),
        )
        for row, indicator in enumerate(load_indicators(), start=1)
        if form in indicator.forms
    )


def report(
    cells: tuple[Figure, ...] | None = None, prose: str = "全年主动公开信息若干条。"
) -> Report:
    """A whole report on the form of 2019."""
    return Report(
        title="云江省应急管理厅2019年政府信息公开工作年度报告",
        agency=AGENCY,
        report_year=2019,
        scope=Scope.AGENCY,
        published_on=date(2020, 1, 20),
        forms={"t2": "2019", "t3": "2019", "t4": "2019"},
        figures=figures() if cells is None else cells,
        sections=(
            Section("overview", "一、总体情况", prose),
            Section("proactive_disclosure", "二、主动公开政府信息情况", ""),
        ),
        facts=(
            Fact(
                id="n.proactive_total",
                value=Decimal(12),
                raw="12",
                counter="条",
                qualifier="exact",
                scope="agency",
                period="year",
                sentence=prose,
                section="overview",
                start=2,
                end=4,
            ),
        ),
        findings=(
            Finding("row_width", Severity.ERROR, "t3.granted", "行宽不符", "the row is too wide"),
            Finding("label_variant", Severity.NOTE, "t3.denied", "行名有异", "another label"),
        ),
        body_copies=1,
        fields=PageFields(index_number="YJ-2020-01"),
    )


def layered() -> Report:
    """A report with a total that its sums give otherwise, an amendment, and a row of its own."""
    amendment = Amendment(
        agency=AGENCY,
        report_year=2019,
        cell="t3.granted.total",
        printed="0",
        value=Decimal(4),
        reason="少计四件",
        evidence="答复书台账",
        decided_on=date(2026, 11, 22),
    )
    known = (Decimal("12.5"), "12.5", CellState.REPORTED)
    local = (
        LocalFigure(
            "t2x.1.1", "其他主动公开文件", "本年新制作数量", "件", *known, Place(1, 6, 2, 88)
        ),
        LocalFigure("s14x.2.1", "机构领导", None, None, None, "/", CellState.SLASH, Place(2, 1, 2)),
    )
    recomputed = {"t3.granted.total": Decimal(3), MONEY: Decimal("521.06")}
    return replace(report(), recomputed=recomputed, amended=(amendment,), local=local)


def version(*captures: Capture, **changes: object) -> Version:
    """A version of the agency's report for 2019; `report=` and any other field may be given."""
    made = Version(
        agency=AGENCY,
        report_year=2019,
        scope=Scope.AGENCY,
        figures_fingerprint="f1",
        prose_fingerprint="p1",
        kind=VersionKind.FIRST,
        is_current=True,
        captures=captures or (capture(),),
        report=report(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def many(count: int) -> list[Version]:
    """Reports of as many agencies, alike but for the name."""
    one = version()
    return [
        replace(
            one, agency=f"{AGENCY}第{n}局", captures=(capture(f"body{n}", column=f"yj_{n:04}"),)
        )
        for n in range(count)
    ]


def correction(first: Version, *captures: Capture) -> list[Version]:
    """The first version, and another that corrects a figure and was seen last."""
    cells = figures(changes={"t3.granted.total": "7"})
    corrected = replace(
        first,
        captures=captures,
        kind=VersionKind.CORRECTION,
        figures_fingerprint="f2",
        report=report(cells),
        changes=changed_cells(first.report, report(cells)),
        changed_after=first.captures[-1].fetched_at,
    )
    return [replace(first, is_current=False), corrected]
