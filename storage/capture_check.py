"""Is the archive whole? Every record read, every digest compared, every index row found."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage import capture_index
from storage.capture_pages import read_page
from storage.capture_rebuild import ANSWERS
from storage.warc import CaptureError, Record, read_records


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the archive; `offset` is null where the whole file is meant."""

    warc: str
    offset: int | None
    what: str


def check_archive(folder: Path, index: sqlite3.Connection) -> list[Problem]:
    """All problems of all files, in file order. The torn tail of an open crawl is none."""
    problems: list[Problem] = []
    indexed = index.execute("SELECT * FROM crawl ORDER BY started_at").fetchall()
    for crawl in indexed:
        problems += _check_file(folder, index, crawl)
    known = {crawl["warc"] for crawl in indexed}
    found = {str(path.relative_to(folder)) for path in folder.glob("*/*.warc.gz")}
    return problems + [Problem(name, None, "not in the index") for name in sorted(found - known)]


def _check_file(folder: Path, index: sqlite3.Connection, crawl: sqlite3.Row) -> Iterator[Problem]:
    path, name = folder / crawl["warc"], crawl["warc"]
    end = capture_index.tail(index, crawl["id"])
    if not path.exists():
        yield Problem(name, None, "the file is missing")
        return
    if crawl["ended_at"] is not None and path.stat().st_size != end:
        yield Problem(name, end, f"{path.stat().st_size - end} bytes after the last record")
    answers: set[int] = set()
    try:
        for record in _up_to(path, end):
            if not record.intact:
                yield Problem(name, record.offset, f"digest of the {record.kind} record fails")
            if record.kind in ANSWERS:
                answers.add(record.offset)
    except CaptureError as error:
        yield Problem(name, None, str(error))
    yield from _check_rows(folder, index, crawl, answers)


def _up_to(path: Path, end: int) -> Iterator[Record]:
    for record in read_records(path):
        if record.offset >= end:
            return
        yield record


def _check_rows(
    folder: Path, index: sqlite3.Connection, crawl: sqlite3.Row, answers: set[int]
) -> Iterator[Problem]:
    rows = index.execute("SELECT * FROM capture WHERE crawl = ? ORDER BY id", [crawl["id"]])
    listed: set[int] = set()
    for row in rows.fetchall():
        listed.add(row["offset"])
        if row["offset"] not in answers:
            yield Problem(row["warc"], row["offset"], f"no record of {row['url']} starts here")
            continue
        try:
            body = read_page(folder, index, row["id"]).body
        except (CaptureError, ValueError) as error:
            yield Problem(row["warc"], row["offset"], str(error))
            continue
        if f"sha256:{hashlib.sha256(body).hexdigest()}" != row["digest"]:
            yield Problem(row["warc"], row["offset"], f"the body of {row['url']} has changed")
    for offset in sorted(answers - listed):
        yield Problem(crawl["warc"], offset, "a record that the index does not know")
