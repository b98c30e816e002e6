"""List pages as the families print them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from html import escape

from crawlers.practice.generated.layouts import (
    Layout,
    article_path,
    layout_of,
    list_path,
    page_path,
    template,
)
from crawlers.practice.generated.model import Column, Entry, Listed

ENDLESS = 9_999
"""Pages that a pager claims which never ends."""
SPLIT_DATES = 7
"""Every so many rows a jpage date is broken over three lines."""


def page_count(layout: Layout, count: int) -> int:
    """How many list pages so many rows make; an empty list has one."""
    return max(1, -(-count // layout.size))


def on_page(rows: Sequence[Entry], layout: Layout, page: int) -> Sequence[Entry]:
    """The rows of a page, counted from 1."""
    return rows[(page - 1) * layout.size : page * layout.size]


def list_html(
    column: Column, listed: Listed, page: int, *, endless: bool = False, address: str = ""
) -> str:
    """A list page, counted from 1; an endless one gives its last rows again and again.

    `address` is where it stands, if not where the column's pages do.
    """
    layout = layout_of(column)
    real = page_count(layout, len(listed.entries))
    pages = ENDLESS if endless else real
    here = address or page_path(column, page, pages)
    entries = on_page(listed.entries, layout, min(page, real))
    fields = list_fields(column, listed.total, here)
    fields |= {"page": page, "before": page - 1, "pages": pages}
    fields["rows"] = "\n".join(row_html(column, entry, here) for entry in entries)
    fields["pager"] = _pager(column, here, page, pages)
    return template(layout.list).safe_substitute(fields)


def list_fields(column: Column, count: int, here: str) -> dict[str, object]:
    """What a list template may name, its rows aside."""
    layout, agency = layout_of(column), column.agency
    return {
        "charset": "utf-8",
        "agency": agency.name,
        "site": site_name(column),
        "site_code": f"{agency.division}0001",
        "code": str(6_600_000 + agency.number),
        "sid": f"9{agency.number:06}",
        "size": layout.size,
        "group": layout.group,
        "total": count,
        "first": href(column, list_path(column), here),
        "home": href(column, "/", here),
        "meta": meta(column),
    }


def site_name(column: Column) -> str:
    """The site belongs to the county's government."""
    return f"{column.agency.county}人民政府"


def meta(column: Column) -> str:
    """The government's meta tags of a list page."""
    fields = {
        "SiteName": site_name(column),
        "SiteIDCode": f"{column.agency.division}0001",
        "ColumnName": "政府信息公开年报",
        "ColumnType": "政府信息公开",
    }
    return "\n".join(f'<meta name="{name}" content="{value}"/>' for name, value in fields.items())


def _pager(column: Column, here: str, page: int, pages: int) -> str:
    layout = layout_of(column)
    if page >= pages:
        return layout.end
    return template(layout.next).safe_substitute(
        next=href(column, page_path(column, page + 1, pages), here),
        last=href(column, page_path(column, pages, pages), here),
    )


def row_html(column: Column, entry: Entry, here: str) -> str:
    """One row."""
    layout = layout_of(column)
    title, day = escape(entry.title), f"{entry.published:%Y-%m-%d}"
    is_cut = layout.cut and len(entry.title) > layout.cut
    return template(layout.row).safe_substitute(
        href=escape((entry.href or href(column, article_path(column, entry), here)) + entry.mark),
        title=title,
        cut=escape(f"{entry.title[: layout.cut]}…") if is_cut else title,
        date=day,
        split_date=day.replace("-", "-\n") if entry.number % SPLIT_DATES == 0 else day,
        year=entry.year,
        place=entry.number % 100,
    )


def href(column: Column, path: str, here: str) -> str:
    """The path as a link on the page `here`, in the family's way."""
    match layout_of(column).links:
        case "absolute":
            return column.site.base_url + path
        case "relative":
            return relative(path, here)
        case _:
            return path


def relative(path: str, here: str) -> str:
    """`./202301/t1.html` or `../../x.htm`, as seen from a page."""
    folder = here if here.endswith("/") else posixpath.dirname(here)
    found = posixpath.relpath(path, folder or "/")
    tail = "/" if path.endswith("/") and not found.endswith("/") else ""
    return (found if found.startswith("..") else f"./{found}") + tail
