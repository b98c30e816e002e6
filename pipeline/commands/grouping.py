"""Grouping across cells: a page listed under one year may report on another.

Such a stray counts in the year that it reports on. A cell groups its own reports with the strays
of its neighbours, and once more the years that its own strays belong to; so the versions come out
the same whichever of the two cells is run, and in whichever order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.commands.places import Cell, Places
from pipeline.dedup.plan import Seen, contested, identified, plan, see
from pipeline.dedup.versions import versions
from pipeline.model import Capture, CapturedReport
from pipeline.versions import Version
from storage.captures import CaptureStore
from storage.stages import read_stage


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a region about a year; each iteration reads the stage files again."""

    places: Places
    region: str
    year: int

    def __iter__(self) -> Iterator[CapturedReport]:
        """Those of the cell, then the strays of its neighbours."""
        yield from _read(self.places, "reports", Cell(self.region, self.year))
        folder = self.places.stage("strays", Cell(self.region, self.year)).parent
        for path in sorted(folder.glob("*.jsonl")):
            for item in read_stage(path, CapturedReport):
                if item.report.report_year == self.year:
                    yield item


@dataclass(frozen=True, slots=True)
class Grouped:
    """The versions of a region's year, and the pages that no name or year could be found for."""

    versions: Iterator[Version]
    nameless: list[Capture]


def group_year(places: Places, region: str, year: int) -> Grouped:
    """All versions of the reports of a region about a year, one report in memory at a time."""
    reports = Reports(places, region, year)
    seen = identified(map(see, reports))
    addresses = contested(seen)
    again = _last_seen(places, region, year, seen, addresses) if addresses else []
    nameless = [each.capture for each in seen if each.key is None]
    return Grouped(versions(plan(seen, again), reports), nameless)


def stray_years(places: Places, cell: Cell) -> list[int]:
    """The years that the strays of a cell report on."""
    strays = _read(places, "strays", cell)
    return sorted({y for item in strays if (y := item.report.report_year) is not None})


def _last_seen(
    places: Places, region: str, year: int, seen: list[Seen], addresses: set[str]
) -> list[Capture]:
    """The night that finds a page unchanged reads nothing; its visit stands in the archive."""
    listed = {y for each in seen if (y := each.capture.report_year) is not None}
    with CaptureStore(places.captures) as store:
        return [
            capture
            for y in sorted({year, *listed})
            for capture in store.captures(region, y, latest_only=True, undated=y == year)
            if capture.url in addresses
        ]


def _read(places: Places, name: str, cell: Cell) -> Iterator[CapturedReport]:
    """The items of a stage file; none where the cell has not been run yet."""
    path = places.stage(name, cell)
    if path.exists():
        yield from read_stage(path, CapturedReport)
