"""Why a version cannot be loaded. A reason names the cell, so that a person can look."""

from __future__ import annotations

from collections import Counter
from functools import cache

from pipeline.forms import load_indicators
from pipeline.versions import Version


def reason_to_refuse(version: Version) -> str | None:
    """What is wrong with a version whatever the database, or null."""
    if not version.captures:
        return "no capture shows this version; expected at least the one it was read from"
    ids = [figure.id for figure in version.report.figures]
    unknown = set(ids) - _code_list()
    if unknown:
        return f"{min(unknown)} is not in the code list of pipeline/forms; expected one of its ids"
    if len(set(ids)) < len(ids):
        twice = next(key for key, count in Counter(ids).items() if count > 1)
        return f"{twice} is there twice; expected each cell once"
    return None


@cache
def _code_list() -> frozenset[str]:
    return frozenset(indicator.id for indicator in load_indicators())
