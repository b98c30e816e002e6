"""The index made again from the WARC files alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storage import capture_index
from storage.region_lock import RegionLock
from storage.warc import CRAWL_FIELD, METADATA, CaptureError, Record, is_whole, read_records

ANSWERS = {"response", "revisit"}
NOTE_URI = "metadata://nianbao/"
REFERRED = "refers_to_record"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was found in the files."""

    crawls: int
    captures: int
    torn: tuple[str, ...]
    """Files with something after their last whole record: crawls that were killed."""


def rebuild_index(folder: Path) -> Rebuilt:
    """Make `index.sqlite` anew; the old one is kept as `index.sqlite.old`.

    Raises `CrawlRunningError` while anybody crawls into the folder, and `CaptureError` for a file
    that is none of ours: its first record names no crawl.
    """
    with ExitStack() as locks:
        for path in sorted(folder.glob("*/")):
            if any(path.glob("*.warc.gz")):
                lock = RegionLock(folder, path.name)
                locks.callback(lock.release)
        return _rebuild(folder)


def _rebuild(folder: Path) -> Rebuilt:
    fresh = folder / "index.sqlite.new"
    for path in _files_of(fresh):
        path.unlink(missing_ok=True)
    with closing(capture_index.open_index(folder, fresh.name)) as index:
        heads = sorted((_head(path) for path in folder.glob("*/*.warc.gz")), key=_started)
        index.execute("CREATE TEMP TABLE referral (capture INTEGER, record TEXT)")
        index.execute("BEGIN")
        torn = tuple(name for name in (_read(folder, index, head) for head in heads) if name)
        _link_revisits(index)
        index.execute("COMMIT")
        index.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rebuilt = Rebuilt(_count(index, "crawl"), _count(index, "capture"), torn)
    _put_in_place(folder, fresh)
    return rebuilt


def _link_revisits(index: sqlite3.Connection) -> None:
    """A revisit may refer to a file that is read after its own: two crawls at once."""
    index.execute("CREATE INDEX capture_by_record ON capture (record_id)")
    index.execute(
        "UPDATE capture SET refers_to = (SELECT original.id FROM referral "
        "JOIN capture AS original ON original.record_id = referral.record "
        "WHERE referral.capture = capture.id) WHERE id IN (SELECT capture FROM referral)"
    )
    index.execute("DROP INDEX capture_by_record")


def _count(index: sqlite3.Connection, table: str) -> int:
    return int(index.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def _files_of(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))]


def _put_in_place(folder: Path, fresh: Path) -> None:
    current = folder / "index.sqlite"
    if current.exists():
        with closing(sqlite3.connect(current)) as index:
            index.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        current.replace(folder / "index.sqlite.old")
    for path in _files_of(current)[1:]:
        path.unlink(missing_ok=True)
    fresh.replace(current)


def _head(path: Path) -> tuple[dict[str, Any], int]:
    """The crawl that a file says it is, and the length of that first record."""
    record = next(read_records(path), None)
    fields = record.payload.decode("utf-8").splitlines() if record else []
    about = next((f.partition(": ")[2] for f in fields if f.startswith(f"{CRAWL_FIELD}: ")), None)
    if record is None or about is None:
        raise CaptureError(f"{path}: expected a first record that names its crawl; not one of ours")
    return json.loads(about), record.end


def _started(head: tuple[dict[str, Any], int]) -> str:
    return str(head[0]["started_at"])


def _read(folder: Path, index: sqlite3.Connection, head: tuple[dict[str, Any], int]) -> str | None:
    """All rows of a file; its name where it ends in the middle of a record."""
    crawl, end = head
    capture_index.insert(index, "crawl", {**crawl, "head": end})
    path = folder / crawl["warc"]
    try:
        for row, table in _rows(path, crawl, end):
            original = row.pop(REFERRED, None)
            number = capture_index.add_row(index, table, row)
            if original is not None:
                index.execute("INSERT INTO referral VALUES (?, ?)", [number, original])
    except CaptureError:  # the rest of a crawl that was killed; the next one cuts it off
        return str(crawl["warc"])
    return None


def _rows(path: Path, crawl: dict[str, Any], start: int) -> Iterator[tuple[dict[str, Any], str]]:
    """Each answer with the request after it, and each note, once it is known to be whole."""
    waiting: tuple[dict[str, Any], str] | None = None
    last: int | None = None
    for record in read_records(path, start):
        if not record.intact:
            raise CaptureError(f"{path}: the record at byte {record.offset} is torn")
        last = record.offset
        if record.kind == "request" and waiting is not None:
            waiting[0]["end"] = record.end
            continue
        if waiting is not None:
            yield waiting
        waiting = _row(record, crawl)
    if last is not None and not is_whole(path, last):
        raise CaptureError(f"{path}: the record at byte {last} is torn")
    if waiting is not None:
        yield waiting


def _row(record: Record, crawl: dict[str, Any]) -> tuple[dict[str, Any], str] | None:
    if record.kind in ANSWERS:
        return _capture(record, crawl), "capture"
    is_note = (record.url or "").startswith(NOTE_URI) and record.payload
    return (_note(record, crawl), "note") if is_note else None


def _capture(record: Record, crawl: dict[str, Any]) -> dict[str, object]:
    told: dict[str, object] = json.loads(record.named[METADATA])
    return told | {
        "url": record.url,
        "status": record.status,
        "fetched_at": _moment(record),
        "warc": crawl["warc"],
        "offset": record.offset,
        "end": record.end,
        "record_id": record.named["WARC-Record-ID"],
        REFERRED: record.named.get("WARC-Refers-To"),
    }


def _note(record: Record, crawl: dict[str, Any]) -> dict[str, object]:
    kind, _, column = (record.url or "").removeprefix(f"{NOTE_URI}{crawl['id']}/").partition("/")
    return {
        "crawl": crawl["id"],
        "kind": kind,
        "column": column or None,
        "offset": record.offset,
        "end": record.end,
        "noted_at": _moment(record),
        "content": record.payload.decode("utf-8"),
    }


def _moment(record: Record) -> str:
    return datetime.fromisoformat(record.named["WARC-Date"]).isoformat()
