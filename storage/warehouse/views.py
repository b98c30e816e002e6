"""The views, as tables to select from and with the meaning of their columns.

Their SQL stands in the migrations; a test compares the columns. Most questions need only these two:
what is current, with labels, one row a report or one row a cell.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.types import TypeEngine

from storage.warehouse import models
from storage.warehouse.types import ident

VIEWS = MetaData()


def _like(column: Any, name: str | None = None) -> Column[Any]:
    """A column of the view that shows a column of a table."""
    return Column(name or column.name, column.type, doc=column.doc)


def _own(name: str, kind: TypeEngine[Any], doc: str) -> Column[Any]:
    return Column(name, kind, doc=doc)


_report = models.Report.__table__.c
_capture = models.Capture.__table__.c
_agency_name = models.AgencyName.__table__.c
_indicator = models.Indicator.__table__.c
_figure = models.Figure.__table__.c

report_current = Table(
    "report_current",
    VIEWS,
    _like(_report.id, "report_id"),
    _like(_report.agency),
    _like(_agency_name.agency_id),
    *(_like(_report[name]) for name in ("report_year", "scope", "region")),
    *(_like(_report[name]) for name in ("report_column", "kind", "title", "published_on")),
    *(_like(_report[name]) for name in ("index_number", "document_number")),
    *(
        _like(_report[name])
        for name in ("form_t2", "form_t3", "form_t4", "form_s14", "body_copies")
    ),
    *(_like(_report[name]) for name in ("first_seen_at", "last_seen_at")),
    *(_like(_capture[name]) for name in ("url", "fetched_at", "digest", "warc", "warc_offset")),
    _like(_capture["vanished_at"]),
    info={"doc": "The version of each report that was seen last, and the page it was read from."},
)

figure_current = Table(
    "figure_current",
    VIEWS,
    _like(_report.id, "report_id"),
    _like(_report.agency),
    _like(_agency_name.agency_id),
    *(_like(_report[name]) for name in ("report_year", "scope", "region")),
    _own("form", ident(8), "form that the table on the page follows"),
    _like(_indicator.id, "indicator_id"),
    *(_like(_indicator[name]) for name in ("position", "form_table", "row_label", "column_label")),
    *(_like(_indicator[name]) for name in ("unit", "is_total")),
    *(_like(_figure[name]) for name in ("value", "recomputed", "corrected", "state", "raw")),
    _like(_figure.doubt),
    *(_like(_figure[name]) for name in ("page_table", "page_row", "page_column", "page_line")),
    _like(_figure.read_by),
    info={
        "doc": "Every cell of the code list for each table that a current report prints, labelled; "
        "cells that only the other form has are there with the state not_on_form."
    },
)

__all__ = ["VIEWS", "figure_current", "report_current"]
