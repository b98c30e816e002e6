"""Writing a crawl: one WARC file, one index row a response, one crawl of a region at a time."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from storage import capture_index
from storage.capture_pages import Page, exchange_again, read_page
from storage.capture_rows import Kept, PageClaim, content_of, kept_of, original_of
from storage.region_lock import RegionLock
from storage.warc import CaptureError, Exchange, exchange_records, warcinfo

# A killed crawl is taken up again for a week; after that its first pages are too old to be passed
# off as today's, and a new crawl begins.
RESUME_WITHIN = timedelta(days=7)
NOT_MODIFIED = 304


class CrawlWriter:
    """One crawl being written. Made by `CaptureStore.open_crawl`; a context manager.

    Leaving it without `finish` leaves the crawl open: the next `open_crawl` of the same region and
    years cuts a torn tail off its file and goes on from there.
    """

    def __init__(self, folder: Path, region: str, years: Sequence[int], software: str) -> None:
        self._folder = folder
        self._index = capture_index.open_index(folder)
        self._lock = RegionLock(folder, region)
        try:
            self._open(region, years, software)
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise CaptureError(f"{folder}: the crawl cannot be opened: {error}") from error
        except CaptureError:
            self.close()
            raise

    def _open(self, region: str, years: Sequence[int], software: str) -> None:
        row = self._resumable(region, years)
        self.resumed = row is not None
        self.region = region
        self.crawl: str = row["id"] if row else self._begin(region, years)
        self.path = self._folder / region / f"{self.crawl}.warc.gz"
        self._lock.note(self.crawl)
        if not self.path.exists() or not capture_index.tail(self._index, self.crawl):
            self._write_head(software)
        self._end = _cut_tail(self._index, self.crawl, self.path)
        self._kept = self._kept_before()

    def _resumable(self, region: str, years: Sequence[int]) -> sqlite3.Row | None:
        """The open crawl to go on with; those that are too old are closed as `abandoned`."""
        youngest: sqlite3.Row | None = None
        for row in capture_index.open_crawls(self._index, region, years):
            age = datetime.now(UTC) - datetime.fromisoformat(row["started_at"])
            if youngest is None and age < RESUME_WITHIN:
                youngest = row
                continue
            path = self._folder / row["warc"]
            if path.exists():
                _cut_tail(self._index, row["id"], path)
            capture_index.end_crawl(self._index, row["id"], "abandoned")
        return youngest

    def _begin(self, region: str, years: Sequence[int]) -> str:
        now = datetime.now(UTC)
        crawl = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        values: dict[str, object] = {
            "id": crawl,
            "region": region,
            "years": capture_index.years_key(years),
            "warc": f"{region}/{crawl}.warc.gz",
            "started_at": now.isoformat(),
        }
        capture_index.insert(self._index, "crawl", values)
        return crawl

    def _write_head(self, software: str) -> None:
        head = warcinfo(self.path.name, software, datetime.now(UTC))
        self.path.write_bytes(head)
        self._index.execute("UPDATE crawl SET head = ? WHERE id = ?", [len(head), self.crawl])

    def _kept_before(self) -> dict[tuple[str, str], Kept]:
        rows = self._index.execute(
            "SELECT * FROM capture WHERE crawl = ? AND kind <> 'robots' ORDER BY id", [self.crawl]
        )
        return {(row["url"], row["kind"]): kept_of(row) for row in rows}

    def keep(self, exchange: Exchange, claim: PageClaim, blocked: str | None = None) -> Kept:
        """Write an answer with its request, then its index row; all of it or nothing.

        A body whose content encoding cannot be undone is kept and read as it came.
        """
        return self._keep(exchange, claim, blocked, was_sent=True)

    def claim(self, kept: Kept, claim: PageClaim) -> Kept:
        """What this crawl has already, as what it is asked for now: a list may be a report too.

        The archive gets a revisit of its own for the second use; nothing is fetched.
        """
        if same := self._kept.get((kept.url, claim.kind)):
            return same
        exchange = exchange_again(self._folder, self._index, kept.capture)
        return self._keep(exchange, claim, kept.blocked, was_sent=False)

    def _keep(
        self, exchange: Exchange, claim: PageClaim, blocked: str | None, *, was_sent: bool
    ) -> Kept:
        values: dict[str, object] = {
            "crawl": self.crawl,
            "region": self.region,
            "column": claim.column,
            "kind": claim.kind,
            "report_year": claim.report_year,
            "url": exchange.url,
            "status": exchange.status,
            "fetched_at": exchange.fetched_at.isoformat(),
            "link_text": claim.link_text,
            "blocked": blocked,
            **content_of(exchange),
        }
        original = self._original(exchange, values)
        values["is_new"] = self._is_new(exchange.url, str(values["digest"]), claim.kind)
        kept = self._append(exchange, values, original, was_sent=was_sent)
        if claim.kind != "robots":
            self._kept[exchange.url, claim.kind] = kept
        return kept

    def _original(self, exchange: Exchange, values: dict[str, object]) -> sqlite3.Row | None:
        """The capture whose bytes this answer repeats; a 304 takes over what is known of it."""
        if exchange.status == NOT_MODIFIED:
            known = self._known(exchange.url)
            if known is None:
                return None
            names = ("content_type", "encoding", "digest", "payload_digest")
            values |= {name: known[name] for name in names}
            values["etag"] = values["etag"] or known["etag"]
            values["last_modified"] = values["last_modified"] or known["last_modified"]
            return capture_index.row_by_id(self._index, known["refers_to"] or known["id"])
        if not exchange.body:
            return None  # an empty body is cheaper to write than to look up
        row: sqlite3.Row | None = self._index.execute(
            "SELECT * FROM capture WHERE url = ? AND payload_digest = ? AND digest = ? "
            "AND refers_to IS NULL ORDER BY id LIMIT 1",
            [exchange.url, values["payload_digest"], values["digest"]],
        ).fetchone()
        return row

    def _is_new(self, url: str, digest: str, kind: str) -> bool:
        known = self._index.execute(
            "SELECT 1 FROM capture WHERE url = ? AND digest = ? AND kind = ? LIMIT 1",
            [url, digest, kind],
        )
        return known.fetchone() is None

    def _append(
        self,
        exchange: Exchange,
        values: dict[str, object],
        original: sqlite3.Row | None,
        *,
        was_sent: bool,
    ) -> Kept:
        record_id = f"<urn:uuid:{uuid.uuid4()}>"
        names = ("crawl", "region", "column", "kind", "report_year", "link_text", "blocked")
        metadata = json.dumps({name: values[name] for name in names})
        records = exchange_records(
            exchange, record_id, metadata, original_of(original), was_sent=was_sent
        )
        row = values | {
            "warc": f"{self.region}/{self.path.name}",
            "offset": self._end,
            "end": self._end + len(records),
            "record_id": record_id,
            "refers_to": original["id"] if original else None,
        }
        try:
            self._write(records)
            capture = capture_index.insert(self._index, "capture", row)
        except (OSError, sqlite3.Error) as error:
            self._undo()
            raise CaptureError(
                f"{self.path}: a response could not be kept: {error}. Nothing half-written "
                "remains; make room or mend the folder and run the same crawl again to go on"
            ) from error
        self._end += len(records)
        return kept_of(row | {"id": capture})

    def _write(self, records: bytes) -> None:
        with self.path.open("r+b", buffering=0) as stream:
            stream.seek(self._end)
            while records:
                written = stream.write(records)
                if not written:
                    raise OSError("no byte could be written")
                records = records[written:]

    def _undo(self) -> None:
        """Cut the file back; where even that fails, the next `open_crawl` does it."""
        try:
            os.truncate(self.path, self._end)
        except OSError:
            return

    def earlier(self, url: str) -> Kept | None:
        """What this very crawl already has under a URL, before or after a kill."""
        kinds = (self._kept.get((url, kind)) for kind in ("report", "list"))
        return next((kept for kept in kinds if kept is not None), None)

    def page(self, kept: Kept) -> Page:
        """The page that a response stands for; a 304 gives the page it confirms."""
        return read_page(self._folder, self._index, kept.capture)

    def validators(self, url: str) -> dict[str, str]:
        """Headers that ask for a page only if it changed since we last had it."""
        row = self._known(url)
        if row is None:
            return {}
        pairs = {"If-None-Match": row["etag"], "If-Modified-Since": row["last_modified"]}
        return {name: value for name, value in pairs.items() if value}

    def digests(self, urls: Sequence[str]) -> frozenset[str]:
        """The digests of all bodies ever kept under some addresses."""
        marks = ", ".join("?" * len(urls))
        rows = self._index.execute(
            f"SELECT DISTINCT digest FROM capture WHERE status = 200 AND url IN ({marks})",  # noqa: S608
            list(urls),
        )
        return frozenset(row["digest"] for row in rows)

    def _known(self, url: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._index.execute(
            f"SELECT * FROM capture WHERE url = ? AND {capture_index.USABLE} "  # noqa: S608
            "AND kind <> 'robots' ORDER BY id DESC LIMIT 1",
            [url],
        ).fetchone()
        return row

    def finish(self, reason: str) -> None:
        """Close the crawl for good."""
        try:
            capture_index.end_crawl(self._index, self.crawl, reason)
        except sqlite3.Error as error:
            raise CaptureError(
                f"{self.path}: everything is kept, but the crawl could not be closed: {error}. "
                "Run it again to close it"
            ) from error

    def close(self) -> None:
        """Let go of the region; without `finish` before, the crawl can be resumed."""
        self._index.close()
        self._lock.release()

    def __enter__(self) -> CrawlWriter:
        """The writer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close, whatever happened."""
        self.close()


def _cut_tail(index: sqlite3.Connection, crawl: str, path: Path) -> int:
    """Cut the file back to its last indexed record and return that length.

    A file shorter than its index (power lost before the disk had it all) loses the rows that
    point beyond its end: those pages are fetched again.
    """
    size = path.stat().st_size
    index.execute('DELETE FROM capture WHERE crawl = ? AND "end" > ?', [crawl, size])
    end = capture_index.tail(index, crawl)
    if size > end:
        os.truncate(path, end)
    return end
