"""A checked file as the JSON object that other tools rely on."""

from __future__ import annotations

from typing import Any

from pipeline.check.culprits import Suspect
from pipeline.commands.checking.checked import Checked, Hint, Remark
from pipeline.commands.checking.spots import Spot, Spots
from pipeline.findings import load_checks
from pipeline.jsonl import finding_object, number


def checked_object(result: Checked) -> dict[str, Any]:
    """The contract of `nianbao check --format json`: one object a file; absent is null.

    `ok` is false where errors were found or the file could not be read; then `error` says why, in
    Chinese, and `error_en` in English.
    """
    spots = Spots(result.report) if result.report else None
    standing = result.standing
    return {
        "file": result.file,
        "ok": standing.is_ok,
        "counts": {severity.value: count for severity, count in standing.counts.items()},
        "error": result.error.zh if result.error else None,
        "error_en": result.error.en if result.error else None,
        "findings": [_finding(remark, spots) for remark in result.remarks],
    }


def _finding(remark: Remark, spots: Spots | None) -> dict[str, Any]:
    """`expected` and `difference` are there for failed identities, as is `culprit`; `rule` is what
    should hold in general, for every check.
    """
    formula, check = remark.formula, load_checks().get(remark.finding.code)
    return {
        **finding_object(remark.finding),
        "place": _place(remark.spot),
        "raw": remark.spot.raw,
        "rule": check.formula if check else None,
        "expected": formula.text.zh if formula else None,
        "expected_en": formula.text.en if formula else None,
        "difference": number(formula.difference) if formula else None,
        "culprit": _culprit(remark.hint, spots) if remark.hint and spots else None,
    }


def _place(spot: Spot) -> dict[str, Any]:
    """`table`, `row`, `column` count from 1 on the page; a row's place is its first figure."""
    place = spot.place
    return {
        "text": spot.said("zh"),
        "text_en": spot.said("en"),
        "table": place.table if place else None,
        "row": place.row if place else None,
        "column": place.column if place else None,
        "line": spot.line,
    }


def _culprit(hint: Hint, spots: Spots) -> dict[str, Any]:
    """A hint, no correction: `cells` most likely first, `value` is what would agree."""
    return {
        "message": hint.text.zh,
        "message_en": hint.text.en,
        "explains_all": bool(hint.trail.explaining),
        "failed": [{"code": code, "where": where} for code, where in hint.trail.failed],
        "cells": [_cell(suspect, spots) for suspect in hint.trail.suspects],
    }


def _cell(suspect: Suspect, spots: Spots) -> dict[str, Any]:
    spot = spots.cell(suspect.where)
    return {
        "where": suspect.where,
        "place": _place(spot),
        "raw": spot.raw,
        "value": number(suspect.value),
        "repairs": suspect.repairs,
    }
