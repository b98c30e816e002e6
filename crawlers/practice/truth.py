"""What a reader must find on a practice page, computed from the data and never from the page."""

from __future__ import annotations

from decimal import Decimal

from crawlers.practice.forms import cells
from crawlers.practice.model import PracticeReport

ZERO = Decimal(0)


def figure(report: PracticeReport, cell: str) -> Decimal:
    """The figure behind a cell; the data lists those that are not zero."""
    return report.figures.get(cell, ZERO)


def truth(report: PracticeReport) -> dict[str, object]:
    """The report's truth: `doc`, `cells` by id (null: nothing is printed there), known errors.

    Counts are int, amounts float; every figure of the forms survives that exactly as printed.
    """
    codes = sorted(set(report.forms.values()))
    return {
        "doc": {
            "title": report.title,
            "agency": report.agency,
            "report_year": report.report_year,
            "form_version": "+".join(codes) or "narrative",
        },
        "cells": {cell: _value(report, cell) for cell in cells(report.forms)},
        "identity_violations": [
            {"identity": e.identity, "where": e.where, "note": e.note} for e in report.errors
        ],
        "deviations": [mishap.name for mishap in report.accidents],
    }


def _value(report: PracticeReport, cell: str) -> int | float | None:
    if cell in report.printed:
        return None
    value = figure(report, cell)
    return int(value) if value == value.to_integral_value() else float(value)
