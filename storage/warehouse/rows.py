"""A Version as rows of the warehouse: pure, and the same on every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from pipeline.forms.load import TABLES
from pipeline.model import Amendment, Attachment, Capture, Fact, LocalFigure, Report
from pipeline.versions import CellChange, FactChange, Version, VersionKey
from storage.warehouse.privacy import mask

Row = dict[str, Any]
Rows = dict[str, Row]
"""Rows by id."""
Children = dict[str, Sequence[tuple[Any, ...]]]
"""Rows that belong to one version, by table, each in the order of the table's columns."""
Keep = Callable[[Decimal | None], Any]
T = TypeVar("T")

NOWHERE = (None, None, None, None)
"""The place of a cell that is not on the page."""

ID_DIGITS = 16
"""Hex digits of an id: 64 bits; a million reports clash with a chance of 1 in 37 million."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the versions of one report say the warehouse should hold."""

    reports: Rows
    captures: Rows
    shows: Rows
    """Capture -> the version that it shows, and how."""
    children: dict[str, Children]
    """Version -> its figures, sections, facts and findings."""


def wanted(versions: Iterable[Version], loaded_at: datetime, keep: Keep) -> Wanted:
    """All rows of some versions of one report."""
    want = Wanted({}, {}, {}, {})
    for version in versions:
        key = report_id(version)
        want.reports[key] = report_row(version, loaded_at)
        want.captures.update(capture_rows(version))
        want.shows.update(_shown_rows(version, key))
        want.children[key] = child_rows(version, keep)
    return want


def report_id(version: Version) -> str:
    """`2019-3e457678c8cccf91`: the same version has the same id in every load and database.

    It is made of what is reported and of the bytes that show it first, not of what was read in
    them: see `pipeline/decisions/0003-the-key-of-a-version.md`.
    """
    digest = version.captures[0].digest
    return key_id(VersionKey(version.agency, version.report_year, version.scope, digest))


def key_id(key: VersionKey) -> str:
    """The id of the version that a key names."""
    digits = _hash(key.agency, key.report_year, key.scope.value, key.digest)
    return f"{key.report_year}-{digits}"


def capture_id(capture: Capture) -> str:
    """`c3e457678c8cccf91`: one row for each address and body, however often it was fetched."""
    return "c" + _hash(capture.column, capture.report_year, capture.url, capture.digest)


def report_row(version: Version, loaded_at: datetime) -> Row:
    """The row of table `report`; whether it is current is decided among all versions loaded."""
    report, first = version.report, version.captures[0]
    return {
        "id": report_id(version),
        "agency": version.agency,
        "agency_by": version.report.agency_by,
        "report_year": version.report_year,
        "scope": version.scope.value,
        "digest": first.digest,
        "kind": version.kind.value,
        "is_current": version.is_current,
        "retired_at": None,
        "region": first.region,
        "report_column": first.column,
        "capture_id": capture_id(first),
        "title": report.title,
        "published_on": report.published_on,
        "index_number": report.fields.index_number,
        "document_number": report.fields.document_number,
        **{f"form_{table}": report.forms.get(table) for table in TABLES},
        "body_copies": report.body_copies,
        "figures_fingerprint": version.figures_fingerprint,
        "prose_fingerprint": version.prose_fingerprint,
        "first_seen_at": first.fetched_at,
        "changed_after": version.changed_after,
        "last_seen_at": max(capture.fetched_at for capture in version.captures),
        "loaded_at": loaded_at,
    }


def _shown_rows(version: Version, report: str) -> Rows:
    """By capture; of several fetches of the same body the first says how it shows the version."""
    rows: Rows = {}
    for capture in version.captures:
        key = capture_id(capture)
        showing = version.showing(capture).value
        rows.setdefault(key, {"capture_id": key, "report_id": report, "showing": showing})
    return rows


def capture_rows(version: Version) -> Rows:
    """The rows of table `capture` by id: fetches of the same body at the same address are one."""
    rows: Rows = {}
    for capture in version.captures:
        row = _capture_row(capture)
        known = rows.get(row["id"])
        rows[row["id"]] = merge_capture(known, row) if known else row
    return rows


def merge_capture(known: Mapping[str, Any], row: Row) -> Row:
    """One row of two that show the same body: where it was fetched first, when it was seen last."""
    earlier = known if known["fetched_at"] < row["fetched_at"] else row
    last = max(known["last_seen_at"], row["last_seen_at"])
    return {**earlier, "last_seen_at": last, "vanished_at": row["vanished_at"]}


