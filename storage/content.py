"""The content encodings of HTTP, undone."""

from __future__ import annotations

import zlib
from typing import Any, Literal

# As DOWNLOAD_MAXSIZE of the crawl: a page that unpacks to more than this is no report.
MAX_DECODED = 32 * 1024 * 1024
MOST_MEMBERS = 64
"""Servers send one; what lies behind each is copied for the next."""
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
BARE_DEFLATE = -zlib.MAX_WBITS


class ContentError(ValueError):
    """A body that stays shut, and by its `kind` why: what a capture is `blocked` by."""

    def __init__(self, kind: Literal["too_large", "damaged", "encoding"], message: str) -> None:
        super().__init__(message)
        self.kind = kind


def decode_content(body: bytes, encoding: str | None) -> bytes:
    """Undo a `Content-Encoding`.

    Raises:
        ContentError: `too_large` for what unpacks to more than we hold (a bomb), `damaged` for what
            is not the gzip or deflate that it says, `encoding` for one that nobody asked for.
    """
    codings = [coding.strip().lower() for coding in (encoding or "").split(",")]
    for coding in reversed(codings):
        if coding in {"gzip", "x-gzip", "deflate"}:
            body = _inflate(body)
        elif coding not in {"", "identity"}:
            raise ContentError("encoding", f"{coding!r} is an encoding that we did not ask for")
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
            why = f"{len(body)} bytes are more than {MOST_MEMBERS} gzip members"
            raise ContentError("too_large", why)
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
            why = f"{len(body)} bytes unpack to more than {MAX_DECODED}"
            raise ContentError("too_large", why)
        return out, bytes(unpacker.unused_data)
    raise ContentError("damaged", f"body is not the gzip or deflate it says it is: {problem}")
