"""WARC 1.1 records as bytes: built by warcio, compressed here, one gzip member each."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.utils import Digester  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from pipeline.errors import NianbaoError

Headers = tuple[tuple[str, str], ...]

WARC_VERSION = "WARC/1.1"
# 6 is zlib's own default; warcio's 9 costs four times the processor time for 2 % of the bytes.
GZIP_LEVEL = 6
GZIP_WRAPPER = zlib.MAX_WBITS | 16
# The field of the warcinfo record, and the header of an answer, that the index is made again from.
CRAWL_FIELD = "nianbao-crawl"
METADATA = "WARC-JSON-Metadata"
# Both from the WARC 1.1 specification, section 6.7.
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class CaptureError(NianbaoError):
    """A capture cannot be written or read."""


@dataclass(frozen=True, slots=True)
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


class _WireHeaders(StatusAndHeaders):  # type: ignore[misc]
    """Writes header bytes as they came, where warcio percent-encodes all but ASCII values."""

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, "latin-1")


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


def payload_digest(body: bytes) -> str:
    """`sha1:<base32>`: what archives compare revisits by; never used as a proof of identity."""
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)


def warcinfo(filename: str, software: str, crawl: str, fetched_at: datetime) -> bytes:
    """The record that opens a file: who wrote it, in which format, for which crawl (JSON)."""
    fields = {"software": software, "format": "WARC File Format 1.1", CRAWL_FIELD: crawl}
    record = _builder().create_warcinfo_record(filename, fields)
    record.rec_headers.replace_header("WARC-Date", iso(fetched_at))
    return _packed(record)


def note_record(uri: str, content: str, noted_at: datetime) -> bytes:
    """A metadata record: a line of JSON about the crawl itself."""
    body = content.encode()
    record = _builder().create_warc_record(
        uri,
        "metadata",
        payload=BytesIO(body),
        length=len(body),
        warc_content_type="application/json",
        warc_headers_dict={"WARC-Date": iso(noted_at)},
    )
    return _packed(record)


def exchange_records(
    exchange: Exchange,
    record_id: str,
    metadata: str,
    original: Original | None = None,
    *,
    was_sent: bool = True,
) -> bytes:
    """The answer and the request as two records; with `original`, the answer is a revisit.

    Without `was_sent` the answer was there already, and there is no request to write down.

    `metadata` is a line of JSON kept in the header `WARC-JSON-Metadata` (as Browsertrix does), so
    that the index can be made again from the files alone.
    """
    common = {"WARC-Date": iso(exchange.fetched_at)} | (
        {"WARC-IP-Address": exchange.ip} if exchange.ip else {}
    )
    answer = {"WARC-Record-ID": record_id, **common, METADATA: metadata}
    response = (
        _response(exchange, answer) if original is None else _revisit(exchange, answer, original)
    )
    if not was_sent:
        return _packed(response)
    return _packed(response) + _packed(
        _request(exchange, {**common, "WARC-Concurrent-To": record_id})
    )


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


def _builder() -> WARCWriter:
    return WARCWriter(BytesIO(), gzip=False, warc_version=WARC_VERSION)


def _packed(record: Any) -> bytes:
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version=WARC_VERSION).write_record(record)
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WRAPPER)
    return packer.compress(plain.getvalue()) + packer.flush()


def _response(exchange: Exchange, headers: Mapping[str, str]) -> Any:
    return _builder().create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_status_line(exchange),
        warc_headers_dict=dict(headers),
    )


def _revisit(exchange: Exchange, headers: Mapping[str, str], original: Original) -> Any:
    profile = NOT_MODIFIED if exchange.status == HTTPStatus.NOT_MODIFIED else SAME_PAYLOAD
    return _builder().create_warc_record(
        exchange.url,
        "revisit",
        http_headers=_status_line(exchange),
        warc_headers_dict={
            **headers,
            "WARC-Profile": profile,
            "WARC-Refers-To": original.record_id,
            "WARC-Refers-To-Target-URI": original.url,
            "WARC-Refers-To-Date": iso(original.fetched_at),
            "WARC-Payload-Digest": original.payload_digest,
        },
    )


def _request(exchange: Exchange, headers: Mapping[str, str]) -> Any:
    parts = urlsplit(exchange.sent_to or exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    message = _WireHeaders(
        f"{exchange.method} {target} HTTP/1.1",
        [("Host", parts.netloc), *exchange.request_headers],
        is_http_request=True,
    )
    return _builder().create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=message,
        warc_headers_dict=dict(headers),
    )


def _status_line(exchange: Exchange) -> StatusAndHeaders:
    known = {status.value: status.phrase for status in HTTPStatus}
    line = f"{exchange.status} {known.get(exchange.status, 'Unknown')}"
    return _WireHeaders(line, list(exchange.headers), protocol="HTTP/1.1")


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


def iso(moment: datetime) -> str:
    """A moment as WARC 1.1 spells it, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
