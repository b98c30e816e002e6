"""Loading versions: the warehouse says what the newest reading says, and keeps what was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from pipeline.versions import Version
from storage.warehouse.agencies import claim_agency
from storage.warehouse.children import insert_children, sync_children
from storage.warehouse.engine import writer
from storage.warehouse.found import CAPTURE, LINK, REPORT, Found, find
from storage.warehouse.indicators import sync_indicators
from storage.warehouse.refusals import reason_to_refuse
from storage.warehouse.rows import Wanted, merge_capture, wanted
from storage.warehouse.standing import settled
from storage.warehouse.summary import Counts, LoadSummary, Refusal, added
from storage.warehouse.sync import sync
from storage.warehouse.types import NotExactError, to_sqlite, unchanged


def load(engine: Engine, versions: Iterable[Version], *, loaded_at: datetime) -> LoadSummary:
    """Bring the warehouse to what these versions say; doing so again writes nothing.

    Each report, with all its versions that come one after another, is a transaction of its own: a
    load that is killed leaves whole reports. A report that cannot be kept exactly is refused and
    named in the summary; the others are loaded.

    Args:
        engine: from `open_warehouse`.
        versions: of any partitions, as `pipeline.dedup.versions.group` gives them.
        loaded_at: now, in UTC; rows that do not change keep their older time.
    """
    refused: list[Refusal] = []
    with writer(engine) as connection:
        with connection.begin():
            parts = [sync_indicators(connection)]
        for _, group in groupby(versions, key=_report_key):
            kept = list(_kept(group, refused))
            try:
                if kept:
                    with connection.begin():
                        parts.append(_load_report(connection, kept, loaded_at))
            except (IntegrityError, DataError, NotExactError) as error:
                reason = str(error.orig if isinstance(error, DBAPIError) else error)
                refused += [Refusal(v.agency, v.report_year, reason) for v in kept]
    return LoadSummary(added(parts), tuple(refused))


def _report_key(version: Version) -> tuple[str, int, str]:
    return version.agency, version.report_year, version.scope.value


def _kept(group: Iterable[Version], refused: list[Refusal]) -> Iterator[Version]:
    for version in group:
        reason = reason_to_refuse(version)
        if reason is None:
            yield version
        else:
            refused.append(Refusal(version.agency, version.report_year, reason))


def _load_report(
    connection: Connection, versions: list[Version], loaded_at: datetime
) -> dict[str, Counts]:
    """All versions of one report, within the transaction of the connection."""
    keep = to_sqlite if connection.dialect.name == "sqlite" else unchanged
    want = wanted(versions, loaded_at, keep)
    agency = claim_agency(connection, versions)
    found = find(connection, want.reports, want.shows)
    old = {
        key: sync_children(connection, key, rows)
        for key, rows in want.children.items()
        if key in found.reports
    }
    touched = {key for key, part in old.items() if any(c.written for c in part.values())}
    own = {
        **agency,
        "capture": _sync_captures(connection, found, want),
        "report": _sync_reports(connection, found, want, touched, loaded_at),
        "report_capture": _sync_shown(connection, found, want),
    }
    new = (
        insert_children(connection, want.children[key]) for key in want.children if key not in old
    )
    return added([own, *old.values(), *new])


def _sync_captures(connection: Connection, found: Found, want: Wanted) -> Counts:
    rows = [
        merge_capture(found.captures[key], row) if key in found.captures else row
        for key, row in want.captures.items()
    ]
    return sync(connection, CAPTURE, found.captures.values(), rows)


def _sync_reports(
    connection: Connection, found: Found, want: Wanted, touched: set[str], loaded_at: datetime
) -> Counts:
    """Versions that stop being current go first: no report ever has two."""
    rows = settled(found.reports, want.reports, found.orphans, touched, loaded_at)
    ordered = sorted(rows.values(), key=itemgetter("is_current"))
    return sync(connection, REPORT, found.reports.values(), ordered)


def _sync_shown(connection: Connection, found: Found, want: Wanted) -> Counts:
    return sync(connection, LINK, found.shown.values(), want.shows.values())
