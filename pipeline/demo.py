"""`nianbao demo` and `nianbao dev`: the whole path on the practice province."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from crawlers.practice.library import load_sites
from crawlers.practice.server import serve
from pipeline.backfill import Backfilled, backfill
from pipeline.commands.doctor import dagster_home
from pipeline.commands.places import Places
from pipeline.errors import NianbaoError

LOOPBACK_SETTINGS = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "DEEP_AFTER_DAYS": 0}
"""Our own sites on our own machine need no pause (real hosts refuse these settings), and what
changes there should show at once."""

SUPERSEDED = "ignore:Function `dev_command` is superseded"
"""`dagster dev` advises `dg dev`, which is a developer's package: the UI is there without it."""


@contextmanager
def province(places: Places, port: int) -> Iterator[Places]:
    """The practice province being served, and the places of a pipeline that crawls it.

    The registry of the practice sites is written into the data folder; the environment of this
    process and its children names it, so that Dagster's code location finds it.
    """
    registry = places.practice / "registry"
    registry.mkdir(parents=True, exist_ok=True)
    with serve(port, registry_folder=registry) as served:
        os.environ |= {
            "NIANBAO_DATA": str(places.data),
            "NIANBAO_REGISTRY": str(served.registry),
            "NIANBAO_CRAWL_SETTINGS": json.dumps(LOOPBACK_SETTINGS),
            "DAGSTER_HOME": str(dagster_home()),
        }
        yield Places.from_environment(os.environ)


def practice_partitions() -> tuple[list[str], range]:
    """The regions of the practice province, and the years from its first report to its last."""
    sites = load_sites()
    years = [report.report_year for site in sites for report in site.reports]
    return sorted({site.region for site in sites}), range(min(years), max(years) + 1)


def run_demo(places: Places, port: int) -> Backfilled:
    """Crawl, read, check, group, load and export all practice regions and years in one run."""
    with province(places, port):
        return backfill(*practice_partitions())


def run_dev(places: Places, port: int, ui_port: int) -> int:
    """The Dagster UI and daemon on the practice province; as `run_ui`."""
    _check_free(ui_port)
    with province(places, port) as practice:
        return run_ui(practice, ui_port)


def run_ui(places: Places, ui_port: int) -> int:
    """The Dagster UI and daemon on the registry of `places`, until Ctrl-C; the UI's exit status.

    Raises:
        NianbaoError: the packages of the UI are not installed, its port is in use, or the registry
            is that of real sites and the data folder holds the practice province.
    """
    dagster = which(
        "dagster", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if dagster is None or which("dagster-webserver", path=str(Path(dagster).parent)) is None:
        raise NianbaoError("the Dagster UI is not installed: run `make dev`, or add the extra `ui`")
    _check_free(ui_port)
    places.keep_apart()
    os.environ |= {
        "NIANBAO_DATA": str(places.data),
        "NIANBAO_REGISTRY": str(places.registry),
        "DAGSTER_HOME": str(dagster_home()),
        "PYTHONWARNINGS": SUPERSEDED,
    }
    command = [dagster, "dev", "--module-name", "pipeline.definitions", "--port", str(ui_port)]
    # A shell gives its background jobs an ignored SIGINT, which the UI would inherit and never end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ui = subprocess.Popen(command, start_new_session=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os.killpg(ui.pid, signal.SIGINT))
    return ui.wait()


def _check_free(port: int) -> None:
    """The daemon would run on without the UI, and the reason would scroll by."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise NianbaoError(
                f"port {port} of the UI cannot be had ({error.strerror}): stop what listens there, "
                "or name another: `nianbao dev --ui-port 3001`"
            ) from error
