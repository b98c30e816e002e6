"""WARC 1.1 records as bytes, one gzip member each; warcio reads them back.

Built here and not by warcio, which takes several times as long, digests each body three times and
percent-encodes header bytes that are not ASCII.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import uuid4

from isal import isal_zlib

from storage.warc import CRAWL_FIELD, GZIP_WRAPPER, METADATA, Exchange, Headers, Original

# Of isal's levels (0-3) its default: a third of the time of zlib's 6, for 13 % more bytes.
GZIP_LEVEL = 2
# Both from the WARC 1.1 specification, section 6.7.
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def payload_digest(body: bytes) -> str:
    """`sha1:<base32>`: what archives compare revisits by; never used as a proof of identity."""
    return _sha1(body) if body else _of_nothing()


def _sha1(body: bytes) -> str:
    digest = hashlib.sha1(body, usedforsecurity=False).digest()
    return f"sha1:{b32encode(digest).decode('ascii')}"


def new_record_id() -> str:
    """A name for a record that no other has."""
    return f"<urn:uuid:{uuid4()}>"


def warcinfo(filename: str, software: str, crawl: str, fetched_at: datetime) -> bytes:
    """The record that opens a file: who wrote it, in which format, for which crawl (JSON)."""
    fields = {"software": software, "format": "WARC File Format 1.1", CRAWL_FIELD: crawl}
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    named = {"WARC-Filename": filename, "WARC-Date": iso(fetched_at)}
    return _record("warcinfo", "application/warc-fields", named, block)


def note_record(uri: str, content: str, noted_at: datetime) -> bytes:
    """A metadata record: a line of JSON about the crawl itself."""
    named = {"WARC-Target-URI": uri, "WARC-Date": iso(noted_at)}
    return _record("metadata", "application/json", named, content.encode())


def exchange_records(
    exchange: Exchange,
    record_id: str,
    metadata: str,
    digest: str,
    original: Original | None = None,
    *,
    was_sent: bool = True,
) -> bytes:
    """The answer and the request as two records; with `original`, the answer is a revisit.

    Without `was_sent` the answer was there already, and there is no request to write down.

    `digest` is the `payload_digest` of the body; `metadata` a line of JSON kept in the header
    `WARC-JSON-Metadata` (as Browsertrix does), so that the index can be made again from the files
    alone.
    """
    common = {"WARC-Target-URI": exchange.url, "WARC-Date": iso(exchange.fetched_at)} | (
        {"WARC-IP-Address": exchange.ip} if exchange.ip else {}
    )
    named = {"WARC-Record-ID": record_id, **common, METADATA: metadata}
    answer = _answer(exchange, named, digest, original)
    return answer + _request(exchange, common, record_id) if was_sent else answer


def iso(moment: datetime) -> str:
    """A moment as WARC 1.1 spells it, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _answer(
    exchange: Exchange, named: dict[str, str], digest: str, original: Original | None
) -> bytes:
    line = f"HTTP/1.1 {exchange.status} {_phrases().get(exchange.status, 'Unknown')}"
    head = _message(line, exchange.headers)
    if original is not None:
        named |= _referral(exchange.status, original)
        return _record("revisit", "application/http; msgtype=response", named, head)
    named["WARC-Payload-Digest"] = digest
    return _record("response", "application/http; msgtype=response", named, head + exchange.body)


def _referral(status: int, original: Original) -> dict[str, str]:
    return {
        "WARC-Profile": NOT_MODIFIED if status == HTTPStatus.NOT_MODIFIED else SAME_PAYLOAD,
        "WARC-Refers-To": original.record_id,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": iso(original.fetched_at),
        "WARC-Payload-Digest": original.payload_digest,
    }


def _request(exchange: Exchange, common: Mapping[str, str], answer: str) -> bytes:
    parts = urlsplit(exchange.sent_to or exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = (("Host", parts.netloc), *exchange.request_headers)
    head = _message(f"{exchange.method} {target} HTTP/1.1", headers)
    named = {
        **common,
        "WARC-Concurrent-To": answer,
        "WARC-Payload-Digest": payload_digest(exchange.request_body),
    }
    kind = "application/http; msgtype=request"
    return _record("request", kind, named, head + exchange.request_body)


def _message(line: str, headers: Headers) -> bytes:
    """The head of an HTTP message; header bytes as they came."""
    lines = [line, *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def _record(kind: str, content_type: str, named: Mapping[str, str], block: bytes) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": new_record_id(),
        **named,
        "WARC-Block-Digest": payload_digest(block),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    packer = isal_zlib.compressobj(GZIP_LEVEL, isal_zlib.DEFLATED, GZIP_WRAPPER)
    plain = b"".join(("\r\n".join(lines).encode(), block, b"\r\n\r\n"))
    return packer.compress(plain) + packer.flush()


@cache
def _of_nothing() -> str:
    """What every GET carries: to spell a digest takes as long as to compute it."""
    return _sha1(b"")


@cache
def _phrases() -> dict[int, str]:
    return {status.value: status.phrase for status in HTTPStatus}
