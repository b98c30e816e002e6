"""`nianbao doctor`: whether everything is here that the work needs, and as it should be."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crawlers.registry import load_registry
from pipeline.commands.places import Places
from pipeline.errors import NianbaoError
from pipeline.findings import load_findings
from pipeline.forms import load_forms, load_indicators

PACKAGES = ("scrapy", "trafilatura", "dagster", "sqlalchemy", "alembic", "warcio", "lxml")

PRACTICE_ADDRESS = "127.99.0.1"
"""One of the practice province's: the whole of 127.0.0.0/8 must be this machine, as on Linux."""

ENOUGH_BYTES = 2 * 1024**3
"""A year of one province is some 100 MB of captures and as much again of stage files."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at. `problem` says what to do; None where all is well."""

    subject: str
    seen: str
    problem: str | None = None


def examine(places: Places) -> Iterator[Diagnosis]:
    """Look at everything; each look is independent, one that fails does not hide the next."""
    looks: tuple[Callable[[Places], Diagnosis], ...] = (
        _python,
        _packages,
        _data,
        _disk,
        _registry,
        _forms,
        _instance,
        _warehouse,
        _loopback,
    )
    for look in looks:
        yield look(places)


def _python(_: Places) -> Diagnosis:
    seen = f"{platform.python_version()} at {sys.prefix}"
    return Diagnosis("python", seen, None if sys.version_info >= (3, 11) else "needs 3.11 or newer")


def _packages(_: Places) -> Diagnosis:
    try:
        seen = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    except PackageNotFoundError as error:
        return Diagnosis("packages", f"{error.name} is missing", "run `make` again")
    return Diagnosis("packages", seen)


def _data(places: Places) -> Diagnosis:
    try:
        places.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=places.data):
            return Diagnosis("data folder", str(places.data))
    except OSError as error:
        problem = f"{error.strerror}: set NIANBAO_DATA to a folder that can be written"
        return Diagnosis("data folder", str(places.data), problem)


def _disk(places: Places) -> Diagnosis:
    there = next(p for p in (places.data, *places.data.parents) if p.exists())
    free = shutil.disk_usage(there).free
    seen = f"{free / 1024**3:.1f} GiB free"
    return Diagnosis("disk", seen, None if free > ENOUGH_BYTES else "less than 2 GiB left")


def _registry(places: Places) -> Diagnosis:
    try:
        regions = load_registry(places.registry)
    except NianbaoError as error:
        return Diagnosis("registry", str(places.registry), str(error))
    columns = sum(map(len, regions.values()))
    return Diagnosis("registry", f"{len(regions)} regions, {columns} columns: {places.registry}")


def _forms(_: Places) -> Diagnosis:
    forms = " and ".join(load_forms())
    seen = f"{forms}, {len(load_indicators())} cells, {len(load_findings())} kinds of findings"
    return Diagnosis("forms", seen)


def _instance(_: Places) -> Diagnosis:
    home = dagster_home()
    if (home / "dagster.yaml").exists():
        return Diagnosis("dagster", str(home / "dagster.yaml"))
    return Diagnosis("dagster", str(home), "no dagster.yaml here: set DAGSTER_HOME to its folder")


def _warehouse(places: Places) -> Diagnosis:
    from storage.warehouse.engine import warehouse_at  # noqa: PLC0415 (slow to import)

    file = places.warehouse.removeprefix("sqlite:///")
    if file != places.warehouse and not Path(file).exists():
        return Diagnosis("warehouse", f"{file} is not there yet; the first load makes it")
    try:
        with warehouse_at(places.warehouse) as engine:
            return Diagnosis("warehouse", str(engine.url))
    except NianbaoError as error:
        return Diagnosis("warehouse", "not usable", str(error))


def _loopback(_: Places) -> Diagnosis:
    with socket.socket() as probe:
        try:
            probe.bind((PRACTICE_ADDRESS, 0))
        except OSError as error:
            problem = f"{error.strerror}: the practice province needs all of 127.0.0.0/8 (Linux)"
            return Diagnosis("loopback", PRACTICE_ADDRESS, problem)
    return Diagnosis("loopback", f"{PRACTICE_ADDRESS} and its neighbours are this machine")


def dagster_home() -> Path:
    """`DAGSTER_HOME`, or the folder above the packages, where `dagster.yaml` stands in a clone."""
    return Path(os.environ.get("DAGSTER_HOME", Path(__file__).resolve().parents[2]))
