"""Runs of this machine's command line that died, found and marked as failed."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

FOLDER = "run_locks"
"""Below the data folder: a file per run in progress, locked by the process that executes it."""


@contextmanager
def held(data: Path, run_id: str) -> Iterator[None]:
    """Hold the lock of a run; the kernel lets go of it however the process ends."""
    path = data / FOLDER / run_id
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def sweep(data: Path, instance: dg.DagsterInstance) -> list[str]:
    """Mark the runs whose process is gone as failed and give their places in the pools back.

    Nobody else does: Dagster's daemon watches the workers it started itself. A place not given
    back would let the next crawl wait for ever.

    Returns:
        The ids of the runs that were found dead.
    """
    dead = []
    for path in sorted((data / FOLDER).glob("*")):
        with path.open() as file:
            if not _free(file.fileno()):
                continue
            _mark_dead(instance, path.name)
            dead.append(path.name)
            path.unlink(missing_ok=True)
    return dead


def _free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _mark_dead(instance: dg.DagsterInstance, run_id: str) -> None:
    run = instance.get_run_by_id(run_id)
    if run is not None and not run.is_finished:
        instance.report_run_failed(run, "The process that executed this run is gone.")
    instance.event_log_storage.free_concurrency_slots_for_run(run_id)
