"""WARC files: what a record holds, and reading them back with warcio."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from pipeline.errors import NianbaoError
from storage.content import ContentError, decode_content

Headers = tuple[tuple[str, str], ...]

GZIP_WRAPPER = zlib.MAX_WBITS | 16
# The field of the warcinfo record, and the header of an answer, that the index is made again from.
CRAWL_FIELD = "nianbao-crawl"
METADATA = "WARC-JSON-Metadata"


class CaptureError(NianbaoError):
    """A capture cannot be written or read."""


@dataclass(frozen=True)  # no slots: what is decoded once is kept beside the fields
class Exchange:
    """One request and the answer to it, as they went over the wire.

    The body still has its content encoding; only HTTP chunking is undone. Header names are as the
    HTTP client gives them, their order within one message is not kept by it; their bytes are read
    as Latin-1, so that any byte survives.
    """

    url: str
    method: str
    request_headers: Headers
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    ip: str | None = None
    sent_to: str | None = None
    """Where the request went, where that is not `url`: `url` is what the answer is kept under."""
    request_body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first answer header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def decoded(self) -> bytes | None:
        """The body with its content encoding undone; null where that cannot be done."""
        return None if isinstance(self._opened, ContentError) else self._opened

    @property
    def sealed(self) -> str | None:
        """The kind of `ContentError` that keeps the body shut; null: none does."""
        return self._opened.kind if isinstance(self._opened, ContentError) else None

    @cached_property
    def _opened(self) -> bytes | ContentError:
        try:
            return decode_content(self.body, self.header("content-encoding"))
        except ContentError as error:
            return error


@dataclass(frozen=True, slots=True)
class Original:
    """The earlier record that a revisit stands for."""

    record_id: str
    url: str
    fetched_at: datetime
    payload_digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record read back: its offset, its kind, and the HTTP message in it."""

    offset: int
    end: int
    kind: str
    url: str | None
    status: int | None
    headers: Headers
    payload: bytes
    intact: bool
    """False: a digest written beside the bytes does not match them."""
    named: Mapping[str, str]
    """The named fields of the record itself."""


def read_record(path: Path, offset: int) -> Record:
    """The record that starts at `offset`, its payload as on the wire."""
    try:
        return next(read_records(path, offset))
    except StopIteration:
        raise CaptureError(f"{path}: no WARC record at byte {offset}; run verify()") from None


def read_records(path: Path, offset: int = 0) -> Iterator[Record]:
    """Every record from `offset` on, in file order; a torn one raises `CaptureError`."""
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            records = ArchiveIterator(stream, check_digests=True)
            for record in records:
                yield _read(records, record)
    except (ArchiveLoadFailed, zlib.error, EOFError) as error:
        raise CaptureError(f"{path}: broken WARC record after byte {offset}: {error}") from error
    except OSError as error:
        raise CaptureError(f"{path}: cannot be read: {error}") from error


def is_whole(path: Path, offset: int) -> bool:
    """Whether the gzip member there, the last of its file, has its end."""
    unpacker = zlib.decompressobj(GZIP_WRAPPER)
    with path.open("rb") as stream:
        stream.seek(offset)
        while (chunk := stream.read(1 << 20)) and not unpacker.eof:
            unpacker.decompress(chunk)
    return unpacker.eof


def _read(records: ArchiveIterator, record: Any) -> Record:
    payload = record.raw_stream.read()
    http: Iterable[tuple[str, str]] = record.http_headers.headers if record.http_headers else ()
    is_answer = record.http_headers and record.rec_type != "request"
    return Record(
        offset=records.get_record_offset(),
        end=records.get_record_offset() + records.get_record_length(),
        kind=record.rec_type,
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()) if is_answer else None,
        headers=tuple(http),
        payload=payload,
        intact=record.digest_checker.passed is not False,
        named=dict(record.rec_headers.headers),
    )
