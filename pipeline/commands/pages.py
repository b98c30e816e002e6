"""The bytes that a report of the warehouse was read from."""

from __future__ import annotations

from pipeline.commands.places import Places
from pipeline.errors import NianbaoError
from storage.captures import CaptureStore
from storage.warehouse.engine import warehouse_at
from storage.warehouse.queries import PageAt, pages


def page_of(places: Places, report: str, year: int | None) -> tuple[PageAt, bytes]:
    """Where the page of a report stands, and its body as it was served.

    Args:
        places: of the warehouse and the archive.
        report: a report id; or an agency's name, and then the report current for `year`.
        year: report year.

    Raises:
        NianbaoError: there is no such report, or more than one; or the archive lacks the page.
    """
    with warehouse_at(places.warehouse) as engine:
        found = pages(engine, report, year)
    asked = report if year is None else f"{report} {year}"
    if not found:
        raise NianbaoError(
            f"the warehouse holds no report {asked}: give a report_id, or an agency's name as "
            "`nianbao status --region R --year Y` prints it and a year"
        )
    if len(found) > 1:
        ids = ", ".join(f"{each.report_id} ({each.scope})" for each in found)
        raise NianbaoError(f"{asked} has several reports: give the id of one: {ids}")
    with CaptureStore(places.captures) as store:
        return found[0], store.body_at(found[0].warc, found[0].warc_offset)
