"""What every export holds, whatever its format: queries in a stable order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select

from storage.warehouse.models import (
    Amendment,
    Attachment,
    Capture,
    Fact,
    FigureChange,
    Finding,
    FindingAcross,
    LocalFigure,
    Report,
)
from storage.warehouse.views import figure_current, report_current

_WHOSE = ("report_id", "agency", "region", "report_year", "scope")
_report, _capture = Report.__table__.c, Capture.__table__.c
_current = report_current.c

_ORDER = (_current.region, _current.report_year, _current.report_column, _current.report_id)


def _reports() -> Select[Any]:
    """Every version that stands, the older wordings too."""
    names = ("kind", "is_current", "report_column", "title", "published_on", "index_number")
    more = ("document_number", "form_t2", "form_t3", "form_t4", "form_s14", "body_copies")
    seen = ("first_seen_at", "last_seen_at")
    return (
        select(
            _report.id.label("report_id"),
            *(_report[name] for name in (*_WHOSE[1:], *names, *more, *seen)),
            *(_capture[name] for name in ("url", "digest", "warc", "warc_offset", "vanished_at")),
        )
        .join_from(Report, Capture, Report.capture_id == Capture.id)
        .where(_report.retired_at.is_(None))
        .order_by(_report.region, _report.report_year, _report.report_column, _report.id)
    )


def _figures() -> Select[Any]:
    """Every cell of every current report, one a row, with its labels."""
    figure = figure_current
    return (
        select(*(column for column in figure.c if column.name != "position"))
        .join_from(figure, report_current, figure.c.report_id == _current.report_id)
        .order_by(*_ORDER, figure.c.position)
    )


def _children(
    model: type[Attachment | Fact | Finding | FindingAcross | LocalFigure],
) -> Select[Any]:
    table = model.__table__
    return (
        select(
            *(_current[name] for name in _WHOSE),
            *(column for column in table.c if column.name not in ("report_id", "scope")),
            *(column.label("whose") for column in table.c if column.name == "scope"),
        )
        .join_from(table, report_current, table.c.report_id == _current.report_id)
        .order_by(*_ORDER, table.c.number)
    )


def _amendments() -> Select[Any]:
    """Every figure of a current report that was corrected by hand."""
    amendment = Amendment.__table__.c
    return (
        select(
            *(_current[name] for name in _WHOSE),
            *(column for column in amendment if column.name != "report_id"),
        )
        .join_from(Amendment, report_current, amendment.report_id == _current.report_id)
        .order_by(*_ORDER, amendment.indicator_id)
    )


def _corrections() -> Select[Any]:
    """Every cell that a later wording of a report prints otherwise, with both sides."""
    change = FigureChange.__table__.c
    return (
        select(
            _report.id.label("report_id"),
            *(_report[name] for name in (*_WHOSE[1:], "changed_after", "first_seen_at")),
            *(column for column in change if column.name != "report_id"),
        )
        .join_from(FigureChange, Report, change.report_id == _report.id)
        .where(_report.retired_at.is_(None))
        .order_by(_report.region, _report.report_year, _report.report_column, _report.id)
        .order_by(change.indicator_id)
    )


EXPORTED: Mapping[str, Select[Any]] = {
    "reports": _reports(),
    "figures": _figures(),
    "local_figures": _children(LocalFigure),
    "amendments": _amendments(),
    "facts": _children(Fact),
    "findings": _children(Finding),
    "findings_across": _children(FindingAcross),
    "attachments": _children(Attachment),
    "corrections": _corrections(),
}
"""By file; `reports` and `corrections` have all wordings, the others those that are current."""
