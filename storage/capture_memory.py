"""What the archive knows from before: asked while a crawl is on, answered from the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from storage import capture_index, capture_notes
from storage.capture_rows import Kept, kept_of


class ArchiveMemory:
    """Questions about pages and lists of earlier crawls, and of this one."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index

    def validators(self, url: str) -> dict[str, str]:
        """Headers that ask for a page only if it changed since we last had it."""
        row = self.latest(url)
        if row is None:
            return {}
        pairs = {"If-None-Match": row["etag"], "If-Modified-Since": row["last_modified"]}
        return {name: value for name, value in pairs.items() if value}

    def knows(self, url: str) -> bool:
        """Whether anything was ever kept under an address: on a first night, nothing was."""
        known = self._index.execute("SELECT 1 FROM capture WHERE url = ? LIMIT 1", [url])
        return known.fetchone() is not None

    def latest(self, url: str) -> sqlite3.Row | None:
        """The last usable page of an address."""
        row: sqlite3.Row | None = self._index.execute(
            f"SELECT * FROM capture WHERE url = ? AND {capture_index.USABLE} "  # noqa: S608
            "AND kind <> 'robots' ORDER BY id DESC LIMIT 1",
            [url],
        ).fetchone()
        return row

    def of_crawl(
        self, crawl: str, url: str, kind: str | None = None, page_url: str | None = None
    ) -> Kept | None:
        """What a crawl has under an address; with `kind`, as that, and as a file of that page.

        Looked up by address: the index of crawls would lead through all pages of this one.
        """
        row = self._index.execute(
            "SELECT * FROM capture INDEXED BY capture_by_url WHERE url = ? AND crawl = ? AND "
            "kind <> 'robots' AND (? IS NULL OR (kind = ? AND page_url IS ?)) "
            "ORDER BY id DESC LIMIT 1",
            [url, crawl, kind, kind, page_url],
        ).fetchone()
        return None if row is None else kept_of(row)

    def first_with(self, url: str, payload_digest: str, digest: str) -> sqlite3.Row | None:
        """The record that holds these bytes of an address, if there is one."""
        row: sqlite3.Row | None = self._index.execute(
            "SELECT * FROM capture WHERE url = ? AND payload_digest = ? AND digest = ? "
            "AND refers_to IS NULL ORDER BY id LIMIT 1",
            [url, payload_digest, digest],
        ).fetchone()
        return row

    def has(self, url: str, digest: str, kind: str) -> bool:
        """Whether an address ever showed this body as a page of this kind."""
        known = self._index.execute(
            "SELECT 1 FROM capture WHERE url = ? AND digest = ? AND kind = ? LIMIT 1",
            [url, digest, kind],
        )
        return known.fetchone() is not None

    def digests(self, urls: Sequence[str]) -> frozenset[str]:
        """The digests of all bodies ever kept under some addresses."""
        marks = ", ".join("?" * len(urls))
        rows = self._index.execute(
            f"SELECT DISTINCT digest FROM capture WHERE status = 200 AND url IN ({marks})",  # noqa: S608
            list(urls),
        )
        return frozenset(row["digest"] for row in rows)

    def fresh_robots(self, url: str, within: timedelta) -> Kept | None:
        """A robots.txt, or the lack of one, had so lately that it need not be asked for."""
        row = self._index.execute(
            "SELECT * FROM capture WHERE url = ? AND kind = 'robots' AND status < 500 "
            "AND status <> 429 AND fetched_at > ? ORDER BY id DESC LIMIT 1",
            [url, (datetime.now(UTC) - within).isoformat()],
        ).fetchone()
        return None if row is None else kept_of(row)

    def entries(self, column: str) -> dict[str, sqlite3.Row]:
        """What the lists of a column have named so far, by URL."""
        return capture_notes.entries_of(self._index, column)

    def last_deep(self, column: str, years: Sequence[int]) -> datetime | None:
        """When every entry of a column was last asked for."""
        return capture_notes.last_deep(self._index, column, tuple(years))
