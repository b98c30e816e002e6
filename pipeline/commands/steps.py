"""The path after the crawl as plain functions over stage files, one cell at a time.

The command and the Dagster assets call the same functions. Each reads the files of the stage
before it and replaces its own as a whole, so a step may be repeated at any time. What is slow to
import is imported where it is used: a Dagster code location imports this module at every start.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.places import Cell, Places
from pipeline.commands.results import StageResult, Unread, noting
from pipeline.commands.rows import document_row, finding_rows, report_row, version_row
from pipeline.errors import NianbaoError
from pipeline.model import Capture, CapturedDocument, CapturedReport, Claim, ReportKind, Severity
from pipeline.versions import Version

if TYPE_CHECKING:
    from crawlers.registry import ReportColumn
    from storage.captures import CaptureStore
    from storage.warehouse.summary import LoadSummary


def extract_cell(places: Places, cell: Cell) -> StageResult:
    """Captures -> documents. Pages whose link names no year are looked at in every year."""
    from storage.captures import CaptureStore
    from storage.stages import write_stage

    result = StageResult(cell, places.stage("documents", cell))
    with CaptureStore(places.captures) as store:
        captures = first_of_each(store.captures(cell.region, cell.year, undated=True))
        documents = extracted(store, captures, result.unread)
        write_stage(
            result.path, noting(documents, lambda item: result.rows.append(document_row(item)))
        )
    return result


def read_cell(places: Places, cell: Cell) -> StageResult:
    """Documents -> checked reports; those about another year go to the `strays` of the cell."""
    from crawlers.registry import columns_of
    from storage.stages import read_stage, write_stage

    result = StageResult(cell, places.stage("reports", cell))
    strays: list[CapturedReport] = []

    def note(item: CapturedReport) -> None:
        result.rows.append(report_row(item))
        result.findings.extend(finding_rows(item, Severity.ERROR))

    documents = read_stage(places.stage("documents", cell), CapturedDocument)
    columns = columns_of(places.registry, cell.region)
    reports = settled(places, columns, read(documents, agencies(columns)))
    own = own_year(without_others(reports, result.unread), cell.year, strays)
    write_stage(result.path, noting(own, note))
    write_stage(places.stage("strays", cell), noting(strays, note))
    return result


def group_cell(places: Places, cell: Cell) -> StageResult:
    """Reports -> versions, those of strays from and to other years included, and compared."""
    from pipeline.commands.comparing import compare_years
    from pipeline.commands.grouping import group_year, stray_years
    from storage.stages import write_stage

    result = StageResult(cell, places.stage("versions", cell))
    years = [cell.year, *stray_years(places, cell)]
    grouped = [group_year(places, cell.region, year) for year in years]
    versions = chain.from_iterable(each.versions for each in grouped)
    write_stage(result.path, noting(versions, lambda v: result.rows.append(version_row(v))))
    compare_years(places, cell)
    for capture in grouped[0].nameless:
        result.unread.append(Unread(capture.url, "agency or report year is not known"))
    return result


def load_cells(places: Places, cells: Iterable[Cell], loaded_at: datetime) -> LoadSummary:
    """Versions and what they say of each other -> rows of the warehouse; `loaded_at` is UTC."""
    from pipeline.agencies.divisions import load_divisions
    from pipeline.commands.agencies import agency_book, known_successions
    from pipeline.commands.comparing import comparisons_of
    from storage.stages import read_stage
    from storage.warehouse.agencies import forget_unnamed, load_agencies
    from storage.warehouse.comparisons import load_comparisons
    from storage.warehouse.engine import warehouse_at
    from storage.warehouse.load import load
    from storage.warehouse.summary import LoadSummary, added

    asked = tuple(cells)
    versions = (
        version for cell in asked for version in read_stage(places.stage("versions", cell), Version)
    )
    compared = {Cell(cell.region, year) for cell in asked for year in (cell.year, cell.year + 1)}
    book = agency_book(places)
    with warehouse_at(places.warehouse) as engine:
        listed = load_agencies(
            engine, book.agencies.values(), known_successions(places, book), load_divisions()
        )
        summary = load(engine, versions, loaded_at=loaded_at)
        across = [
            load_comparisons(engine, *cell, comparisons_of(places, cell))
            for cell in sorted(compared)
        ]
        unnamed = {"agency": forget_unnamed(engine)}
        return LoadSummary(added([listed, summary.tables, *across, unnamed]), summary.refused)


def export(places: Places, name: str) -> list[Path]:
    """The whole warehouse in one format of `storage.exports.EXPORTS`; returns the files."""
    from storage.exports import EXPORTS
    from storage.warehouse.engine import warehouse_at

    with warehouse_at(places.warehouse) as engine:
        return EXPORTS[name](engine, places.exports / name)


def first_of_each(captures: Iterable[Capture]) -> list[Capture]:
    """The first capture of each wording of a page: what is fetched every night is read once."""
    first: dict[tuple[str, str], Capture] = {}
    for capture in captures:
        first.setdefault((capture.url, capture.digest), capture)
    return list(first.values())


def extracted(
    store: CaptureStore, captures: Iterable[Capture], unread: list[Unread]
) -> Iterator[CapturedDocument]:
    """The pages as documents; a page whose record cannot be read goes to `unread`."""
    from pipeline.read import extract  # trafilatura takes a second to load

    for capture in captures:
        try:
            document = extract(
                store.body(capture),
                capture.content_type,
                file=capture.media,
                title=capture.link_text or "",
            )
        except NianbaoError as error:
            unread.append(Unread(capture.url, str(error)))
        else:
            yield CapturedDocument(capture, document)


def read(documents: Iterable[CapturedDocument], names: dict[str, str]) -> Iterator[CapturedReport]:
    """Documents as checked reports.

    `names` gives each column its agency's official name; where a column lists many agencies, the
    row that led to a page says whose report it is.
    """
    from pipeline.amendments.apply import amendments_of, lay_over
    from pipeline.parse.identity import agency_in_row
    from pipeline.read import checked

    for item in documents:
        capture = item.capture
        agency = names.get(capture.column) or agency_in_row(capture.link_text)
        claim = Claim(agency, capture.report_year)
        report = checked(item.document, claim)
        report = lay_over(report, amendments_of(report), capture.digest)
        yield CapturedReport(capture, report)


def settled(
    places: Places, columns: Iterable[ReportColumn], reports: Iterable[CapturedReport]
) -> Iterator[CapturedReport]:
    """The reports with their agencies looked up."""
    from pipeline.agencies.settle import settle_agency
    from pipeline.commands.agencies import agency_book

    book = agency_book(places)
    divisions = {column.id: column.division for column in columns}
    for item in reports:
        division = divisions.get(item.capture.column)
        yield replace(item, report=settle_agency(item.report, book, division))


def without_others(
    reports: Iterable[CapturedReport], unread: list[Unread]
) -> Iterator[CapturedReport]:
    """The reports; papers that the list called one and that are none are put to `unread`."""
    for item in reports:
        if item.report.kind is ReportKind.OTHER:
            said = next(f.message_en for f in item.report.findings if f.code == "not_a_report")
            unread.append(Unread(item.capture.url, said))
        else:
            yield item


def own_year(
    reports: Iterable[CapturedReport], year: int, strays: list[CapturedReport]
) -> Iterator[CapturedReport]:
    """The reports about the year, or about none that can be told; others are put to `strays`.

    A page whose link names no year is looked at in every year and belongs to the one it is about,
    so it strays nowhere.
    """
    for item in reports:
        if item.report.report_year in (year, None):
            yield item
        elif item.capture.report_year is not None:
            strays.append(item)


def agencies(columns: Iterable[ReportColumn]) -> dict[str, str]:
    """Column id -> official name of the agency; none for columns whose rows name their own."""
    return {column.id: column.agency for column in columns if column.owner == "column"}
