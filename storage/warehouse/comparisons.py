"""Loading what reports of two years, or of two agencies, say of each other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, Table, bindparam, select

from pipeline.versions import Comparison
from storage.warehouse.engine import writer
from storage.warehouse.models import Base
from storage.warehouse.privacy import mask
from storage.warehouse.rows import Row, key_id
from storage.warehouse.summary import Counts
from storage.warehouse.sync import rows_of, sync

TABLES = Base.metadata.tables
FINDING: Table = TABLES["finding_across"]
SENTENCE: Table = TABLES["copied_sentence"]
REPORT: Table = TABLES["report"]
_OF_YEAR = (REPORT.c.region == bindparam("region"), REPORT.c.report_year == bindparam("year"))

_KNOWN = select(REPORT.c.id).where(REPORT.c.id.in_(bindparam("ids", expanding=True)))
NAMES = 500
"""Parameters of one statement; SQLite takes 999 on old versions."""

Side = tuple[str, str, Comparison]
"""Ids of the later and the earlier report, and what is said of them."""


def load_comparisons(
    engine: Engine, region: str, year: int, comparisons: Iterable[Comparison]
) -> dict[str, Counts]:
    """Bring all comparisons of a region's reports about a year to these; again: nothing changes.

    One transaction. A side that the warehouse does not hold, because its load was refused, takes
    its comparisons with it: the refusal is what must be looked at.
    """
    with writer(engine) as connection, connection.begin():
        sides = [(key_id(c.after), key_id(c.before), c) for c in comparisons]
        known = _known(connection, {id_ for side in sides for id_ in side[:2]})
        kept = [side for side in sides if side[0] in known and side[1] in known]
        values = {"region": region, "year": year}
        return {
            table.name: _sync(connection, table, values, rows)
            for table, rows in ((FINDING, _findings(kept)), (SENTENCE, _sentences(kept)))
        }


def _known(connection: Connection, ids: set[str]) -> set[str]:
    """Which of the reports are there; asked in parts, for a statement takes so many names."""
    ordered = sorted(ids)
    parts = (ordered[i : i + NAMES] for i in range(0, len(ordered), NAMES))
    return {row["id"] for part in parts for row in rows_of(connection, _KNOWN, ids=part)}


def _sync(connection: Connection, table: Table, values: Row, wanted: list[Row]) -> Counts:
    query = select(table).join(REPORT, table.c.report_id == REPORT.c.id).where(*_OF_YEAR)
    return sync(connection, table, rows_of(connection, query, **values), wanted)


def _findings(sides: Iterable[Side]) -> list[Row]:
    counter: dict[str, int] = {}
    return [
        {
            "report_id": after,
            "number": _next(counter, after),
            "other_report_id": before,
            "code": finding.code,
            "severity": finding.severity.value,
            "place": finding.where,
            "message_zh": finding.message_zh,
            "message_en": finding.message_en,
        }
        for after, before, comparison in sides
        for finding in comparison.findings
    ]


def _sentences(sides: Iterable[Side]) -> list[Row]:
    counter: dict[str, int] = {}
    return [
        {
            "report_id": after,
            "number": _next(counter, after),
            "other_report_id": before,
            "section": copied.section,
            "start_char": copied.start,
            "end_char": copied.end,
            "sentence": mask(copied.text),
            "other_section": copied.before_section,
            "other_start_char": copied.before_start,
        }
        for after, before, comparison in sides
        for copied in comparison.copied
    ]


def _next(counter: dict[str, int], key: str) -> int:
    counter[key] = counter.get(key, 0) + 1
    return counter[key]
