"""A process of its own for a step, under Dagster Pipes, gone when the step is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import dagster as dg
from dagster import open_pipes_session

# Dagster 1.13 warns of its own use of a preview feature whenever a Pipes session opens.
warnings.filterwarnings("ignore", category=dg.PreviewWarning, module=r"dagster\._core\.pipes")


@dataclass(frozen=True, slots=True)
class ChildProcess:
    """Starts a command as the head of a process group and ends the whole group with the step.

    Dagster's own client sends a single SIGINT and waits 20 s; a crawl that drains its queue at
    one request in two seconds outlives that. Here each interval of `graces` follows a SIGINT
    (Scrapy's first one ends the crawl in order, its second at once), and SIGKILL ends the rest.
    """

    graces: tuple[float, ...] = (15.0, 5.0)

    def run(
        self,
        context: dg.AssetExecutionContext,
        command: Sequence[str],
        extras: Mapping[str, object],
    ) -> Sequence[object]:
        """Run to the end and return the custom messages of the child.

        The child's stdout and stderr are those of the step, its `pipes.log` the log of the run.

        Raises:
            dagster.Failure: the child ended with another status than 0.
        """
        with open_pipes_session(
            context,
            context_injector=dg.PipesTempFileContextInjector(),
            message_reader=dg.PipesTempFileMessageReader(),
            extras=dict(extras),
        ) as session:
            environment = {**os.environ, **session.get_bootstrap_env_vars()}
            process = subprocess.Popen(command, env=environment, start_new_session=True)
            try:
                status = process.wait()
            finally:
                end_group(process, self.graces)
        if status != 0:
            raise dg.Failure(
                f"the process {' '.join(command)} ended with status {status}, expected 0. "
                "Its last lines are in the stderr of this step."
            )
        return session.get_custom_messages()


def end_group(process: subprocess.Popen[bytes], graces: Sequence[float]) -> None:
    """Interrupt the process and its children, wait, interrupt again; kill what is left."""
    for seconds in graces:
        if process.poll() is not None:
            break
        _signal(process, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    _signal(process, signal.SIGKILL)  # also what the process left behind when it ended by itself
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # the group is empty
        os.killpg(process.pid, number)
