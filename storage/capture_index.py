"""The index of captures: a SQLite file beside the WARC files, one row per response kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from pipeline.model import Attachment, Capture, CaptureKind
from storage.capture_attachments import attachments_of
from storage.capture_notes import apply_note
from storage.warc import CaptureError

# Raised when a column changes; an older program refuses a newer file instead of misreading it.
SCHEMA_VERSION = 2
# Pages of 4 KB in SQLite's log before they go into the file, which waits for the disk: by default
# some 150 captures, here ten times as many.
LOG_PAGES = 10_000
BUSY_SECONDS = 30.0  # several regions may be crawled at once, each commits in well under 1 ms
SCHEMA = """
CREATE TABLE crawl (
    id TEXT PRIMARY KEY,
    region TEXT NOT NULL,
    years TEXT NOT NULL,            -- JSON list of report years asked for
    options TEXT NOT NULL,          -- JSON object of what narrows the crawl: agencies, a sample
    warc TEXT NOT NULL UNIQUE,      -- path below the captures folder
    started_at TEXT NOT NULL,
    ended_at TEXT,                  -- null: running, or killed and waiting to be resumed
    reason TEXT,                    -- why it ended
    head INTEGER NOT NULL DEFAULT 0 -- bytes of the file before its first capture
);
CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    crawl TEXT NOT NULL REFERENCES crawl(id),
    region TEXT NOT NULL,
    "column" TEXT,                  -- null for robots.txt, which belongs to a host
    kind TEXT NOT NULL,             -- list, report, attachment, robots
    report_year INTEGER,
    url TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    fetched_at TEXT NOT NULL,
    digest TEXT NOT NULL,
    warc TEXT NOT NULL,
    offset INTEGER NOT NULL,
    is_new INTEGER NOT NULL,
    link_text TEXT,
    "end" INTEGER NOT NULL,         -- where the records of the next capture start
    record_id TEXT NOT NULL,
    payload_digest TEXT NOT NULL,
    encoding TEXT,                  -- content encoding to undo on reading; null: none
    etag TEXT,
    last_modified TEXT,
    blocked TEXT,                   -- null: a page; else what stands in its place
    page_url TEXT,                  -- attachments: the page that links to it
    page_digest TEXT,               -- attachments: the bytes of that page
    media TEXT,                     -- attachments: what the bytes are, such as pdf
    size INTEGER NOT NULL,          -- bytes of the body, content encoding undone
    refers_to INTEGER REFERENCES capture(id) -- the capture that holds the bytes of a revisit
);
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    crawl TEXT NOT NULL REFERENCES crawl(id),
    kind TEXT NOT NULL,             -- listing, end
    "column" TEXT,
    offset INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    noted_at TEXT NOT NULL,
    content TEXT NOT NULL           -- JSON, as in the WARC metadata record
);
CREATE TABLE entry (                -- follows from the notes: storage/capture_notes.py
    "column" TEXT NOT NULL,
    url TEXT NOT NULL,              -- as the list gives it
    title TEXT NOT NULL,
    published TEXT,
    report_year INTEGER,
    state TEXT NOT NULL,            -- kept, gone, failed: when its page was last asked for
    first_listed_at TEXT NOT NULL,
    last_listed_at TEXT NOT NULL,
    vanished_at TEXT,               -- null: listed, and there
    vanished_why TEXT,              -- unlisted, gone
    PRIMARY KEY ("column", url)
);
CREATE INDEX note_by_column ON note ("column", id);
CREATE INDEX note_by_crawl ON note (crawl, "end");
CREATE INDEX capture_by_page ON capture (page_url, page_digest);
CREATE INDEX capture_by_url ON capture (url, id);
CREATE INDEX capture_by_region ON capture (region, kind, report_year);
CREATE INDEX capture_by_crawl ON capture (crawl, id);
"""
# What the pipeline may read: a page as the agency publishes it, fetched now or confirmed by a 304.
USABLE = "blocked IS NULL AND (status = 200 OR (status = 304 AND refers_to IS NOT NULL))"
FIELDS = (
    'id, crawl, region, "column", kind, report_year, url, status, content_type, fetched_at, '
    "digest, warc, offset, is_new, link_text, media, "
    # By the address that the list gives, which is that of the capture unless it was redirected.
    '(SELECT vanished_at FROM entry WHERE entry."column" = capture."column" '
    "AND entry.url = capture.url) AS vanished_at"
)


def open_index(folder: Path, name: str = "index.sqlite") -> sqlite3.Connection:
    """The index of a captures folder, made if it is not there. Each statement is a commit."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / name, timeout=BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection)
    except (sqlite3.Error, OSError) as error:
        raise CaptureError(
            f"{folder}: the captures folder cannot be used: {error}. "
            "Name a folder that can be written, or make room on the disk"
        ) from error
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        # IMMEDIATE: two crawls that start together must not both make the tables.
        script = f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        try:
            connection.executescript(script)
        except sqlite3.OperationalError:
            connection.rollback()
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                raise
    elif version != SCHEMA_VERSION:
        remedy = (
            "update nianbao"
            if version > SCHEMA_VERSION
            else "make it again from the WARC files: `nianbao captures rebuild`"
        )
        raise CaptureError(
            f"the capture index has version {version}, expected {SCHEMA_VERSION}: {remedy}"
        )