def _capture_row(capture: Capture) -> Row:
    return {
        "id": capture_id(capture),
        "region": capture.region,
        "report_column": capture.column,
        "claimed_year": capture.report_year,
        "url": capture.url,
        "kind": capture.kind.value,
        "status": capture.status,
        "content_type": capture.content_type,
        "digest": capture.digest,
        "warc": capture.warc,
        "warc_offset": capture.offset,
        "fetched_at": capture.fetched_at,
        "last_seen_at": capture.fetched_at,
        "vanished_at": capture.vanished_at,
    }


def child_rows(version: Version, keep: Keep) -> Children:
    """The rows that belong to one version, by table: tuples, for there are hundreds of them.

    Args:
        version: as `pipeline.dedup.versions.group` makes it.
        keep: what the database is given for a Decimal.
    """
    key, report = report_id(version), version.report
    return {
        "figure": _figure_rows(key, report, keep),
        "amendment": [_amendment_row(key, each, keep) for each in report.amended],
        "local_figure": [
            (key, n, *_local_row(figure, keep)) for n, figure in _numbered(report.local)
        ],
        "section": [
            (key, n, section.id, section.heading, mask(section.text))
            for n, section in _numbered(report.sections)
        ],
        "fact": [(key, n, *_fact_row(fact, keep)) for n, fact in _numbered(report.facts)],
        "finding": [
            (key, n, f.code, str(f.severity), f.where, f.message_zh, f.message_en)
            for n, f in _numbered(report.findings)
        ],
        "attachment": [
            (key, n, a.url, a.name, a.media, a.size, a.digest, a.warc, a.offset)
            for n, a in _numbered(_attachments(version))
        ],
        "figure_change": [_change_row(key, change, keep) for change in version.changes],
        "fact_change": [
            (key, n, *_fact_change_row(change, keep)) for n, change in _numbered(version.stated)
        ],
    }


def _fact_change_row(change: FactChange, keep: Keep) -> tuple[Any, ...]:
    before, after = change.before, change.after
    values = (keep(before.value), before.raw, keep(after.value), after.raw)
    return after.id, *values, mask(before.sentence), mask(after.sentence)


def _attachments(version: Version) -> list[Attachment]:
    """Of all captures that show the version, each wording of a file once."""
    files = {(a.url, a.digest): a for capture in version.captures for a in capture.attachments}
    return [files[key] for key in sorted(files)]


def _change_row(key: str, change: CellChange, keep: Keep) -> tuple[Any, ...]:
    sides = (
        (keep(side.value), side.raw, side.state.value) if side else (None, None, None)
        for side in (change.before, change.after)
    )
    return key, change.id, *(value for side in sides for value in side)


def _figure_rows(key: str, report: Report, keep: Keep) -> list[tuple[Any, ...]]:
    """What is printed, what the sums give, what somebody amended, what is doubted."""
    amended = {amendment.cell: amendment.value for amendment in report.amended}
    rows = []
    for figure in report.figures:
        place, state = figure.place, str(figure.state)  # `.value` takes four times as long
        where = (place.table, place.row, place.column, place.line) if place else NOWHERE
        recomputed = keep(report.recomputed.get(figure.id))
        layers = (keep(figure.value), recomputed, keep(amended.get(figure.id)))
        doubt = str(report.doubts[figure.id]) if figure.id in report.doubts else None
        said = (figure.raw, state, doubt)
        rows.append((key, figure.id, *layers, *said, *where, figure.read_by))
    return rows


def _amendment_row(key: str, amendment: Amendment, keep: Keep) -> tuple[Any, ...]:
    why = (amendment.reason, amendment.evidence, amendment.decided_on.isoformat())
    return key, amendment.cell, amendment.printed, keep(amendment.value), *why


def _local_row(figure: LocalFigure, keep: Keep) -> tuple[Any, ...]:
    table = figure.id.split(".", 1)[0].removesuffix("x")
    words = (figure.label, figure.column, figure.unit)
    return (
        figure.id,
        table,
        *words,
        keep(figure.value),
        figure.raw,
        str(figure.state),
        *figure.place,
    )


def _fact_row(fact: Fact, keep: Keep) -> tuple[Any, ...]:
    words = (fact.raw, fact.counter, fact.qualifier, fact.scope, fact.period)
    place = (fact.section, mask(fact.sentence), fact.start, fact.end)
    return fact.id, keep(fact.value), *words, *place


def _numbered(items: Iterable[T]) -> Iterable[tuple[int, T]]:
    return enumerate(items, start=1)


def _hash(*parts: object) -> str:
    """Parts joined by a character that no name, year or URL holds."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:ID_DIGITS]
