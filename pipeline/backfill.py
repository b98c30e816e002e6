"""Dagster runs started by the command: what happens is shown while it happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import dagster as dg
from rich.console import Console

from pipeline.commands.doctor import dagster_home
from pipeline.defs.runs import CheckOutcome, RunOutcome, run_range

LOADED = "rows written"
"""Metadata of the asset `warehouse`: how many rows the load changed."""


@dataclass(frozen=True, slots=True)
class Backfilled:
    """How the runs ended, and how many rows of the warehouse they changed."""

    outcomes: tuple[RunOutcome, ...]
    changed_rows: int

    @property
    def success(self) -> bool:
        """Whether every run succeeded."""
        return all(outcome.success for outcome in self.outcomes)

    @property
    def not_passed(self) -> list[CheckOutcome]:
        """The asset checks that did not pass, warnings among them."""
        return [c for outcome in self.outcomes for c in outcome.checks if not c.passed]


def backfill(
    regions: Iterable[str],
    years: Iterable[int],
    job: str = "nianbao",
    crawl_config: Mapping[str, object] | None = None,
) -> Backfilled:
    """Run the job over regions × years, in as few runs as Dagster allows; steps show on stderr.

    `crawl_config` are the fields of `pipeline.defs.crawl.CrawlConfig`.
    """
    # A running step's stderr goes into its log; a copy of ours stays with the person.
    with os.fdopen(os.dup(sys.stderr.fileno()), "w") as stderr:
        console = Console(file=stderr, highlight=False)
        return _watched(console, regions, years, job, crawl_config)


def _watched(
    console: Console,
    regions: Iterable[str],
    years: Iterable[int],
    job: str,
    crawl_config: Mapping[str, object] | None,
) -> Backfilled:
    with console.status("starting Dagster") as status:
        watch = _Watch(console, status.update)
        outcomes = run_range(
            regions,
            years,
            dagster_home=dagster_home(),
            job=job,
            on_event=watch.see,
            crawl_config=crawl_config,
        )
    return Backfilled(tuple(outcomes), watch.changed_rows)


@dataclass(slots=True)
class _Watch:
    """Listens to the events of a run: the step at work, how each ended, what was loaded."""

    console: Console
    update: Callable[[str], None]
    changed_rows: int = 0
    started: dict[str, float] = field(default_factory=dict)

    def see(self, entry: dg.EventLogEntry) -> None:
        """Take an event."""
        event = entry.dagster_event
        if event is None:
            self.update(entry.user_message.partition("\n")[0][:100])
            return
        step = event.step_key or ""
        if event.event_type is dg.DagsterEventType.STEP_START:
            self.started[step] = entry.timestamp
            self.update(step)
        elif event.is_step_success or event.is_step_failure:
            seconds = entry.timestamp - self.started.get(step, entry.timestamp)
            mark = "[green]✓[/]" if event.is_step_success else "[red]✗[/]"
            self.console.print(f"  {mark} {step:<12} {seconds:5.1f} s")
        elif event.is_step_materialization and step == "warehouse":
            self._note_load(event)

    def _note_load(self, event: dg.DagsterEvent) -> None:
        """Each partition carries the rows of the whole run: the largest is the run's."""
        written = event.materialization.metadata.get(LOADED)
        if isinstance(written, dg.IntMetadataValue) and written.value is not None:
            self.changed_rows = max(self.changed_rows, written.value)
