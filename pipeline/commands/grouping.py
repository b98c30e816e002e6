"""Grouping across cells: a page listed under one year may report on another.

Such a stray counts in the year that it reports on. A cell groups its own reports with the strays
of its neighbours, and once more the years that its own strays belong to; so the versions come out
the same whichever of the two cells is run, and in whichever order.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.commands.places import Cell, Places
from pipeline.dedup.versions import group
from pipeline.model import CapturedReport, Version
from storage.captures import CaptureStore
from storage.stages import read_stage


def group_year(places: Places, region: str, year: int) -> tuple[Version, ...]:
    """All versions of the reports of a region about a year."""
    reports = [*_own(places, Cell(region, year)), *_strays_to(places, region, year)]
    listed_under = {item.capture.report_year for item in reports} - {None}
    with CaptureStore(places.captures) as store:
        # What was seen last says which wording stands today, though its bytes were read long ago.
        last_seen = [
            capture
            for listed in {year, *listed_under}
            for capture in store.captures(region, listed, latest_only=True, undated=listed == year)
        ]
    return group(reports, last_seen)


def stray_years(places: Places, cell: Cell) -> list[int]:
    """The years that the strays of a cell report on."""
    strays = _read(places, "strays", cell)
    return sorted({y for item in strays if (y := item.report.report_year) is not None})


def _own(places: Places, cell: Cell) -> Iterator[CapturedReport]:
    yield from _read(places, "reports", cell)


def _strays_to(places: Places, region: str, year: int) -> Iterator[CapturedReport]:
    folder = places.stage("strays", Cell(region, year)).parent
    for path in sorted(folder.glob("*.jsonl")):
        for item in read_stage(path, CapturedReport):
            if item.report.report_year == year:
                yield item


def _read(places: Places, name: str, cell: Cell) -> Iterator[CapturedReport]:
    """The items of a stage file; none where the cell has not been run yet."""
    path = places.stage(name, cell)
    if path.exists():
        yield from read_stage(path, CapturedReport)
