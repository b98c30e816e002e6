"""Comparing across years and agencies: current versions of a region, year against year before.

What is found stands on the later report. A cell compares its own year with the year before, and
the year after with its own, so that the findings come out the same in whichever order cells run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.check.across.compare import compare
from pipeline.check.across.twins import twins
from pipeline.commands.places import Cell, Places
from pipeline.model import Scope
from pipeline.versions import Comparison, Version
from storage.stages import read_stage, write_stage

Series = tuple[str, Scope]
"""Agency by id, and scope: whose reports of two years belong together, whatever it was called."""


def compare_years(places: Places, cell: Cell) -> None:
    """Write the comparisons whose later report is about the cell's year or the next."""
    before = _current(places, Cell(cell.region, cell.year - 1))
    for year in (cell.year, cell.year + 1):
        later = Cell(cell.region, year)
        after = _current(places, later)
        if places.stage("versions", later).exists():
            found = (c for c in _comparisons(before, after) if c.findings or c.copied)
            write_stage(places.stage("comparisons", later), found)
        before = after


def comparisons_of(places: Places, cell: Cell) -> Iterator[Comparison]:
    """What the versions of a cell are found to say against others; none if not compared yet."""
    path = places.stage("comparisons", cell)
    if path.exists():
        yield from read_stage(path, Comparison)


def _comparisons(
    before: Mapping[Series, Version], after: Mapping[Series, Version]
) -> Iterator[Comparison]:
    for series, version in after.items():
        if series in before:
            yield compare(before[series], version)
    yield from twins(after.values())


def _current(places: Places, cell: Cell) -> dict[Series, Version]:
    path = places.stage("versions", cell)
    if not path.exists():
        return {}
    versions = (v for v in read_stage(path, Version) if v.report_year == cell.year)
    return {(v.report.agency_id or v.agency, v.scope): v for v in versions if v.is_current}
