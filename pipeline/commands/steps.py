"""The path after the crawl as plain functions over stage files, one cell at a time.

The command and the Dagster assets call the same functions. Each reads the file of the stage
before it and replaces its own as a whole, so a step may be repeated at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.commands.places import Cell, Places
from pipeline.commands.rows import Row, document_row, finding_rows, report_row, version_row
from pipeline.errors import NianbaoError
from pipeline.model import (
    Capture,
    CapturedDocument,
    CapturedReport,
    CaptureKind,
    Claim,
    Severity,
    Version,
)

if TYPE_CHECKING:
    from storage.captures import CaptureStore
    from storage.warehouse import LoadSummary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that a stage had to leave out, and why."""

    url: str
    why: str


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a step made of one cell."""

    cell: Cell
    path: Path
    """The stage file; empty when the cell holds nothing."""
    rows: tuple[Row, ...]
    """A line per item."""
    unread: tuple[Unread, ...] = ()
    findings: tuple[Row, ...] = ()
    """A line per finding that makes a figure doubtful."""


def extract_cell(places: Places, cell: Cell) -> StageResult:
    """Captures -> documents."""
    from storage.captures import CaptureStore  # noqa: PLC0415 (the code location loads without it)

    rows: list[Row] = []
    unread: list[Unread] = []
    with CaptureStore(places.captures) as store:
        found = extracted(store, cell, unread)
        path = _write(
            places, "documents", cell, _noting(found, lambda item: rows.append(document_row(item)))
        )
    return StageResult(cell, path, tuple(rows), tuple(unread))


def read_cell(places: Places, cell: Cell) -> StageResult:
    """Documents -> checked reports."""
    rows: list[Row] = []
    unread: list[Unread] = []
    findings: list[Row] = []

    def note(item: CapturedReport) -> None:
        rows.append(report_row(item))
        findings.extend(finding_rows(item, Severity.ERROR))

    documents = _read(places, "documents", cell, CapturedDocument)
    found = parsed(documents, agencies(places, cell.region), unread)
    path = _write(places, "reports", cell, _noting(found, note))
    return StageResult(cell, path, tuple(rows), tuple(unread), tuple(findings))


def group_cell(places: Places, cell: Cell) -> StageResult:
    """Reports -> versions."""
    from pipeline.dedup.versions import group  # noqa: PLC0415 (as above)

    versions = group(_read(places, "reports", cell, CapturedReport))
    path = _write(places, "versions", cell, versions)
    return StageResult(cell, path, tuple(version_row(version) for version in versions))


def load_cells(places: Places, cells: Iterable[Cell], loaded_at: datetime) -> LoadSummary:
    """Versions -> rows of the warehouse; `loaded_at` is UTC."""
    from storage.warehouse import load, open_warehouse  # noqa: PLC0415 (as above)

    versions = (item for cell in cells for item in _read(places, "versions", cell, Version))
    engine = open_warehouse(places.warehouse)
    try:
        return load(engine, versions, loaded_at=loaded_at)
    finally:
        engine.dispose()


def export(places: Places, name: str) -> list[Path]:
    """The whole warehouse in one format of `storage.exports.EXPORTS`."""
    from storage.exports import EXPORTS  # noqa: PLC0415 (as above)
    from storage.warehouse import open_warehouse  # noqa: PLC0415

    engine = open_warehouse(places.warehouse)
    try:
        return EXPORTS[name](engine, places.exports / name)
    finally:
        engine.dispose()


def changes(captures: Iterable[Capture]) -> Iterator[Capture]:
    """The captures that show something else than the one before at the same address.

    An unchanged page is fetched every night; it is read once. A page that goes back to an earlier
    wording is a change too, so being known is not enough to be left out.
    """
    last: dict[str, str] = {}
    for capture in captures:
        if last.get(capture.url) != capture.digest:
            last[capture.url] = capture.digest
            yield capture


def extracted(store: CaptureStore, cell: Cell, unread: list[Unread]) -> Iterator[CapturedDocument]:
    """The report pages of a cell, oldest first; what cannot be extracted goes to `unread`."""
    from pipeline.extract.page import extract  # noqa: PLC0415 (trafilatura takes a second to load)

    captures = store.captures(cell.region, report_year=cell.year, kind=CaptureKind.REPORT)
    for capture in changes(captures):
        try:
            document = extract(
                store.body(capture), content_type=capture.content_type, url=capture.url
            )
        except NianbaoError as error:
            unread.append(Unread(capture.url, str(error)))
        else:
            yield CapturedDocument(capture, document)


def parsed(
    documents: Iterable[CapturedDocument], names: dict[str, str], unread: list[Unread]
) -> Iterator[CapturedReport]:
    """Documents as checked reports; `names` gives each column its agency's official name."""
    from pipeline.check.run import check  # noqa: PLC0415 (as above)
    from pipeline.parse.report import parse  # noqa: PLC0415

    for item in documents:
        claim = Claim(names.get(item.capture.column), item.capture.report_year)
        try:
            report = check(parse(item.document, claim))
        except NianbaoError as error:
            unread.append(Unread(item.capture.url, str(error)))
        else:
            yield CapturedReport(item.capture, report)


def agencies(places: Places, region: str) -> dict[str, str]:
    """Column id -> official name of the agency, as the registry has it."""
    from crawlers.registry import load_registry  # noqa: PLC0415 (as above)

    return {column.id: column.agency for column in load_registry(places.registry)[region]}


def _read(places: Places, name: str, cell: Cell, kind: type[T]) -> Iterator[T]:
    from storage.stages import read_stage  # noqa: PLC0415 (as above)

    return read_stage(places.stage(name, cell), kind)


def _write(places: Places, name: str, cell: Cell, items: Iterable[object]) -> Path:
    from storage.stages import write_stage  # noqa: PLC0415 (as above)

    path = places.stage(name, cell)
    write_stage(path, items)
    return path


def _noting(items: Iterable[T], note: Callable[[T], None]) -> Iterator[T]:
    for item in items:
        note(item)
        yield item
