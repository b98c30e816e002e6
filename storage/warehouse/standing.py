"""Which versions stand, and which one of a report is current. Pure.

A version stands as long as a capture shows it. When a better reading gives a page another agency,
year or first capture, the row it was read into before loses its last capture: it is retired, never
deleted, and comes back if a later reading agrees with it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from operator import itemgetter
from typing import Any

from storage.warehouse.rows import Row, Rows


def settled(
    known: Rows, read: Rows, orphans: Collection[str], touched: Collection[str], at: datetime
) -> Rows:
    """The rows of table `report` as they should be, by id.

    Args:
        known: as they are: all versions of every report that the load may change.
        read: as the new reading has them.
        orphans: known versions that no capture shows any more.
        touched: known versions whose figures, sections, facts or findings changed.
        at: the time of the load; rows that say the same as before keep their older time.
    """
    rows = {key: _retired(row, at) if key in orphans else row for key, row in known.items()}
    rows |= {key: _merged(known.get(key), row) for key, row in read.items()}
    current = {_current(group)["id"] for group in _standing(rows.values())}
    return {
        key: _dated(known.get(key), {**row, "is_current": key in current}, key in touched, at)
        for key, row in rows.items()
    }


def _retired(row: Row, at: datetime) -> Row:
    return row if row["retired_at"] else {**row, "retired_at": at}


def _merged(known: Row | None, row: Row) -> Row:
    """The new reading of a version, still first seen when and where it was seen first."""
    if known is None or known["retired_at"]:
        return row
    earlier = known["first_seen_at"] < row["first_seen_at"]
    kept = ("first_seen_at", "capture_id", "region", "report_column") if earlier else ()
    last = max(known["last_seen_at"], row["last_seen_at"])
    return {**row, **{name: known[name] for name in kept}, "last_seen_at": last}


def _standing(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """The versions of each report that captures show."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if row["retired_at"] is None:
            groups.setdefault((row["agency"], row["report_year"], row["scope"]), []).append(row)
    return groups.values()


def _current(versions: list[Row]) -> Row:
    """The version that the reading calls current; of two readings' versions the one seen last.

    The two come from partitions or regions that each show the report; whichever is loaded last,
    the answer is the same.
    """
    called = [row for row in versions if row["is_current"]]
    own = [row for row in versions if row["kind"] != "other"]
    return max(called or own or versions, key=itemgetter("last_seen_at", "first_seen_at", "id"))


def _dated(known: Row | None, row: Row, touched: bool, at: datetime) -> Row:
    if known is not None and not touched and row == {**known, "loaded_at": row["loaded_at"]}:
        return known
    return {**row, "loaded_at": at}
