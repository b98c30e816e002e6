"""How much of what our own pages print the reader gets right, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crawlers.practice.corpus.documents import documents
from crawlers.practice.library import load_sites
from crawlers.practice.render import render_report
from crawlers.practice.truth import truth as practice_truth
from pipeline.model import Claim, Report
from pipeline.read import read_page

CONTENT_TYPES = {".html": "text/html", ".txt": "text/plain", ".md": "text/markdown"}
MISTAKES = ("wrong", "missing", "invented", "silent", "year_wrong", "agency_wrong", "unsaid")
"""What is counted besides the cells: `invented` is read where nothing is printed, `silent` is a
wrong or missing cell that no finding points at, `unsaid` a finding that the document
asks for and the reader does not make."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document, its truth, and the groups it counts in."""

    name: str
    body: bytes
    content_type: str
    truth: Mapping[str, Any]
    groups: tuple[str, ...]
    claim: Claim = field(default_factory=Claim)


@dataclass(slots=True)
class Score:
    """Cells of a group: how many there are, how many are right, and what is wrong."""

    pages: int = 0
    cells: int = 0
    right: int = 0
    mistakes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MISTAKES, 0))

    @property
    def share(self) -> float:
        """Of the cells, those read as printed."""
        return self.right / self.cells if self.cells else 1.0

    def add(self, other: Score) -> None:
        """Counts of another page."""
        self.pages += other.pages
        self.cells += other.cells
        self.right += other.right
        for name, count in other.mistakes.items():
            self.mistakes[name] += count


def pages() -> Iterator[Page]:
    """The corpus, then the reports of the practice province."""
    for own in documents():
        groups = (f"form {own.form}", f"shape {own.shape}", f"family {own.family}")
        yield Page(own.name, own.body, CONTENT_TYPES[own.suffix], own.truth, groups)
    for site in load_sites():
        for report in site.reports:
            known = practice_truth(report)
            doc = known["doc"]
            assert isinstance(doc, dict)
            form = doc["form_version"].replace("narrative", "none")
            groups = (f"form {form}", "shape practice", f"family {site.family}")
            body = render_report(report, site)
            name = f"{site.id} {report.report_year}"
            claim = Claim(site.agency, report.report_year)
            yield Page(name, body, "text/html", known, groups, claim)


def score(page: Page) -> Score:
    """One page read and compared with its truth, as the scoring tool of the field does it."""
    report = read_page(page.body, content_type=page.content_type, claim=page.claim)
    read = {f.id: f.value for f in report.figures if f.value is not None}
    own = Score(pages=1)
    places = {finding.where for finding in report.findings}
    for id_, printed in page.truth["cells"].items():
        if id_ in page.truth.get("unscored", ()):
            continue
        _compare(own, id_, None if printed is None else Decimal(str(printed)), read, places)
    if not page.truth.get("partial"):
        own.mistakes["invented"] += len(set(read) - set(page.truth["cells"]))
        own.mistakes["year_wrong"] += report.report_year != page.truth["doc"]["report_year"]
    own.mistakes["agency_wrong"] += report.agency != page.truth["doc"]["agency"]
    own.mistakes["unsaid"] += _unsaid(report, page.truth.get("expects", ()))
    return own


def _compare(
    own: Score, id_: str, printed: Decimal | None, read: Mapping[str, Decimal], places: set[str]
) -> None:
    value = read.get(id_)
    own.cells += 1
    if value == printed:
        own.right += 1
        return
    kind = "missing" if value is None else "invented" if printed is None else "wrong"
    own.mistakes[kind] += 1
    parts = id_.split(".")
    own.mistakes["silent"] += not {".".join(parts[:n]) for n in (1, 2, 3)} & places


def _unsaid(report: Report, expects: Iterable[str]) -> int:
    codes = {finding.code for finding in report.findings}
    return sum(not codes & set(expected.split("|")) for expected in expects)


def measured() -> tuple[dict[str, Score], dict[str, Score]]:
    """Scores by group, and by page where anything is wrong."""
    groups: dict[str, Score] = {"all": Score()}
    failing: dict[str, Score] = {}
    for page in pages():
        own = score(page)
        if any(own.mistakes.values()):
            failing[page.name] = own
        for group in ("all", *page.groups):
            groups.setdefault(group, Score()).add(own)
    return groups, failing
