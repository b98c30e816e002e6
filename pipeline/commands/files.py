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

from pipeline.commands import unreadable
from pipeline.commands.checking.words import Words
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
KINDS = " ".join(CONTENT_TYPES)

MAX_BYTES = 32 * 1024 * 1024
"""The crawler's own limit; the largest real page seen has 2 MB."""

NAMED = 5
"""Of files that are not read, so many are named; the others are counted."""

PARALLEL_FROM = 40
"""Files; below, starting worker processes costs more than they save (0.6 s on two cores)."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file and its report, or what kept it from being read."""

    path: Path
    report: Report | None
    error: Words | None


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
        asked = ", ".join(map(str, given))
        left = [path.name for path in left_out(given)]
        also = f" ({', '.join(left[:NAMED])}{' …' if left[NAMED:] else ''})" if left else ""
        raise NianbaoError(
            f"{asked} 中没有可以检查的文件（{KINDS}）。Word、WPS 文档请先另存为网页 · "
            f"no file to read there but others{also}: expected files or folders of {KINDS}; save "
            "documents as web pages first"
        )
    return found


def left_out(paths: Iterable[Path]) -> list[Path]:
    """The documents below the folders that are not read, in name order: a person should know."""
    below = (found for path in paths if path.is_dir() for found in path.rglob("*"))
    return sorted(path for path in below if unreadable.is_document(path) and path.is_file())


def read_file(path: Path) -> FileRead:
    """One file as a checked report; one that cannot be read says why, and others go on."""
    kind = CONTENT_TYPES.get(path.suffix.lower())
    if kind is None:
        return FileRead(path, None, unreadable.of_name(path, KINDS))
    try:
        if path.stat().st_size > MAX_BYTES:
            return FileRead(path, None, unreadable.TOO_LARGE.filled(limit=MAX_BYTES))
        body = path.read_bytes()
    except FileNotFoundError:
        return FileRead(path, None, unreadable.MISSING)
    except OSError as error:
        said = error.strerror or str(error)
        return FileRead(path, None, Words(f"无法打开：{said}", said))
    if is_other := unreadable.of_bytes(body):
        return FileRead(path, None, is_other)
    return FileRead(path, read_page(body, content_type=kind), None)


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
