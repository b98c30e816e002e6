"""Files checked beside last year's report of the same agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.check.across.compare import contrast
from pipeline.commands.files import FileRead, read_file
from pipeline.errors import NianbaoError
from pipeline.findings import finding
from pipeline.model import Report

SHOWN = 40
"""Characters of a copied sentence: enough to find it by."""


def beside(files: Iterable[FileRead], last_year: Path) -> Iterator[FileRead]:
    """The files with what last year's report says against them.

    Raises:
        NianbaoError: last year's report cannot be read, or is about no year that can be told.
    """
    before = read_file(last_year)
    if before.report is None:
        why = f"{before.error.zh} · {before.error.en}" if before.error else ""
        raise NianbaoError(f"--last-year {last_year}: {why}")
    if before.report.report_year is None:
        raise NianbaoError(f"--last-year: {last_year} does not say which year it reports on")
    for each in files:
        yield replace(each, report=_compared(before.report, each.report) if each.report else None)


def _compared(before: Report, report: Report) -> Report:
    found, copied = contrast(before, report)
    sentences = (
        finding(
            "sentence_copied",
            f"section.{each.section}",
            before_year=before.report_year,
            text=each.text[:SHOWN],
        )
        for each in copied
    )
    return replace(report, findings=(*report.findings, *found, *sentences))
