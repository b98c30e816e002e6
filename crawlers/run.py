"""`crawl`: the spider in a process of its own, ended with everything it started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from crawlers.registry import columns_of
from crawlers.summary import CrawlError, CrawlSummary, PageProblem, Progress

__all__ = ["CrawlError", "CrawlSummary", "PageProblem", "Progress", "crawl"]

# Scrapy's orderly end finishes what is queued for each host; pages lost to the kill that follows
# are fetched when the crawl goes on.
PATIENCE_SECONDS = 15.0
TAIL_BYTES = 4_000


def crawl(
    region: str,
    years: range | Sequence[int],
    *,
    registry: Path,
    captures: Path,
    agencies: Sequence[str] = (),
    sample: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    settings: Mapping[str, object] | None = None,
) -> CrawlSummary:
    """Crawl a region for some report years; returns when the crawl has ended.

    A summary that is not `complete` is returned, not raised: the caller decides what it means. A
    crawl that could not run raises `NianbaoError` (`RegistryError` before anything is started,
    `CrawlError` with the reason otherwise). KeyboardInterrupt and SIGTERM end the crawl first.

    Args:
        region: stem of a registry file, such as `41_henan`.
        years: report years, not years of publication.
        registry: folder of registry files.
        captures: the captures folder; Scrapy's log goes there too, beside the WARC file.
        agencies: column ids or official names; none: every column of the region.
        sample: at most so many reports of each column, in list order.
        on_progress: called in this process for each step.
        settings: Scrapy settings over ours, plain JSON values.
    """
    columns_of(registry, region)
    narrowed = _narrowed(agencies, sample)
    command = [*_command(region, years, registry, captures, settings or {}), *narrowed]
    with tempfile.TemporaryFile() as stderr, _ending_on_sigterm():
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True
        )
        try:
            outcome = _relay(child, on_progress or (lambda _: None))
            child.wait()
        finally:
            _end(child)
        return _summary(outcome, child.returncode, stderr)


def _command(
    region: str,
    years: Sequence[int],
    registry: Path,
    captures: Path,
    settings: Mapping[str, object],
) -> list[str]:
    if not years:
        raise CrawlError(f"no year asked of {region}")
    pairs = (f"{name}={json.dumps(value)}" for name, value in settings.items())
    return [
        *(sys.executable, "-m", "crawlers.process", "--log-file"),
        *("--parent", str(os.getpid())),
        *("--region", region),
        *("--year", ",".join(map(str, years))),
        *("--registry", str(registry)),
        *("--captures", str(captures)),
        *(part for pair in pairs for part in ("--set", pair)),
    ]


def _narrowed(agencies: Sequence[str], sample: int | None) -> list[str]:
    named = [part for agency in agencies for part in ("--agency", agency)]
    return [*named, *(("--sample", str(sample)) if sample is not None else ())]


def _relay(
    child: subprocess.Popen[bytes], on_progress: Callable[[Progress], None]
) -> dict[str, object]:
    """Hand progress on as it comes; the last summary or error is the outcome."""
    outcome: dict[str, object] = {}
    assert child.stdout is not None
    for line in child.stdout:
        try:
            message = json.loads(line)
        except ValueError:  # a line that a kill cut in two; the end of the child says the rest
            continue
        if "progress" in message:
            on_progress(Progress.model_validate(message["progress"]))
        else:
            outcome = message
    return outcome


def _summary(outcome: Mapping[str, object], returncode: int, stderr: IO[bytes]) -> CrawlSummary:
    if "summary" in outcome:
        return CrawlSummary.model_validate_json(json.dumps(outcome["summary"]))
    error = outcome.get("error")
    if isinstance(error, dict):
        raise CrawlError(str(error["message"]))
    size = stderr.seek(0, os.SEEK_END)
    stderr.seek(max(0, size - TAIL_BYTES))
    said = stderr.read().decode(errors="replace").strip() or "nothing"
    raise CrawlError(
        f"the crawl process ended with {returncode} and without a summary; what it kept is whole, "
        f"the same crawl again goes on. It said: {said}"
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child's whole process group, in order if it will, by force if it will not."""
    if child.poll() is None:
        _signal(child, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE_SECONDS)
    _signal(child, signal.SIGKILL)
    child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


@contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    """SIGTERM unwinds the stack like Ctrl-C does; only a main thread may set a handler."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
