"""What duplicate search keeps of a report: names, figures and hashed sentences, no text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from pipeline.model import Report, Scope
from pipeline.parse.prose import own_sentences

HASH_BYTES = 8
"""64 bits: of the 10^8 sentences of all reports since 2008, three in ten thousand would clash."""

WITHOUT_PLACE = "agency_without_place"
"""The finding on a report whose agency is 应急管理局 of nowhere: its name is part of a name."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A few hundred bytes of one report, enough to tell it from every other one."""

    agency: str | None
    has_place: bool
    """False: `agency` is only the end of an official name, or unknown."""
    year: int | None
    scope: Scope
    cells: frozenset[tuple[str, Decimal]]
    """Id and value of the cells that are not zero."""
    sentences: frozenset[int]
    agency_id: str | None = None

    @property
    def who(self) -> str | None:
        """What the report is kept under: an agency has one id and may have two names in a year."""
        return self.agency_id or self.agency


def sketch(report: Report) -> Sketch:
    """Sketch a report as read."""
    codes = {finding.code for finding in report.findings}
    return Sketch(
        agency=report.agency,
        has_place=report.agency is not None and WITHOUT_PLACE not in codes,
        year=report.report_year,
        scope=report.scope,
        cells=frozenset((figure.id, figure.value) for figure in report.figures if figure.value),
        sentences=frozenset(hashed(said.key for said in own_sentences(report))),
        agency_id=report.agency_id,
    )


def hashed(keys: Iterable[str]) -> Iterable[int]:
    """The same number for the same sentence on every machine and in every run."""
    for key in keys:
        yield int.from_bytes(blake2b(key.encode(), digest_size=HASH_BYTES).digest(), "big")


def share(part: frozenset[object], whole: frozenset[object]) -> float:
    """The share of `part` that is in `whole`; 0 where there is nothing."""
    return len(part & whole) / len(part) if part else 0.0
