"""Loading versions: the warehouse says what the newest reading says, and keeps what was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DataError, IntegrityError

from pipeline.model import Version
from storage.warehouse.engine import writing
from storage.warehouse.found import CAPTURE, LINK, REPORT, TABLES, Found, claim_agency, find
from storage.warehouse.indicators import sync_indicators
from storage.warehouse.refusals import reason_to_refuse
from storage.warehouse.rows import Row, Wanted, merge_capture, wanted
from storage.warehouse.standing import settled
from storage.warehouse.summary import Counts, LoadSummary, Refusal, added
from storage.warehouse.sync import insert_rows, rows_of, sync


def load(engine: Engine, versions: Iterable[Version], *, loaded_at: datetime) -> LoadSummary:
    """Bring the warehouse to what these versions say; doing so again writes nothing.

    Each report, with all its versions that come one after another, is a transaction of its own: a
    load that is killed leaves whole reports. A version that cannot be kept exactly is refused and
    named in the summary; the rest is loaded.

    Args:
        engine: from `open_warehouse`.
        versions: of any partitions, as `pipeline.dedup.versions.group` gives them.
        loaded_at: now, in UTC; rows that do not change keep their older time.
    """
    with writing(engine) as connection:
        total = sync_indicators(connection)
    refused: list[Refusal] = []
    for _, group in groupby(versions, key=_report_key):
        kept = list(_kept(group, engine.dialect.name, refused))
        try:
            if kept:
                with writing(engine) as connection:
                    counts = _load_report(connection, kept, loaded_at)
                total = added([total, counts])
        except (IntegrityError, DataError) as error:
            refused += [Refusal(v.agency, v.report_year, str(error.orig)) for v in kept]
    return LoadSummary(total, tuple(refused))


def _report_key(version: Version) -> tuple[str, int, str]:
    return version.agency, version.report_year, version.scope.value


def _kept(group: Iterable[Version], dialect: str, refused: list[Refusal]) -> Iterator[Version]:
    for version in group:
        reason = reason_to_refuse(version, dialect)
        if reason is None:
            yield version
        else:
            refused.append(Refusal(version.agency, version.report_year, reason))


def _load_report(
    connection: Connection, versions: list[Version], loaded_at: datetime
) -> dict[str, Counts]:
    """All versions of one report, within the transaction of the connection."""
    want = wanted(versions, loaded_at)
    agency = claim_agency(connection, versions[0].agency, versions[0].captures[0].region)
    found = find(connection, want.reports, want.shows)
    captures = [
        merge_capture(found.captures[key], row) if key in found.captures else row
        for key, row in want.captures.items()
    ]
    capture = sync(connection, CAPTURE, found.captures.values(), captures)
    old = {
        key: _sync_children(connection, key, want) for key in want.children.keys() & found.reports
    }
    touched = {key for key, part in old.items() if any(c.written for c in part.values())}
    report = _sync_reports(connection, found, want, touched, loaded_at)
    new = [_insert_children(connection, want.children[key]) for key in want.children.keys() - old]
    shown = _sync_shown(connection, found, want)
    own = {"agency": agency, "capture": capture, "report": report, "report_capture": shown}
    return added([own, *old.values(), *new])


def _sync_children(connection: Connection, key: str, want: Wanted) -> dict[str, Counts]:
    """Figures, sections, facts and findings of a version that is there already."""
    counts = {}
    for name, rows in want.children[key].items():
        table = TABLES[name]
        known = rows_of(connection, select(table).where(table.c.report_id == key))
        counts[name] = sync(connection, table, known, rows)
    return counts


def _insert_children(connection: Connection, children: dict[str, list[Row]]) -> dict[str, Counts]:
    for name, rows in children.items():
        insert_rows(connection, TABLES[name], rows)
    return {name: Counts(inserted=len(rows)) for name, rows in children.items()}


def _sync_reports(
    connection: Connection, found: Found, want: Wanted, touched: set[str], loaded_at: datetime
) -> Counts:
    """Versions that stop being current go first: no report ever has two."""
    rows = settled(found.reports, want.reports, found.orphans, touched, loaded_at)
    ordered = sorted(rows.values(), key=itemgetter("is_current"))
    return sync(connection, REPORT, found.reports.values(), ordered)


def _sync_shown(connection: Connection, found: Found, want: Wanted) -> Counts:
    known = [{"capture_id": key, "report_id": report} for key, report in found.shown.items()]
    rows = [{"capture_id": key, "report_id": report} for key, report in want.shows.items()]
    return sync(connection, LINK, known, rows)
