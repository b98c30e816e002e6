"""Two fingerprints of a report: one of its figures, one of its prose."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from pipeline.extract.text import core
from pipeline.model import CellState, Report

NOT_PRINTED = frozenset({CellState.NOT_ON_FORM, CellState.ABSENT})


def figures_fingerprint(report: Report) -> str:
    """Of every printed cell: its id, state and value; `5` and `5 件` are the same figure.

    Local rows go by their label: their ids only number them.
    """
    official = sorted(
        f"{figure.id}={figure.state}:{_number(figure.value)}"
        for figure in report.figures
        if figure.state not in NOT_PRINTED
    )
    local = (
        f"{core(each.label)} {core(each.column or '')}={each.state}:{_number(each.value)}"
        for each in report.local
    )
    return _digest((*official, *local))


def prose_fingerprint(report: Report) -> str:
    """Of the sections' letters and digits: blanks, punctuation, page furniture do not count."""
    return _digest(f"{section.id}={core(section.text)}" for section in report.sections)


def _number(value: Decimal | None) -> str:
    """`1.50` and `1.5` are one figure."""
    return "" if value is None else f"{value.normalize():f}"


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
