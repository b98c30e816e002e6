"""The content encodings of HTTP, undone."""

from __future__ import annotations

import zlib
from typing import Any

# As DOWNLOAD_MAXSIZE of the crawl: a page that unpacks to more than this is no report.
MAX_DECODED = 32 * 1024 * 1024
MOST_MEMBERS = 64
"""Servers send one; what lies behind each is copied for the next."""
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
BARE_DEFLATE = -zlib.MAX_WBITS


def decode_content(body: bytes, encoding: str | None) -> bytes:
    """Undo a `Content-Encoding`; ValueError for a damaged or unknown one, and for a bomb."""
    codings = [coding.strip().lower() for coding in (encoding or "").split(",")]
    for coding in reversed(codings):
        if coding in {"gzip", "x-gzip", "deflate"}:
            body = _inflate(body)
        elif coding not in {"", "identity"}:
            raise ValueError(f"content encoding {coding!r}, which we did not ask for")
    return body


def _inflate(body: bytes) -> bytes:
    """All gzip members, or one deflate stream with or without zlib's wrapper."""
    first = (zlib.decompressobj(GZIP_OR_ZLIB), zlib.decompressobj(BARE_DEFLATE))
    out, rest = _member(body, MAX_DECODED, *first)
    members, room = [out], MAX_DECODED - len(out)
    # Some servers pad after the last member: only what starts like gzip is another member.
    while rest.startswith(b"\x1f\x8b"):
        out, rest = _member(rest, room, zlib.decompressobj(GZIP_OR_ZLIB))
        members.append(out)
        if len(members) > MOST_MEMBERS:
            raise ValueError(f"{len(body)} bytes are more than {MOST_MEMBERS} gzip members")
        room -= len(out)
    return b"".join(members)


def _member(body: bytes, room: int, *unpackers: Any) -> tuple[bytes, bytes]:
    """What the first fitting unpacker makes of the body, and the bytes after it."""
    problem: zlib.error | None = None
    for unpacker in unpackers:
        try:
            out = bytes(unpacker.decompress(body, room + 1))  # 0 would mean: without limit
        except zlib.error as error:
            problem = error
            continue
        if len(out) > room or unpacker.unconsumed_tail:
            raise ValueError(f"{len(body)} bytes unpack to more than {MAX_DECODED}")
        return out, bytes(unpacker.unused_data)
    raise ValueError(f"body is not the gzip or deflate it says it is: {problem}")
