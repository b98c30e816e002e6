"""Grouping across cells: a page listed under one year may report on another.

Such a stray counts in the year that it reports on. A cell groups its own reports with the strays
of its neighbours, and once more the years that its own strays belong to; so the versions come out
the same whichever of the two cells is run, and in whichever order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from pipeline.commands.places import Cell, Places
from pipeline.dedup.versions import group
from pipeline.model import Capture, CapturedReport, Version
from storage.captures import CaptureStore
from storage.stages import read_stage


def group_year(places: Places, region: str, year: int) -> tuple[Version, ...]:
    """All versions of the reports of a region about a year."""
    reports = [*_own(places, Cell(region, year)), *_strays_to(places, region, year)]
    versions = group(reports)
    addresses = contested(versions)
    if not addresses:
        return versions
    return group(reports, _last_seen(places, region, year, reports, addresses))


def contested(versions: Iterable[Version]) -> set[str]:
    """The addresses of reports with several wordings.

    Which wording stands today depends on where each was seen last, though its bytes were read long
    ago. A report with one wording is that wording: the night that finds it unchanged changes no
    row, and its visit stands in the index of the archive.
    """
    by_report = defaultdict(list)
    for version in versions:
        by_report[version.agency, version.report_year, version.scope].append(version)
    several = [wordings for wordings in by_report.values() if len(wordings) > 1]
    return {c.url for wordings in several for version in wordings for c in version.captures}


def stray_years(places: Places, cell: Cell) -> list[int]:
    """The years that the strays of a cell report on."""
    strays = _read(places, "strays", cell)
    return sorted({y for item in strays if (y := item.report.report_year) is not None})


def _last_seen(
    places: Places,
    region: str,
    year: int,
    reports: Iterable[CapturedReport],
    addresses: Container[str],
) -> list[Capture]:
    listed = {item.capture.report_year for item in reports if item.capture.report_year is not None}
    with CaptureStore(places.captures) as store:
        return [
            capture
            for y in sorted({year, *listed})
            for capture in store.captures(region, y, latest_only=True, undated=y == year)
            if capture.url in addresses
        ]


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
