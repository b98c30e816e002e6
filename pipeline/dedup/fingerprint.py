"""Two fingerprints of a report: one of its figures, one of its prose."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from pipeline.extract.text import core
from pipeline.model import CellState, Report

NOT_PRINTED = frozenset({CellState.NOT_ON_FORM, CellState.ABSENT})


def figures_fingerprint(report: Report) -> str:
    """Of every printed cell: its id, state and value; `5` and `5 件` are the same figure.

    Local rows go by their label: their ids only number them.
    """
    official = (
        f"{figure.id}={figure.state.value}:{figure.value and figure.value.normalize()}"
        for figure in sorted(report.figures, key=lambda figure: figure.id)
        if figure.state not in NOT_PRINTED
    )
    local = (
        f"{core(each.label)} {core(each.column or '')}={each.state.value}:"
        f"{each.value and each.value.normalize()}"
        for each in report.local
    )
    return _digest((*official, *local))


def prose_fingerprint(report: Report) -> str:
    """Of the sections' letters and digits: blanks, punctuation, page furniture do not count."""
    return _digest(f"{section.id}={core(section.text)}" for section in report.sections)


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
