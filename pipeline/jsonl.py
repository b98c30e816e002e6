"""A report as the JSON object that other tools rely on: one line a document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipeline.model import Amendment, CellState, Fact, Figure, Finding, LocalFigure, Place, Report


def report_object(report: Report, file: str) -> dict[str, Any]:
    """The contract of `nianbao read --jsonl`; keys stand in a fixed order, absent is null.

    `cells` holds every cell of the recognised forms and those of other forms (`not_on_form`);
    `value` is there only where `state` is `reported`; beside it stand `doubt`, where an error or a
    warning concerns the cell, `recomputed`, where the form's sums give a value, and `corrected`,
    where somebody amended the figure. `local` holds the rows and columns that the page adds.
    """
    amended = {amendment.cell: amendment for amendment in report.amended}
    return {
        "file": file,
        "title": report.title,
        "agency": report.agency,
        "report_year": report.report_year,
        "scope": report.scope.value,
        "kind": report.kind.value,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "forms": report.forms,
        "cells": {
            figure.id: _cell(figure, report, amended.get(figure.id)) for figure in report.figures
        },
        "local": [_local(figure) for figure in report.local],
        "sections": [
            {"id": section.id, "heading": section.heading, "text": section.text}
            for section in report.sections
        ],
        "facts": [_fact(fact) for fact in report.facts],
        "findings": [finding_object(finding) for finding in report.findings],
        "body_copies": report.body_copies,
    }


def finding_object(finding: Finding) -> dict[str, str]:
    """`message` is Chinese, `message_en` English."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": finding.where,
        "message": finding.message_zh,
        "message_en": finding.message_en,
    }


def number(value: Decimal) -> int | float:
    """A JSON number: counts as integers; amounts have few decimals, a float prints them exactly."""
    return int(value) if value == value.to_integral_value() else float(value)


def _cell(figure: Figure, report: Report, amendment: Amendment | None) -> dict[str, Any]:
    cell: dict[str, Any] = {"raw": figure.raw, "state": figure.state.value}
    if figure.state is CellState.REPORTED and figure.value is not None:
        cell = {"value": number(figure.value), **cell}
    cell |= {"place": _place(figure.place), "read_by": figure.read_by}
    if figure.id in report.doubts:
        cell["doubt"] = report.doubts[figure.id].value
    if figure.id in report.recomputed:
        cell["recomputed"] = number(report.recomputed[figure.id])
    if amendment is not None:
        cell["corrected"] = {
            "value": number(amendment.value),
            "reason": amendment.reason,
            "evidence": amendment.evidence,
            "decided_on": amendment.decided_on.isoformat(),
        }
    return cell


def _local(figure: LocalFigure) -> dict[str, Any]:
    value = {} if figure.value is None else {"value": number(figure.value)}
    return {
        "id": figure.id,
        "label": figure.label,
        "column": figure.column,
        "unit": figure.unit,
        **value,
        "raw": figure.raw,
        "state": figure.state.value,
        "place": _place(figure.place),
    }


def _place(place: Place | None) -> dict[str, int | None] | None:
    if place is None:
        return None
    return {"table": place.table, "row": place.row, "column": place.column, "line": place.line}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "value": None if fact.value is None else number(fact.value),
        "raw": fact.raw,
        "counter": fact.counter,
        "qualifier": fact.qualifier,
        "scope": fact.scope,
        "period": fact.period,
        "sentence": fact.sentence,
        "section": fact.section,
        "start": fact.start,
        "end": fact.end,
    }
