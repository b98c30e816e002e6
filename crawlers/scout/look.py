"""What a crawl would make of a list page: pure, from the text of an answer."""

from __future__ import annotations

from crawlers.addresses import page_key
from crawlers.families.base import Ask, Link, Listing
from crawlers.families.recognise import ANY, first_reading, recognise
from crawlers.hosts import AllowList, host_of, is_government
from crawlers.listed import title_of
from crawlers.scout.model import ScoutRequest, SeenList, SeenRow
from crawlers.titles import why_not_a_report


def look_at(text: str, asked: Ask, request: ScoutRequest, hosts: AllowList) -> SeenList:
    """Read a list as the crawl would, and say of every row what would become of it.

    Where nothing is claimed (`generic`), the family that left its mark reads.
    """
    mark = recognise(text, asked.url)
    claimed = mark.family if mark and request.family == ANY else request.family
    reading = first_reading(claimed, text, asked)
    return SeenList(
        url=asked.url,
        family=reading.family,
        mark=f"{mark.family}: {mark.evidence}" if mark else None,
        note=reading.note,
        rows=_rows(reading.listing, request, hosts),
        more=tuple(ask.url for ask in reading.listing.more),
        columns=tuple((link.text, link.url) for link in reading.listing.columns),
        total=reading.listing.total,
        is_article=reading.listing.is_article,
    )


def _rows(listing: Listing, request: ScoutRequest, hosts: AllowList) -> tuple[SeenRow, ...]:
    pages: dict[str, str] = {}
    rows = []
    for link in listing.links:
        main = pages.setdefault(page_key(link.url), link.url)
        twin = None if main == link.url else f"second face of {main}"
        rows.append(_row(link, twin, request, hosts))
    return tuple(rows)


def _row(link: Link, twin: str | None, request: ScoutRequest, hosts: AllowList) -> SeenRow:
    title = title_of(link, request.column_year, lists_agencies=request.lists_agencies)
    why = None if title.is_report else why_not_a_report(link.text, link.published)
    return SeenRow(
        url=link.url,
        text=link.text,
        published=link.published,
        years=title.years,
        why_not=why or twin or _outside(link.url, hosts),
    )


def _outside(url: str, hosts: AllowList) -> str | None:
    host = host_of(url)
    if host in hosts:
        return None
    kind = "not in links_to of the row" if is_government(host) else "not below .gov.cn"
    return f"host {host} is {kind}"
