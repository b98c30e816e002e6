"""What two wordings of a report print differently, cell by cell."""

from __future__ import annotations

from pipeline.dedup.fingerprint import NOT_PRINTED
from pipeline.model import Figure, Report
from pipeline.versions import CellChange

Shown = tuple[str, object]


def changed_cells(before: Report, after: Report) -> tuple[CellChange, ...]:
    """The cells whose state or value differs, in the order of the code list's ids.

    `5` and `5 件` are the same figure; a cell that neither page prints is no change.
    """
    old, new = _printed(before), _printed(after)
    return tuple(
        CellChange(id_, old.get(id_), new.get(id_))
        for id_ in sorted(old.keys() | new.keys())
        if _shown(old.get(id_)) != _shown(new.get(id_))
    )


def _printed(report: Report) -> dict[str, Figure]:
    return {each.id: each for each in report.figures if each.state not in NOT_PRINTED}


def _shown(figure: Figure | None) -> Shown | None:
    return None if figure is None else (figure.state.value, figure.value)
