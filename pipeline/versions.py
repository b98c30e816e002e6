"""What the captures of a report amount to: versions, and what they say of each other. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pipeline.model import Capture, Fact, Figure, Finding, Report, Scope


class VersionKind(StrEnum):
    """What a version is to the version before it, by `seen_from`."""

    FIRST = "first"
    REPUBLICATION = "republication"
    """Same figures, other words."""
    CORRECTION = "correction"
    """At least one figure differs, in a table or in the prose."""
    OTHER = "other"
    """Neither figures nor words agree: another report, mislabelled with this name and year."""


class Showing(StrEnum):
    """How a capture shows a version, against the version's first capture."""

    FIRST = "first"
    REFORMATTED = "reformatted"
    """The same address with other bytes: a click counter, a redesign, no other word or figure."""
    COPY = "copy"
    """The same bytes at another address."""
    REPRINT = "reprint"
    """Another address and another page around it: a mirror, the print or the mobile page."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that a version prints otherwise than the version before it.

    `before` or `after` is null where that wording has no such cell.
    """

    id: str
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True)
class FactChange:
    """A figure of the prose that a version states otherwise than the version before it."""

    before: Fact
    after: Fact


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of one report: key (agency, report year, scope) and two fingerprints."""

    agency: str
    report_year: int
    scope: Scope
    figures_fingerprint: str
    """Hash of the cell ids with their states and values."""
    prose_fingerprint: str
    """Hash of the sections' letters and digits; blanks and punctuation do not count."""
    kind: VersionKind
    is_current: bool
    """True for exactly one version of a key: the one seen last."""
    captures: tuple[Capture, ...]
    """Every capture that shows this version, oldest first: the first, then its copies."""
    report: Report
    """As read from the first capture."""
    changes: tuple[CellChange, ...] = ()
    """Against the version before it, by cell id; empty unless `kind` is correction."""
    stated: tuple[FactChange, ...] = ()
    """The same for the figures of its prose, in page order."""
    changed_after: datetime | None = None
    """When the version before it was last seen before this one appeared: the change was made
    between then and the first capture. Null for the first version."""

    def showing(self, capture: Capture) -> Showing:
        """How one of `captures` shows the version."""
        first = self.captures[0]
        if capture.url == first.url:
            same = capture.digest == first.digest
            return Showing.FIRST if same else Showing.REFORMATTED
        return Showing.COPY if capture.digest == first.digest else Showing.REPRINT


class VersionKey(NamedTuple):
    """What names a version outside the pipeline; `digest` is of its first capture's body."""

    agency: str
    report_year: int
    scope: Scope
    digest: str


@dataclass(frozen=True, slots=True)
class CopiedSentence:
    """A sentence that stood in an earlier report too; places are those of the stored sections."""

    section: str
    start: int
    end: int
    text: str
    """As the later report prints it."""
    before_section: str
    before_start: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions say of each other: two years of an agency, or two agencies of a year."""

    before: VersionKey
    """The other side: the earlier year, or the other agency."""
    after: VersionKey
    """The version that the findings stand on."""
    findings: tuple[Finding, ...]
    copied: tuple[CopiedSentence, ...] = ()
