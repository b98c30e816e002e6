"""大汉 Hanweb annual module: `/module/xxgk/xxgkAnnualReport.jsp?area=<code>&fbtime=<year>`.

`area` is the agency's 统一社会信用代码, `fbtime` the year reported on: one page per year, which is
the report. The host may be another agency's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.families.base import Ask, Family, Link, Listing
from crawlers.families.marks import Marks
from crawlers.families.page import printed

FIRST_YEAR = 2008  # the first report that the Regulations ask for
ADDRESS = re.compile(r"/xxgkAnnualReport\.jsp\?", re.IGNORECASE)
MARKS = Marks(address=ADDRESS)  # menus of other Hanweb pages name its address too
_read_page = printed(more=lambda text, url: ())


def _first(list_url: str) -> Ask:
    return Ask(_address(list_url))


def _listing(text: str, asked: Ask) -> Listing:
    """The report of the year asked for, and the pages of the other years."""
    page = _read_page(text, asked)
    printed_years = tuple(
        replace(link, url=_address(link.url))
        for link in page.columns
        if ADDRESS.search(link.url) and _year(link.url)
    )
    others = tuple(link for link in printed_years or _years(asked.url) if link.url != asked.url)
    return replace(page, links=page.links[: page.is_article], columns=others)


def _years(url: str) -> tuple[Link, ...]:
    """Pages of the years up to the one after, where the page has no menu of years."""
    year = _year(url)
    if year is None:
        return ()
    years = (number for number in range(FIRST_YEAR, year + 2) if number != year)
    return tuple(Link(_address(url, str(number)), f"{number}年") for number in years)


def _year(url: str) -> int | None:
    year = dict(parse_qsl(urlsplit(url).query)).get("fbtime", "")
    return int(year) if year.isdigit() else None


def _address(url: str, year: str | None = None) -> str:
    """One spelling: area, then year, then what else there is."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    order = {name: query.pop(name) for name in ("area", "fbtime") if name in query}
    if year is not None:
        order["fbtime"] = year
    return urlunsplit(parts._replace(query=urlencode(order | query)))


FAMILY = Family(MARKS, _listing, _first)
