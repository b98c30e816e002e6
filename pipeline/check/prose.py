"""What the prose says against what the tables say, and prose that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.findings import finding
from pipeline.model import Finding, Report

RECEIVED = "n.requests_received"
NEW, CARRIED = "t3.new_received.total", "t3.carried_in.total"
PROBLEMS = "problems"


def check_requests(report: Report) -> Iterator[Finding]:
    """Requests received in words: the newly received, or those with the carried in; else a finding.

    Both are meant by real reports, so either will do. Round figures and other scopes say nothing.
    """
    figures = {f.id: f.value for f in report.figures if f.id in {NEW, CARRIED}}
    new, carried = figures.get(NEW), figures.get(CARRIED)
    if new is None:
        return
    either = {new} if carried is None else {new, new + carried}
    for fact in report.facts:
        stated = fact.id == RECEIVED and fact.qualifier == "exact" and fact.period == "year"
        if stated and fact.scope == report.scope.value and fact.value not in {None, *either}:
            table = " / ".join(str(value) for value in sorted(either))
            values = {"said": fact.value, "table": table, "sentence": fact.sentence[:60]}
            yield finding("prose_differs", NEW, **values)


def check_problems(report: Report) -> Iterator[Finding]:
    """The law asks for problems and improvements (条例第五十条): a bare heading is none."""
    for section in report.sections:
        if section.id == PROBLEMS and not section.text.strip():
            yield finding("section_empty", f"section.{PROBLEMS}", label=section.heading)
