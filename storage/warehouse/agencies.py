"""Agencies and places in the warehouse: those that are listed, and those that a report names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.agencies.model import Agency, Division, Succession
from pipeline.agencies.settle import site_code
from pipeline.versions import Version
from storage.warehouse.engine import writer
from storage.warehouse.models import Base
from storage.warehouse.rows import Row
from storage.warehouse.summary import Counts
from storage.warehouse.sync import rows_of, sync

TABLES = Base.metadata.tables
AGENCY: Table = TABLES["agency"]
NAME: Table = TABLES["agency_name"]
SITE: Table = TABLES["agency_site"]
SUCCESSION: Table = TABLES["agency_succession"]
DIVISION: Table = TABLES["division"]

LISTED_ID = re.compile(r"(\d{6}):(.+)")
CENTRAL = "000000"

# Built once: SQLAlchemy takes longer to build a statement than SQLite to answer it.
_SITES = select(SITE).where(SITE.c.agency_id == bindparam("agency"))
_LOCKED = select(NAME.c.name).where(NAME.c.name == bindparam("name")).with_for_update()
_COUNTED = {"preserve_rowcount": True}


def _statements(insert: Any) -> tuple[Any, Any]:
    """Take up an agency unless it is there; give a name to its agency, or to another one."""
    named = insert(NAME)
    moved = named.on_conflict_do_update(
        index_elements=[NAME.c.name],
        set_={"agency_id": named.excluded.agency_id},
        where=NAME.c.agency_id != named.excluded.agency_id,
    )
    taken = insert(AGENCY).on_conflict_do_nothing()
    return taken.execution_options(**_COUNTED), moved.execution_options(**_COUNTED)


_CLAIM = {"sqlite": _statements(sqlite.insert), "postgresql": _statements(postgresql.insert)}


def claim_agency(connection: Connection, versions: Sequence[Version]) -> dict[str, Counts]:
    """Make sure the agency and its name are there; on a server let nobody else load it meanwhile.

    An agency that no list has is taken up as not reviewed.
    """
    dialect, version = connection.dialect.name, versions[0]
    taken, named = _CLAIM[dialect]
    agency = _printed(version)
    name = {
        "name": version.agency,
        "agency_id": agency["id"],
        "region": version.captures[0].region,
    }
    counts = {
        "agency": _counts(connection.execute(taken, agency).rowcount),
        "agency_name": _counts(connection.execute(named, name).rowcount),
    }
    if dialect != "sqlite":
        connection.execute(_LOCKED, {"name": version.agency})
    return counts | {"agency_site": _sites(connection, agency["id"], versions)}


def _sites(connection: Connection, agency: str, versions: Iterable[Version]) -> Counts:
    """The hosts of all captures, with the code that the version's page prints for its own."""
    codes: dict[str, str | None] = {}
    for version in versions:
        for n, capture in enumerate(version.captures):
            code = site_code(version.report) if n == 0 else None
            host = urlsplit(capture.url).hostname or ""
            codes[host] = code or codes.get(host)
    rows = [{"agency_id": agency, "host": h, "site_code": code} for h, code in codes.items()]
    known = rows_of(connection, _SITES, agency=agency)
    kept = {row["host"]: row["site_code"] for row in known}
    wanted = [{**row, "site_code": row["site_code"] or kept.get(row["host"])} for row in rows]
    return sync(connection, SITE, known, wanted, remove=False)


def load_agencies(
    engine: Engine,
    agencies: Iterable[Agency],
    successions: Iterable[Succession],
    divisions: Iterable[Division],
) -> dict[str, Counts]:
    """Bring the lists of places and agencies to these; again: nothing changes.

    What only reports have named stays, until a list has it or its last name is another's.
    """
    with writer(engine) as connection, connection.begin():
        listed = [_agency_row(agency) for agency in agencies]
        known = rows_of(connection, select(AGENCY))
        return {
            "division": _sync(connection, DIVISION, [_division_row(d) for d in divisions]),
            "agency": sync(connection, AGENCY, known, listed, remove=False),
            "agency_succession": _sync(
                connection, SUCCESSION, [_succession_row(each) for each in successions]
            ),
        }


def forget_unnamed(engine: Engine) -> Counts:
    """Remove agencies of printed names that a decision has given to another agency since."""
    unnamed = AGENCY.c.id.not_in(select(NAME.c.agency_id))
    forgotten = (AGENCY.c.reviewed.is_(False), unnamed)
    with writer(engine) as connection, connection.begin():
        of_them = SITE.c.agency_id.in_(select(AGENCY.c.id).where(*forgotten))
        connection.execute(delete(SITE).where(of_them))
        return Counts(removed=connection.execute(delete(AGENCY).where(*forgotten)).rowcount)


def _sync(connection: Connection, table: Table, rows: list[Row]) -> Counts:
    return sync(connection, table, rows_of(connection, select(table)), rows)


def _counts(written: int) -> Counts:
    return Counts(inserted=1) if written == 1 else Counts(unchanged=1)


def _printed(version: Version) -> Row:
    """The agency as its report alone names it."""
    id_ = version.report.agency_id or version.agency
    found = LISTED_ID.fullmatch(id_)
    division = found[1] if found and found[1] != CENTRAL else None
    return {
        "id": id_,
        "name": version.agency,
        "division": division,
        "level": "other",
        "line": found[2] if found else version.agency,
        "credit_code": None,
        "reviewed": False,
    }


def _agency_row(agency: Agency) -> Row:
    return {
        "id": agency.id,
        "name": agency.name,
        "division": agency.division,
        "level": agency.level,
        "line": agency.line,
        "credit_code": agency.credit_code,
        "reviewed": agency.reviewed,
    }


def _succession_row(each: Succession) -> Row:
    return {
        "before_id": each.before,
        "after_id": each.after,
        "year": each.year,
        "kind": each.kind,
        "source": each.source,
    }


def _division_row(division: Division) -> Row:
    return {
        "code": division.code,
        "name": division.name,
        "level": division.level,
        "parent": division.parent,
        "valid_from": division.valid_from,
        "valid_to": division.valid_to,
        "successors": " ".join(division.successors),
    }
