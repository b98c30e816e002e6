"""A step's process ends with the step, however either of them ends."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import dagster as dg
import pytest

from pipeline.defs.child_process import ChildProcess, end_group
from tests.process_support import alive, until

DEAF = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"

STUBBORN = f"""
    import os, signal, subprocess, sys, time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    grandchild = subprocess.Popen([sys.executable, "-c", {DEAF!r}])
    print(os.getpid(), grandchild.pid, file=open(sys.argv[1], "w"), flush=True)
    time.sleep(60)
"""


def pids(path: Path) -> list[int]:
    """The process ids that a child has written, once it has."""
    assert until(lambda: path.exists() and path.read_text().endswith("\n"))
    return [int(word) for word in path.read_text().split()]


def test_a_process_that_ignores_interrupts_is_killed_with_its_children(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    command = [sys.executable, "-c", textwrap.dedent(STUBBORN), str(note)]
    process = subprocess.Popen(command, start_new_session=True)
    both = pids(note)

    end_group(process, graces=(0.2, 0.2))

    assert process.returncode == -signal.SIGKILL
    assert until(lambda: not any(alive(pid) for pid in both))


def test_what_the_child_reports_comes_back_and_its_progress_is_in_the_log() -> None:
    code = """
        from dagster_pipes import open_dagster_pipes
        with open_dagster_pipes() as pipes:
            pipes.log.info("half way")
            pipes.report_custom_message({"asked": pipes.get_extra("region")})
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    answers: list[object] = []

    @dg.asset
    def crawled(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        answers.extend(ChildProcess().run(context, command, {"region": "41_henan"}))
        return dg.MaterializeResult()

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([crawled], instance=instance)
        log = [entry.user_message for entry in instance.all_logs(result.run_id)]

    assert answers == [{"asked": "41_henan"}]
    assert "half way" in log


def test_a_child_that_fails_fails_its_step() -> None:
    @dg.asset
    def crawled(context: dg.AssetExecutionContext) -> None:
        ChildProcess().run(context, [sys.executable, "-c", "raise SystemExit(3)"], {})

    with pytest.raises(dg.Failure, match="ended with status 3"):
        dg.materialize([crawled])
