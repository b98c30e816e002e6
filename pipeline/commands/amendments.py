"""`nianbao amendments`: the figures corrected by hand, and how each stands in the warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.amendments.load import load_amendments
from pipeline.commands.places import Places
from pipeline.model import Amendment


class Standing(StrEnum):
    """What became of an amendment when its report was read."""

    APPLIED = "applied"
    REFUSED = "refused"
    """The report is there, and the figure that was amended is printed in none of its wordings."""
    NOT_LOADED = "not loaded"
    """The warehouse has no report of that agency and year."""


@dataclass(frozen=True, slots=True)
class AmendmentStanding:
    """An amendment and how it stands."""

    amendment: Amendment
    standing: Standing


def amendments(places: Places) -> list[AmendmentStanding]:
    """Every amendment of the data files, as the warehouse last took it."""
    from storage.warehouse.amended import amended_cells, reports_held  # noqa: PLC0415
    from storage.warehouse.engine import warehouse_at  # noqa: PLC0415

    with warehouse_at(places.warehouse) as engine:
        applied, held = amended_cells(engine), reports_held(engine)
    return [
        AmendmentStanding(each, _standing(each, applied, held))
        for known in load_amendments().values()
        for each in known
    ]


def _standing(
    amendment: Amendment, applied: set[tuple[str, int, str]], held: set[tuple[str, int]]
) -> Standing:
    report = amendment.agency, amendment.report_year
    if (*report, amendment.cell) in applied:
        return Standing.APPLIED
    return Standing.REFUSED if report in held else Standing.NOT_LOADED


def amendment_lines(rows: Iterable[AmendmentStanding]) -> Iterator[str]:
    """For people: how each stands, then why it was made and where that can be seen."""
    for row in rows:
        each = row.amendment
        what = f"{each.agency} {each.report_year} {each.cell}: {each.printed} -> {each.value}"
        yield f"{row.standing:<11} {what}"
        yield f"{'':<11} {each.reason}（{each.evidence}，{each.decided_on}）"
