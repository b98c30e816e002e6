"""A file with its findings placed and explained: what every format shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.check.culprits import Trail, find_culprits
from pipeline.check.doubts import GRAVITY
from pipeline.commands.checking.formulas import Formula, formula_of
from pipeline.commands.checking.source import Source
from pipeline.commands.checking.spots import Spot, Spots
from pipeline.commands.checking.verdicts import verdict
from pipeline.commands.checking.words import Words, visible
from pipeline.commands.files import FileRead
from pipeline.model import Finding, Report, Severity


@dataclass(frozen=True, slots=True)
class Hint:
    """Who may have caused a failed identity; findings of one trail share their hint."""

    trail: Trail
    text: Words


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its place on the page, what should hold, and the likeliest culprit."""

    finding: Finding
    spot: Spot
    formula: Formula | None
    hint: Hint | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file stands, without its report: what a summary of thousands of files keeps."""

    file: str
    agency: str | None
    report_year: int | None
    counts: dict[Severity, int]
    is_read: bool
    is_ok: bool
    """Read, and no error found; warnings and notes leave it so."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, its report and every finding on it; or the error that kept it from being read."""

    file: str
    report: Report | None
    error: Words | None
    remarks: tuple[Remark, ...] = ()

    @property
    def standing(self) -> Standing:
        """How the file stands."""
        seen = Counter(remark.finding.severity for remark in self.remarks)
        counts = {severity: seen[severity] for severity in Severity}
        agency = self.report.agency if self.report else None
        year = self.report.report_year if self.report else None
        is_read = self.report is not None
        is_ok = is_read and not counts[Severity.ERROR]
        return Standing(self.file, agency, year, counts, is_read, is_ok)


def checked(read: FileRead) -> Checked:
    """Every finding in its order; none is left out."""
    file = visible(str(read.path))
    if read.report is None:
        return Checked(file, None, read.error)
    spots = Spots(read.report, Source(read.path))
    return Checked(file, read.report, None, remarks(read.report, spots))


def remarks(report: Report, spots: Spots) -> tuple[Remark, ...]:
    """The findings of a report, explained, the gravest first; of one weight in their order."""
    hints = _hints(report, spots)
    return tuple(
        Remark(
            finding,
            spots.of(finding),
            formula_of(report, spots.figures, finding),
            hints.get((finding.code, finding.where)),
        )
        for finding in sorted(report.findings, key=lambda f: GRAVITY[f.severity])
    )


def file_line(remark: Remark, path: Path | str) -> str:
    """`file:line:` where the line is known, for editors to jump to; else `file:`."""
    return f"{path}:{remark.spot.line}:" if remark.spot.line else f"{path}:"


def _hints(report: Report, spots: Spots) -> Mapping[tuple[str, str], Hint]:
    trails = find_culprits(report.forms, spots.figures, report.findings)
    made = ((trail, Hint(trail, verdict(trail, spots))) for trail in trails)
    return {key: hint for trail, hint in made for key in trail.failed}
