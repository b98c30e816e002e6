"""What all test files share: their order, compiled modules, the demo, run twice for all workers."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.process_support import free_port

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")  # both look at the clock on the wall, which others move too

# Some hundred processes are started by the suite. Where Python is told to keep no bytecode, each
# of them compiles Scrapy or Dagster again, which takes twice as long as all else that it does.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Modules of fixtures: a test file names the one it wants as its `pytest_plugins`, none is loaded
# for all. pytest wants to know of them before they are imported.
pytest.register_assert_rewrite(
    "tests.captures_support", "tests.check_support", "tests.warehouse_support"
)

DEMO_SECONDS = 600
"""Both runs take 40 s on two idle cores, ten times as long where eight others work too."""

LONGEST = (
    "test_demo.py",
    "test_hostile.py",
    "test_dagster_runs.py",
    "test_province.py",
    "test_province_faults.py",
    "test_crawl_survives.py",
    "test_floors.py",
)
"""Files of more than ten seconds each: begun first, none of them is what all wait for at the end.
The demo leads, for others read what it leaves."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Longest files first, the others as they come."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.fixture(scope="module", autouse=True)
def no_server_is_left() -> Iterator[None]:
    """A thread that serves a socket closed below it spins, and slows all tests of its worker."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert not [thread for thread in left if "serve" in thread.name and thread.is_alive()]


@dataclass(frozen=True, slots=True)
class DemoRun:
    """How `nianbao demo` ended, and what it said."""

    status: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo run twice on one data folder."""

    data: Path
    first: DemoRun
    second: DemoRun


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Demo:
    """Run once for all xdist workers: the others wait for its folder."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demo"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = folder / "outcome.json"
        if not outcome.exists():
            port = free_port()
            runs = [_run(folder / "data", port) for _ in range(2)]
            outcome.write_text(json.dumps([[r.status, r.stdout, r.stderr] for r in runs]))
        first, second = (DemoRun(*run) for run in json.loads(outcome.read_text()))
    return Demo(folder / "data", first, second)


@pytest.fixture(scope="session")
def demo_data(demo: Demo) -> Path:
    """A data folder with the practice province in it."""
    assert demo.second.status == 0, demo.second.stderr
    return demo.data


def _run(data: Path, port: int) -> DemoRun:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from pipeline.cli import main; main()",
            "demo",
            "--port",
            str(port),
        ],
        env={**os.environ, "NIANBAO_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=DEMO_SECONDS,
        check=False,
    )
    return DemoRun(run.returncode, run.stdout, run.stderr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the tables that tests measured, from whichever worker."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, text in report.user_properties:
            if name == "terminal":
                terminalreporter.write_line(str(text))