def capture_of(row: sqlite3.Row, attachments: tuple[Attachment, ...]) -> Capture:
    """The public part of an index row."""
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row is no mapping
    values["kind"] = CaptureKind(values["kind"])
    values["is_new"] = bool(values["is_new"])
    for name in ("fetched_at", "vanished_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return Capture(**values, attachments=attachments)


def find_captures(
    index: sqlite3.Connection,
    region: str,
    kind: CaptureKind,
    report_year: int | None,
    *,
    latest_only: bool,
    undated: bool,
) -> list[Capture]:
    """Usable captures, oldest first. See `CaptureStore.captures`."""
    where, values = f"{USABLE} AND region = ? AND kind = ?", [region, str(kind)]
    query = f"SELECT {FIELDS} FROM capture WHERE {where}"  # noqa: S608 - constants only
    if latest_only:
        query += f" AND id IN (SELECT max(id) FROM capture WHERE {where} GROUP BY url)"  # noqa: S608
        values *= 2
    if report_year is not None:
        query += f" AND (report_year = ?{' OR report_year IS NULL' if undated else ''})"
        values.append(str(report_year))
    files = attachments_of(index, region) if kind is CaptureKind.REPORT else {}
    with closing(index.execute(f"{query} ORDER BY id", values)) as rows:
        return [capture_of(row, files.get((row["url"], row["digest"]), ())) for row in rows]


def row_by_id(index: sqlite3.Connection, capture: int) -> sqlite3.Row:
    """The whole row of a capture; `CaptureError` if the index has none."""
    row: sqlite3.Row | None = index.execute(
        "SELECT * FROM capture WHERE id = ?", [capture]
    ).fetchone()
    if row is None:
        raise CaptureError(f"capture {capture} is not in this index: was it made elsewhere?")
    return row


def id_at(index: sqlite3.Connection, warc: str, offset: int) -> int:
    """The capture whose record stands there; `CaptureError` if the index has none."""
    row = index.execute(
        "SELECT id FROM capture WHERE warc = ? AND offset = ?", [warc, offset]
    ).fetchone()
    if row is None:
        raise CaptureError(f"no capture at {warc} byte {offset}: is this the archive it came from?")
    return int(row["id"])


def insert(index: sqlite3.Connection, table: str, values: dict[str, object]) -> int:
    """Add a row and return its id."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    cursor = index.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - our own names
        list(values.values()),
    )
    return int(cursor.lastrowid or -1)


def add(index: sqlite3.Connection, table: str, row: dict[str, object]) -> int:
    """Add a capture or a note, and what follows from a note, as one commit; its id."""
    if table == "capture":
        return add_row(index, table, row)
    index.execute("BEGIN IMMEDIATE")
    try:
        number = add_row(index, table, row)
    except sqlite3.Error:
        index.execute("ROLLBACK")
        raise
    index.execute("COMMIT")
    return number


def add_row(index: sqlite3.Connection, table: str, row: dict[str, object]) -> int:
    """The same within whatever transaction there is."""
    number = insert(index, table, row)
    if table == "note":
        kind, content, noted_at = (str(row[name]) for name in ("kind", "content", "noted_at"))
        apply_note(index, kind, content, noted_at)
        if kind == "end":
            end_crawl(index, str(row["crawl"]), json.loads(content)["reason"], noted_at)
    return number


def open_crawls(
    index: sqlite3.Connection, region: str, years: Sequence[int], options: str
) -> list[sqlite3.Row]:
    """Crawls that were asked for the same and never ended, latest first."""
    return index.execute(
        "SELECT * FROM crawl WHERE region = ? AND years = ? AND options = ? AND ended_at IS NULL "
        "ORDER BY started_at DESC",
        [region, years_key(years), options],
    ).fetchall()


def end_crawl(index: sqlite3.Connection, crawl: str, reason: str, ended_at: str) -> None:
    """Close a crawl: it is never resumed after that."""
    index.execute(
        "UPDATE crawl SET ended_at = ?, reason = ? WHERE id = ?", [ended_at, reason, crawl]
    )


def years_key(years: Sequence[int]) -> str:
    """Years as the index spells them, so that two orders of asking are one crawl."""
    return json.dumps(sorted(set(years)))


def tail(index: sqlite3.Connection, crawl: str) -> int:
    """Where the indexed part of a crawl's file ends."""
    end = index.execute(
        'SELECT max(head, coalesce((SELECT max("end") FROM capture WHERE crawl = crawl.id), 0), '
        'coalesce((SELECT max("end") FROM note WHERE note.crawl = crawl.id), 0)) '
        "FROM crawl WHERE id = ?",
        [crawl],
    ).fetchone()
    return int(end[0])
