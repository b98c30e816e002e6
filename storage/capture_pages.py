"""Reading a kept page back out of its WARC file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import capture_index
from storage.content import decode_content
from storage.warc import CaptureError, Exchange, Headers, Record, read_record

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Page:
    """A kept page as a browser would get it: content encoding undone, revisits resolved."""

    url: str
    status: int
    headers: Headers
    body: bytes


def read_page(folder: Path, index: sqlite3.Connection, capture: int) -> Page:
    """The page that a capture shows: a revisit gives the bytes, a 304 the status of its original.

    Headers are those of the capture itself, or of the original where the capture is a 304.
    """
    row = capture_index.row_by_id(index, capture)
    own = record_of(folder, row)
    if row["refers_to"] is None:
        return Page(row["url"], row["status"], own.headers, _decoded(own, row))
    original = capture_index.row_by_id(index, row["refers_to"])
    held = record_of(folder, original)
    confirmed = row["status"] == NOT_MODIFIED
    return Page(
        url=row["url"],
        status=original["status"] if confirmed else row["status"],
        headers=held.headers if confirmed else own.headers,
        body=_decoded(held, original),
    )


def exchange_again(folder: Path, index: sqlite3.Connection, capture: int) -> Exchange:
    """The answer of a capture as it went over the wire; the request is not read back."""
    row = capture_index.row_by_id(index, capture)
    own = record_of(folder, row)
    held = own
    if row["refers_to"] is not None and row["status"] != NOT_MODIFIED:
        held = record_of(folder, capture_index.row_by_id(index, row["refers_to"]))
    return Exchange(
        url=row["url"],
        method="GET",
        request_headers=(),
        status=row["status"],
        headers=own.headers,
        body=held.payload,
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
    )


def record_of(folder: Path, row: sqlite3.Row) -> Record:
    """The WARC record of an index row; `CaptureError` if the bytes there are not its own."""
    record = read_record(folder / row["warc"], row["offset"])
    if record.url != row["url"] or not record.intact:
        raise CaptureError(
            f"{row['warc']} byte {row['offset']}: expected the intact record of {row['url']}, "
            f"found {record.kind} of {record.url}; run verify()"
        )
    return record


def _decoded(record: Record, row: sqlite3.Row) -> bytes:
    return decode_content(record.payload, row["encoding"])
