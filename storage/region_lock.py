"""One crawl of a region at a time: a lock that the kernel lets go of when its process dies."""

from __future__ import annotations

import fcntl
import json
import os
from datetime import UTC, datetime
from pathlib import Path

from storage.warc import CaptureError

RELEASED = -1


class CrawlRunningError(CaptureError):
    """Another process crawls the same region into the same folder."""


class RegionLock:
    """`<captures>/<region>/.lock`, held from construction to `release`; it names its holder."""

    def __init__(self, folder: Path, region: str) -> None:
        path = folder / region / ".lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise CaptureError(f"{path.parent}: cannot be written: {error}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, 4096, 0).decode()
            os.close(self._file)
            raise CrawlRunningError(_refusal(region, path, holder)) from None
        try:
            self.note(None)
        except OSError as error:
            self.release()
            raise CaptureError(f"{path}: cannot be written: {error}") from error

    def note(self, crawl: str | None) -> None:
        """Write down who holds the lock, for whoever is refused."""
        holder = {
            "pid": os.getpid(),
            "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "crawl": crawl,
        }
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, json.dumps(holder).encode(), 0)

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two in at once."""
        if self._file != RELEASED:
            os.close(self._file)
        self._file = RELEASED  # a second close might hit whoever got the number since


def _refusal(region: str, path: Path, holder: str) -> str:
    try:
        known = json.loads(holder)
        who = f"process {known['pid']} since {known['started_at']} (crawl {known['crawl']})"
    except (ValueError, KeyError):
        who = "another process, which has only just begun"
    return (
        f"{region} is being crawled already, by {who}. "
        f"Wait for it or end it, then run again. Lock: {path}"
    )
