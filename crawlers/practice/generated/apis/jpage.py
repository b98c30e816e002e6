"""Hanweb jpage: `dataproxy.jsp` gives any range of rows as CDATA in XML."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import Faults
from crawlers.practice.generated.addresses import FIRST_CODE
from crawlers.practice.generated.layouts import layout_of, template
from crawlers.practice.generated.lists import row_html
from crawlers.practice.generated.model import Column, Entry, Listed

PATH = "/module/web/jpage/dataproxy.jsp"
EMPTY = b"<datastore>\n<recordset>\n</recordset>\n</datastore>\n    "
"""54 bytes, as deep pages of some sites are."""
MORE, LESS = 12, 4
"""Rows by which a site gives more or less than it was asked for."""


def owner(request: Request) -> int | None:
    """The agency of the column number."""
    code = request.fields.get("columnid", "")
    return int(code) - FIRST_CODE if request.path == PATH and code.isdigit() else None


def give(column: Column, listed: Listed, request: Request, faults: Faults) -> Answer:
    """Rows `startrecord` to `endrecord`, both counted from 1."""
    asked = request.fields
    first, last = int(asked.get("startrecord", "1")), int(asked.get("endrecord", "45"))
    if "over_delivery" in faults:
        last += MORE
    if "under_delivery" in faults:
        last = max(first, last - LESS)
    found = listed.entries[first - 1 : last]
    if not found or "empty_54_bytes" in faults:
        return Answer(200, "text/xml; charset=utf-8", EMPTY)
    return Answer(200, "text/xml; charset=utf-8", store(column, found).encode())


def first_rows(column: Column, listed: Listed) -> str:
    """What the list page itself holds: the first group of pages."""
    layout = layout_of(column)
    return store(column, listed.entries[: layout.size * layout.group])


def store(column: Column, rows: Sequence[Entry]) -> str:
    """The records in their envelope."""
    return template(layout_of(column).more["store"]).substitute(
        code=FIRST_CODE + column.agency.number,
        rows="\n".join(row_html(column, entry, "/") for entry in rows),
    )
