"""Runs over ranges of partitions, in this process: what the command starts without a UI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import dagster as dg
from dagster._core.execution.plan.objects import ErrorSource

from pipeline.commands.places import Cell
from pipeline.defs import run_locks
from pipeline.defs.partitions import closed_years, range_tags, rectangles
from pipeline.defs.resources import Home
from pipeline.errors import NianbaoError

T = TypeVar("T")
OnEvent = Callable[[dg.EventLogEntry], None]


class UnknownPartitionError(NianbaoError):
    """A region or year that has no partition."""

    def __init__(self, wanted: Iterable[object], known: Sequence[object]) -> None:
        """Name what there is."""
        super().__init__(
            f"no partition for {', '.join(map(str, wanted))}; "
            f"there are {', '.join(map(str, known))}. Regions are the files of the registry "
            "(NIANBAO_REGISTRY); a report year appears on 1 January after it, in China."
        )


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What an asset check said."""

    asset: str
    name: str
    passed: bool
    fatal: bool
    """False: a check that does not pass is a warning."""
    description: str


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How one run over a rectangle of partitions ended."""

    run_id: str
    first: Cell
    last: Cell
    success: bool
    errors: tuple[str, ...]
    """A sentence per step that failed, but for those that a blocking check ended."""
    checks: tuple[CheckOutcome, ...]
    """Every asset check of the run, in order."""


def run_range(
    regions: Iterable[str],
    years: Iterable[int],
    *,
    dagster_home: Path,
    job: str = "nianbao",
    on_event: OnEvent | None = None,
    log_level: str = "CRITICAL",
    crawl_config: Mapping[str, object] | None = None,
) -> list[RunOutcome]:
    """Run a job over regions × years: a run per rectangle of neighbours, one after the other.

    The runs stand in the instance of `dagster_home` beside those of the UI and the schedule. One
    that fails does not keep the next from being tried. `on_event` sees every event as it happens;
    `log_level` is that of the console, where errors come back in the outcome anyway; the log of
    the run keeps everything. `crawl_config` are fields of `pipeline.defs.crawl.CrawlConfig`, for a
    job that crawls.

    Raises:
        UnknownPartitionError: a region is not in the registry, or a year is not over yet.
        KeyboardInterrupt: after the crawl process was ended in order; no further run is started.
    """
    from pipeline.definitions import defs  # noqa: PLC0415 (reads the registry when imported)
    from pipeline.defs.assets import REGIONS  # noqa: PLC0415

    wanted, asked = _known(regions, REGIONS), _known(years, closed_years())
    definition = defs.resolve_job_def(job)
    with open_instance(dagster_home) as instance:
        run_locks.sweep(Home().places.data, instance)
        return [
            _run(definition, instance, corners, on_event, _run_config(log_level, crawl_config))
            for corners in rectangles(wanted, asked, REGIONS)
        ]


@contextmanager
def open_instance(dagster_home: Path) -> Iterator[dg.DagsterInstance]:
    """The instance that `dagster.yaml` in the folder describes.

    `dagster.yaml` asks for `NIANBAO_DATA`; where it is not set, the default is set for this
    process and its children.
    """
    os.environ["NIANBAO_DATA"] = str(Home().places.data)
    with dg.DagsterInstance.from_config(str(dagster_home)) as instance:
        yield instance


def _run(
    job: dg.JobDefinition,
    instance: dg.DagsterInstance,
    corners: tuple[Cell, Cell],
    on_event: OnEvent | None,
    run_config: dict[str, Any],
) -> RunOutcome:
    run_id = str(uuid4())
    if on_event is not None:
        instance.add_event_listener(run_id, on_event)
    with run_locks.held(Home().places.data, run_id):
        result = job.execute_in_process(
            run_config=run_config,
            instance=instance,
            raise_on_error=False,
            run_id=run_id,
            tags=range_tags(*corners),
        )
    failures = result.get_step_failure_events()
    if any(event.step_failure_data.error_source is ErrorSource.INTERRUPT for event in failures):
        raise KeyboardInterrupt(f"run {run_id} was interrupted")
    errors = tuple(_error(event) for event in failures if not _said_by_a_check(event))
    checks = tuple(_check(evaluation) for evaluation in result.get_asset_check_evaluations())
    return RunOutcome(run_id, *corners, result.success, errors, checks)


def _run_config(log_level: str, crawl_config: Mapping[str, object] | None) -> dict[str, Any]:
    config: dict[str, Any] = {"loggers": {"console": {"config": {"log_level": log_level}}}}
    return config | ({"ops": {"captures": {"config": dict(crawl_config)}}} if crawl_config else {})


def _said_by_a_check(event: dg.DagsterEvent) -> bool:
    """Whether the step ended by a blocking check, which says in its own words what is wrong."""
    error = event.step_failure_data.error
    return error is not None and error.cls_name == "DagsterAssetCheckFailedError"


def _error(event: dg.DagsterEvent) -> str:
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause  # what the step said; Dagster wraps it
    message = error.message.removeprefix("dagster._core.").strip() if error else "failed"
    return f"{event.step_key}: {message}"


def _check(evaluation: dg.AssetCheckEvaluation) -> CheckOutcome:
    return CheckOutcome(
        asset=evaluation.asset_key.to_user_string(),
        name=evaluation.check_name,
        passed=evaluation.passed,
        fatal=evaluation.severity is dg.AssetCheckSeverity.ERROR,
        description=evaluation.description or "",
    )


def _known(wanted: Iterable[T], known: Sequence[T]) -> list[T]:
    asked = list(wanted)
    if unknown := [item for item in asked if item not in known]:
        raise UnknownPartitionError(unknown, known)
    return asked
