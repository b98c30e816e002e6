"""Any one digit of any non-zero cell, changed: does some check say so, and whom does it suspect?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from crawlers.practice.corpus.documents import documents
from crawlers.practice.library import load_sites
from crawlers.practice.render import render_report
from pipeline.check.culprits import find_culprits
from pipeline.check.run import check
from pipeline.model import Claim, Figure, Report
from pipeline.read import read_page

DIGITS = "0123456789"

LISTS = 6
"""Reports with the list of 2014 to 2018; the practice province has none, the corpus has them."""

MEASURES = ("caught", "culprit first", "culprit alone")


def originals() -> Iterator[Report]:
    """Every practice report that prints a table, and some lists of 2014 to 2018."""
    for site in load_sites():
        for report in site.reports:
            claim = Claim(site.agency, report.report_year)
            yield read_page(render_report(report, site), claim=claim)
    lists = (own for own in documents() if own.deviation == "form_2014.plain")
    for _, own in zip(range(LISTS), lists, strict=False):
        yield read_page(
            own.body, content_type="text/html" if own.suffix == ".html" else "text/plain"
        )


def measured(every: int) -> dict[str, Counter[str]]:
    """Table -> how many changes, and how many of them were caught and traced; each `every`-th."""
    seen: dict[str, Counter[str]] = {}
    count = 0
    for report in originals():
        known = _said(check(replace(report, findings=())))
        for cell, value in _changes(report):
            count += 1
            if count % every == 0:
                table = cell.id.partition(".")[0]
                seen.setdefault(table, Counter()).update(_outcome(report, known, cell, value))
    return seen


def misprinted(table: str, every: int) -> Iterator[tuple[str, set[str]]]:
    """The same on the page itself: what was changed, and the codes of what is found in addition."""
    count = 0
    for site in load_sites():
        for report in site.reports:
            page = render_report(report, site)
            known = _codes(page)
            for cell, own in report.figures.items():
                if not cell.startswith(f"{table}.") or not own:
                    continue
                for value in _misprints(own):
                    count += 1
                    if count % every == 0:
                        changed = replace(report, figures={**report.figures, cell: value})
                        entries = (changed if each is report else each for each in site.entries)
                        found = _codes(
                            render_report(changed, replace(site, entries=tuple(entries)))
                        )
                        yield f"{report.title}, {cell}: {value} for {own}", found - known


def _codes(page: bytes) -> set[str]:
    return {f"{f.code} {f.where} {f.message_zh}" for f in read_page(page).findings}


def _misprints(value: Decimal) -> Iterator[Decimal]:
    """Each digit as each other digit."""
    digits = format(value, "f")
    for place, own in enumerate(digits):
        for digit in DIGITS if own.isdigit() else "":
            if digit != own:
                yield Decimal(digits[:place] + digit + digits[place + 1 :])


def _changes(report: Report) -> Iterator[tuple[Figure, Decimal]]:
    for figure in report.figures:
        for value in _misprints(figure.value) if figure.value else ():
            yield figure, value


def _outcome(
    report: Report, known: set[tuple[str, str, str]], cell: Figure, value: Decimal
) -> Iterator[str]:
    changed = replace(cell, value=value, raw=format(value, "f"))
    figures = tuple(changed if f.id == cell.id else f for f in report.figures)
    checked = check(replace(report, figures=figures, findings=()))
    yield "changed"
    if _said(checked) - known:
        yield "caught"
    trails = find_culprits(report.forms, {f.id: f for f in figures}, checked.findings)
    named = [suspect.where for trail in trails for suspect in trail.tied]
    if cell.id in named:
        yield "culprit first"
    if named == [cell.id]:
        yield "culprit alone"


def _said(report: Report) -> set[tuple[str, str, str]]:
    return {(f.code, f.where, f.message_zh) for f in report.findings}


def share(counts: Counter[str], what: str) -> float:
    """Of all changes of a table."""
    return counts[what] / counts["changed"]


def printed(seen: dict[str, Counter[str]]) -> str:
    """The table that the suite shows."""
    lines = [f"{'one digit changed':<24}{'changes':>9}{''.join(f'{m:>15}' for m in MEASURES)}"]
    for table, counts in sorted(seen.items()):
        shares = "".join(f"{share(counts, what):>15.1%}" for what in MEASURES)
        lines.append(f"table {table:<18}{counts['changed']:>9}{shares}")
    return "\n".join(lines)
