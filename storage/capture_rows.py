"""Index rows of a crawl being written: what goes into one, what is known from one."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.media import media_type
from storage.warc import Exchange, Original
from storage.warc_build import payload_digest


@dataclass(frozen=True, slots=True)
class PageClaim:
    """Why a page is fetched: for which column, as what, and what its link said.

    `report_year` is null for lists and where the link names no year; `column` is null for a
    robots.txt, which belongs to a host. An attachment names the page that links to it by address
    and digest.
    """

    column: str | None
    kind: Literal["list", "report", "attachment", "robots"]
    report_year: int | None = None
    link_text: str | None = None
    page_url: str | None = None
    page_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a response."""

    capture: int
    url: str
    status: int
    blocked: str | None
    is_new: bool
    digest: str


def content_of(exchange: Exchange) -> dict[str, object]:
    """What the index says about a body and its headers."""
    body, encoding = exchange.decoded, exchange.header("content-encoding")
    if body is None:
        body, encoding = exchange.body, None
    return {
        "content_type": exchange.header("content-type"),
        "encoding": encoding,
        "etag": exchange.header("etag"),
        "last_modified": exchange.header("last-modified"),
        "digest": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "size": len(body),
        "media": media_type(body),
        "payload_digest": payload_digest(exchange.body),
    }


def kept_of(row: sqlite3.Row | dict[str, object]) -> Kept:
    """The part of a row that the crawl works with."""
    return Kept(
        capture=int(str(row["id"])),
        url=str(row["url"]),
        status=int(str(row["status"])),
        blocked=None if row["blocked"] is None else str(row["blocked"]),
        is_new=bool(row["is_new"]),
        digest=str(row["digest"]),
    )


def original_of(row: sqlite3.Row | None) -> Original | None:
    """What a revisit record says about the record that holds its bytes."""
    if row is None:
        return None
    return Original(
        record_id=row["record_id"],
        url=row["url"],
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        payload_digest=row["payload_digest"],
    )
