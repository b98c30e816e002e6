"""Reports and findings on a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from pipeline.forms.model import forms_said
from pipeline.model import CellState, Report, Severity

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
"""How a severity looks to a person at a terminal."""

WIDE = 1000
"""Characters of a line where nobody looks: a table in a file or pipe is neither folded nor cut; the
longest address of the registry has 170."""


def plain_table(*headings: str) -> Table:
    """Columns without frames; a cell that does not fit ends in `…` instead of a second line."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(heading, no_wrap=True, overflow="ellipsis", min_width=cell_len(heading))
    return table


def report_table(reports: Iterable[tuple[Path, Report]]) -> Table:
    """A row per report: whose, which year, which forms, how much was read and doubted."""
    table = plain_table("file", "agency", "year", "forms", "figures", "errors", "warnings", "notes")
    for path, report in reports:
        kinds = Counter(finding.severity for finding in report.findings)
        read = sum(figure.state is CellState.REPORTED for figure in report.figures)
        forms = forms_said(report.forms) or "-"
        counts = [str(kinds[severity]) for severity in Severity]
        year = "-" if report.report_year is None else str(report.report_year)
        table.add_row(path.name, report.agency or "-", year, forms, str(read), *counts)
    return table


def console() -> Console:
    """Results go to stdout, unwrapped where nobody looks."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
