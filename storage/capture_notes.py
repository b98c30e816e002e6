"""What a crawl knows beside its answers: what each list named, and what is gone from it.

A note is a WARC metadata record and a row of the index. What notes add up to is the table `entry`:
a row per report that a column's list has ever named. It follows from the notes alone, in order, so
that it can be made again from the WARC files.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

NoteKind = Literal["listing", "end"]
# What became of an entry's page in a crawl. `known`: not asked for, nothing speaks of a change.
State = Literal["kept", "known", "gone", "failed"]
UNLISTED, GONE = "unlisted", "gone"


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as a list names it."""

    url: str
    title: str
    published: str | None
    """The date printed in the row as `YYYY-MM-DD`."""
    report_year: int | None
    """The year that the title names; null: it names none."""
    state: State


@dataclass(frozen=True, slots=True)
class ColumnListing:
    """What the lists of one column named in one crawl.

    `complete`: every page of them was read, so that an entry of `years` that is not there has
    vanished. `deep`: every entry's page was asked for, not only where the list says something new.
    """

    column: str
    years: tuple[int, ...]
    deep: bool
    complete: bool
    entries: tuple[Entry, ...]

    def as_json(self) -> str:
        """One line, for the WARC file and the index."""
        return json.dumps(asdict(self), ensure_ascii=False)


def apply_note(index: sqlite3.Connection, kind: str, content: str, noted_at: str) -> None:
    """Bring the entries to what a note says; of a crawl's end there is nothing to say."""
    if kind != "listing":
        return
    listing = json.loads(content)
    for entry in listing["entries"]:
        _apply_entry(index, listing["column"], entry, noted_at)
    if listing["complete"]:
        _mark_unlisted(index, listing, noted_at)


def _apply_entry(
    index: sqlite3.Connection, column: str, entry: dict[str, Any], noted_at: str
) -> None:
    before = index.execute(
        'SELECT * FROM entry WHERE "column" = ? AND url = ?', [column, entry["url"]]
    ).fetchone()
    state, since, why = entry["state"], None, None
    if state == "known":
        state = before["state"] if before else "failed"
    if state == "gone":
        was_gone = before is not None and before["vanished_why"] == GONE
        since, why = (before["vanished_at"] if was_gone else noted_at), GONE
    index.execute(
        'INSERT OR REPLACE INTO entry ("column", url, title, published, report_year, state, '
        "first_listed_at, last_listed_at, vanished_at, vanished_why) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(column, entry["url"], entry["title"], entry["published"], entry["report_year"]),
            *(state, before["first_listed_at"] if before else noted_at, noted_at, since, why),
        ],
    )


def _mark_unlisted(index: sqlite3.Connection, listing: dict[str, Any], noted_at: str) -> None:
    """Entries of the years asked that a complete list does not name any more."""
    marks = ", ".join("?" * len(listing["years"]))
    index.execute(
        f'UPDATE entry SET vanished_at = ?, vanished_why = ? WHERE "column" = ? '  # noqa: S608
        f"AND last_listed_at <> ? AND vanished_at IS NULL AND report_year IN ({marks})",
        [noted_at, UNLISTED, listing["column"], noted_at, *listing["years"]],
    )


def entries_of(index: sqlite3.Connection, column: str) -> dict[str, sqlite3.Row]:
    """The entries of a column by URL."""
    rows = index.execute('SELECT * FROM entry WHERE "column" = ?', [column])
    return {row["url"]: row for row in rows}


def last_deep(index: sqlite3.Connection, column: str, years: tuple[int, ...]) -> datetime | None:
    """When a column was last listed deeply and completely for all these years."""
    rows = index.execute(
        "SELECT content, noted_at FROM note WHERE kind = 'listing' AND \"column\" = ? "
        "ORDER BY id DESC",
        [column],
    )
    for row in rows:
        listing = json.loads(row["content"])
        if listing["deep"] and listing["complete"] and set(years) <= set(listing["years"]):
            return datetime.fromisoformat(row["noted_at"])
    return None
