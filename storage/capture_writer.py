"""Writing a crawl: one WARC file, one index row a response, one crawl of a region at a time."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import capture_index
from storage.capture_memory import ArchiveMemory
from storage.capture_notes import ColumnListing, NoteKind
from storage.capture_pages import Page, exchange_again, read_page
from storage.capture_rows import Kept, PageClaim, content_of, kept_of, original_of
from storage.closing import Closing
from storage.region_lock import RegionLock
from storage.warc import CaptureError, Exchange
from storage.warc_build import exchange_records, new_record_id, note_record, warcinfo
from storage.warc_file import WarcFile

# A killed crawl is taken up again for a week; after that its first pages are too old to be passed
# off as today's, and a new crawl begins.
RESUME_WITHIN = timedelta(days=7)
NOT_MODIFIED = 304
ABANDONED = "abandoned"
# What a record says by itself; the rest of its row goes into its metadata.
IN_THE_RECORD = {"url", "status", "fetched_at"}


class CrawlWriter(Closing):
    """One crawl being written. Made by `CaptureStore.open_crawl`; a context manager.

    Leaving it without `finish` leaves the crawl open: the next `open_crawl` of the same region and
    years cuts a torn tail off its file and goes on from there.
    """

    def __init__(
        self,
        folder: Path,
        region: str,
        years: Sequence[int],
        software: str,
        options: Mapping[str, object],
    ) -> None:
        self._folder = folder
        self._index = capture_index.open_index(folder)
        self.memory = ArchiveMemory(self._index)
        self._lock = RegionLock(folder, region)
        try:
            self._open(region, years, software, json.dumps(options, sort_keys=True))
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise CaptureError(f"{folder}: the crawl cannot be opened: {error}") from error
        except CaptureError:
            self.close()
            raise

    def _open(self, region: str, years: Sequence[int], software: str, options: str) -> None:
        row = self._resumable(region, years, options)
        self.resumed = row is not None
        self.region = region
        self.crawl: str = row["id"] if row else self._begin(region, years, options)
        self.path = self._folder / region / f"{self.crawl}.warc.gz"
        self._lock.note(self.crawl)
        if not self.path.exists() or not capture_index.tail(self._index, self.crawl):
            self._write_head(software)
        self._file = WarcFile(self.path, _cut_tail(self._index, self.crawl, self.path))

    def _resumable(self, region: str, years: Sequence[int], options: str) -> sqlite3.Row | None:
        """The open crawl to go on with; those that are too old are closed as `abandoned`."""
        youngest: sqlite3.Row | None = None
        for row in capture_index.open_crawls(self._index, region, years, options):
            age = datetime.now(UTC) - datetime.fromisoformat(row["started_at"])
            if youngest is None and age < RESUME_WITHIN:
                youngest = row
                continue
            self._abandon(row)
        return youngest

    def _abandon(self, row: sqlite3.Row) -> None:
        path = self._folder / row["warc"]
        if not path.exists():
            now = datetime.now(UTC).isoformat()
            capture_index.end_crawl(self._index, row["id"], ABANDONED, now)
            return
        file = WarcFile(path, _cut_tail(self._index, row["id"], path))
        self._note(file, row["id"], "end", None, json.dumps({"reason": ABANDONED}))

    def _begin(self, region: str, years: Sequence[int], options: str) -> str:
        now = datetime.now(UTC)
        crawl = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        values: dict[str, object] = {
            "id": crawl,
            "region": region,
            "years": capture_index.years_key(years),
            "options": options,
            "warc": f"{region}/{crawl}.warc.gz",
            "started_at": now.isoformat(),
        }
        capture_index.insert(self._index, "crawl", values)
        return crawl

    def _write_head(self, software: str) -> None:
        row = self._index.execute("SELECT * FROM crawl WHERE id = ?", [self.crawl]).fetchone()
        names = ("id", "region", "years", "options", "warc", "started_at")
        about = json.dumps({name: row[name] for name in names})
        head = warcinfo(self.path.name, software, about, datetime.now(UTC))
        self.path.write_bytes(head)
        self._index.execute("UPDATE crawl SET head = ? WHERE id = ?", [len(head), self.crawl])

    def keep(self, exchange: Exchange, claim: PageClaim, blocked: str | None = None) -> Kept:
        """Write an answer with its request, then its index row; all of it or nothing.

        A body whose content encoding cannot be undone is kept and read as it came.
        """
        return self._keep(exchange, claim, blocked, was_sent=True)

    def claim(self, kept: Kept, claim: PageClaim) -> Kept:
        """What this crawl has already, as what it is asked for now: a list may be a report too.

        The archive gets a revisit of its own for the second use; nothing is fetched.
        """
        same = self.memory.of_crawl(self.crawl, kept.url, claim.kind, claim.page_url)
        if same is not None:
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
            "page_url": claim.page_url,
            "page_digest": claim.page_digest,
            "blocked": blocked,
            **content_of(exchange),
        }
        is_known = self.memory.knows(exchange.url)
        original = self._original(exchange, values) if is_known else None
        values["is_new"] = not (
            is_known and self.memory.has(exchange.url, str(values["digest"]), claim.kind)
        )
        return self._append(exchange, values, original, was_sent=was_sent)

    def _original(self, exchange: Exchange, values: dict[str, object]) -> sqlite3.Row | None:
        """The capture whose bytes this answer repeats; a 304 takes over what is known of it."""
        if exchange.status == NOT_MODIFIED:
            known = self.memory.latest(exchange.url)
            if known is None:
                return None
            names = ("content_type", "encoding", "digest", "payload_digest", "size", "media")
            values |= {name: known[name] for name in names}
            values["etag"] = values["etag"] or known["etag"]
            values["last_modified"] = values["last_modified"] or known["last_modified"]
            return capture_index.row_by_id(self._index, known["refers_to"] or known["id"])
        if not exchange.body:
            return None  # an empty body is cheaper to write than to look up
        digests = (str(values["payload_digest"]), str(values["digest"]))
        return self.memory.first_with(exchange.url, *digests)

    def _append(
        self,
        exchange: Exchange,
        values: dict[str, object],
        original: sqlite3.Row | None,
        *,
        was_sent: bool,
    ) -> Kept:
        record_id = new_record_id()
        told = {name: value for name, value in values.items() if name not in IN_THE_RECORD}
        records = exchange_records(
            exchange,
            record_id,
            json.dumps(told),
            str(values["payload_digest"]),
            original_of(original),
            was_sent=was_sent,
        )
        row = values | {
            "warc": f"{self.region}/{self.path.name}",
            "offset": self._file.end,
            "record_id": record_id,
            "refers_to": original["id"] if original else None,
        }
        return kept_of(row | {"id": self._store(self._file, records, "capture", row)})

    def note_listing(self, listing: ColumnListing) -> None:
        """Write down what a column's lists named; what is gone from them follows."""
        self._note(self._file, self.crawl, "listing", listing.column, listing.as_json())

    def _note(
        self, file: WarcFile, crawl: str, kind: NoteKind, column: str | None, content: str
    ) -> None:
        now = datetime.now(UTC)
        uri = f"metadata://nianbao/{crawl}/{kind}" + (f"/{column}" if column else "")
        row: dict[str, object] = {
            "crawl": crawl,
            "kind": kind,
            "column": column,
            "offset": file.end,
            "noted_at": now.isoformat(),
            "content": content,
        }
        self._store(file, note_record(uri, content, now), "note", row)

    def _store(self, file: WarcFile, records: bytes, table: str, row: dict[str, object]) -> int:
        """Records first, then their row: all of it or nothing."""
        try:
            end = file.write(records)
            number = capture_index.add(self._index, table, row | {"end": end})
        except (OSError, sqlite3.Error) as error:
            file.undo()
            raise CaptureError(
                f"{file.path}: a response could not be kept: {error}. Nothing half-written "
                "remains; make room or mend the folder and run the same crawl again to go on"
            ) from error
        file.advance(end)
        return number

    def earlier(self, url: str) -> Kept | None:
        """What this very crawl already has under a URL, before or after a kill."""
        return self.memory.of_crawl(self.crawl, url)

    def page(self, kept: Kept) -> Page:
        """The page that a response stands for; a 304 gives the page it confirms."""
        return read_page(self._folder, self._index, kept.capture)

    def finish(self, reason: str) -> None:
        """Close the crawl for good."""
        self._note(self._file, self.crawl, "end", None, json.dumps({"reason": reason}))

    def close(self) -> None:
        """Let go of the region; without `finish` before, the crawl can be resumed."""
        self._index.close()
        self._lock.release()


def _cut_tail(index: sqlite3.Connection, crawl: str, path: Path) -> int:
    """Cut the file back to its last indexed record and return that length.

    A file shorter than its index (power lost before the disk had it all) loses the rows that
    point beyond its end: those pages are fetched again.
    """
    size = path.stat().st_size
    for table in ("capture", "note"):
        index.execute(f'DELETE FROM {table} WHERE crawl = ? AND "end" > ?', [crawl, size])  # noqa: S608
    end = capture_index.tail(index, crawl)
    if size > end:
        os.truncate(path, end)
    return end
