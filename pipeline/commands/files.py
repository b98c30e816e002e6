"""Files of people's own: found, read, reported on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from pipeline.errors import NianbaoError
from pipeline.model import Report
from pipeline.read import read_page

T = TypeVar("T")

CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".md": "text/markdown",
}

MAX_BYTES = 32 * 1024 * 1024
"""The crawler's own limit; the largest real page seen has 2 MB."""

PARALLEL_FROM = 40
"""Files; below, starting worker processes costs more than they save (0.6 s on two cores)."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file and its report, or the error that kept it from being read."""

    path: Path
    report: Report | None
    error: str | None


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files as given, folders as the readable files below them, in name order.

    Raises:
        NianbaoError: nothing readable is left; it names what was asked for.
    """
    given = list(paths)
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            below = sorted(p for p in path.rglob("*") if p.suffix.lower() in CONTENT_TYPES)
            found += [p for p in below if p.is_file()]
        else:
            found.append(path)
    if not found:
        kinds = " ".join(CONTENT_TYPES)
        asked = ", ".join(map(str, given))
        raise NianbaoError(f"no file to read in {asked}: expected files or folders of {kinds}")
    return found


def read_file(path: Path) -> FileRead:
    """One file as a checked report; an unreadable file is an error of its own, others go on."""
    kind = CONTENT_TYPES.get(path.suffix.lower())
    if kind is None:
        return FileRead(path, None, f"{path}: not one of {' '.join(CONTENT_TYPES)}")
    try:
        if path.stat().st_size > MAX_BYTES:
            return FileRead(path, None, f"{path}: larger than {MAX_BYTES} bytes")
        return FileRead(path, read_page(path.read_bytes(), content_type=kind), None)
    except OSError as error:
        return FileRead(path, None, f"{path}: {error.strerror or error}")


def read_files(paths: Sequence[Path]) -> Iterator[FileRead]:
    """Read in order; a progress bar on stderr, for people only; many files on all cores."""
    if len(paths) < PARALLEL_FROM:
        yield from progress(map(read_file, paths), len(paths), "reading")
        return
    with ProcessPoolExecutor(cpu_count()) as pool:
        yield from progress(pool.map(read_file, paths, chunksize=8), len(paths), "reading")


def progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Items unchanged, with a bar on stderr where a person is looking."""
    console = Console(stderr=True)
    hidden = not sys.stderr.isatty() or total < 2
    yield from track(items, what, total=total, console=console, transient=True, disable=hidden)
