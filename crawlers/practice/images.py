"""Scanned tables: a small picture of ruled lines, made of nothing but zlib."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT, RULE = 320, 120, 20
WHITE, BLACK = b"\xff", b"\x00"


def table_png() -> bytes:
    """A grey PNG with a line every 20 pixels; it shows that a table was there, and no figure."""
    ruled = b"\x00" + b"".join(BLACK if x % RULE == 0 else WHITE for x in range(WIDTH))
    line = b"\x00" + BLACK * WIDTH
    pixels = b"".join(line if y % RULE == 0 else ruled for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(pixels)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
