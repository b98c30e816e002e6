"""A look at a site before it is crawled: what to ask for, and rows to review from what was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from crawlers.addresses import column_key
from crawlers.hosts import host_of, is_government, is_loopback
from crawlers.registry import ReportColumn, default_registry
from crawlers.scout.drafts import drafts
from crawlers.scout.model import Scouted, ScoutRequest
from crawlers.scout.run import scout
from pipeline.commands.places import Places
from pipeline.errors import NianbaoError


def column_asked(asked: str, columns: Sequence[ReportColumn]) -> ReportColumn | None:
    """The row that an id or an address means; null: none."""
    return next((c for c in columns if asked in {c.id, c.list_url}), None)


def probe(
    places: Places, asked: str, columns: Sequence[ReportColumn], *, legacy_tls: bool = False
) -> Scouted:
    """Look at the list page of a column, given by its id, or at any address of an official host."""
    column = column_asked(asked, columns)
    if column is None:
        url = _official(places, asked)
        return scout(_request(places, "probe", url, legacy_tls=legacy_tls))
    return scout(
        ScoutRequest(
            task="probe",
            url=column.list_url,
            family=column.family,
            hosts=(column.host,),
            links_to=column.links_to,
            lists_agencies=column.owner == "row",
            column_year=column.only_year,
            hours=column.hours,
            legacy_tls=legacy_tls or column.tls == "legacy",
            captures=places.captures,
            settings=dict(places.crawl_settings),
        )
    )


def discover(
    places: Places,
    url: str,
    pages: int,
    on_page: Callable[[str], None],
    *,
    legacy_tls: bool = False,
) -> Scouted:
    """Walk from a page of an official host towards its report columns."""
    asked = _official(places, url)
    request = _request(places, "discover", asked, legacy_tls=legacy_tls, most_pages=pages)
    return scout(request, on_page)


def rows_to_review(scouted: Scouted, columns: Sequence[ReportColumn], today: date) -> list[str]:
    """A registry row for each column found; those that the registry has are named."""
    return drafts(scouted, {column_key(c.list_url): c.id for c in columns}, today)


def _request(places: Places, task: str, url: str, **more: object) -> ScoutRequest:
    values = {
        "task": task,
        "url": url,
        "hosts": (host_of(url),),
        "captures": places.captures,
        "settings": dict(places.crawl_settings),
        **more,
    }
    return ScoutRequest.model_validate(values)


def _official(places: Places, url: str) -> str:
    """An address that may be asked: of an official host, or of practice beside its registry."""
    if not url.startswith(("http://", "https://")):
        raise NianbaoError(
            f"{url!r} is neither a column's id nor an address: nianbao sites list shows the ids"
        )
    host = host_of(url)
    practice = places.registry.resolve() != default_registry().resolve()
    if not (is_government(host) or (practice and is_loopback(host))):
        raise NianbaoError(
            f"host {host!r} is not below .gov.cn: clone hosts republish reports with altered text, "
            "so others are not asked"
        )
    return url
