"""大汉 Hanweb jpage: `/col/col<id>/index.html`, articles `/art/<Y>/<M>/<D>/art_<col>_<id>.html`.

Rows stand as CDATA in `<script type="text/xml">`, several units to a page, of which the navigation
is one. The first page holds the first group of pages (45 rows); others come from `dataproxy.jsp` by
ranges of rows. It may give more or fewer rows than asked for: what is short of a range is asked for
again, from where it stopped. A deep range may be empty (54 bytes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.families.base import Ask, Family, Link, Listing
from crawlers.families.literal import literal_after
from crawlers.families.marks import Marks
from crawlers.families.page import printed
from crawlers.families.pager import MOST_PAGES
from crawlers.families.rows import address, rows_in
from crawlers.families.tree import text_of, tree_of

RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.{0,4000}?)\]\]>", re.DOTALL)
CALL = re.compile(r"""["']#([\w-]+)["']\s*\)\s*\.jpage\(\s*\{""")
PROXY = re.compile(r"""dataproxy\s*:\s*["']([^"']+)["']""", re.IGNORECASE)
TOTAL = re.compile(r"totalRecord\s*:\s*[\"']?(\d{1,9})\d*")
PER_PAGE = re.compile(r"perPage\s*:\s*[\"']?(\d{1,9})\d*")
PARAMETERS = re.compile(r"proxyparam\s*:\s*(?=\{)", re.IGNORECASE)
GROUP = 3  # pages in a group, as the script asks for them
PER_PAGE_USUAL = 15
MOST_UNITS = 20  # lists in a page; a portal's home page has some ten
MARKS = Marks(
    text=re.compile(r"\.jpage\(|/jpage/dataproxy\.jsp|<record>\s*<!\[CDATA\[|<datastore>"),
    articles="hanweb_jpage",
    address=re.compile(r"/col/col\d+/|dataproxy\.jsp"),
)
_read_page = printed()


@dataclass(frozen=True, slots=True)
class _Range:
    """Rows to ask the proxy for, counted from 1, the last included."""

    start: int
    end: int
    per_page: int

    def ask(self, proxy: str, form: str, page: str) -> Ask:
        query = urlencode(
            {"startrecord": self.start, "endrecord": self.end, "perpage": self.per_page}
        )
        return Ask(f"{proxy}?{query}", "POST", form, (("Referer", page),))


def _listing(text: str, asked: Ask) -> Listing:
    """A page with its first group of rows, or the answer to a range of them."""
    if (wanted := _asked_range(asked.url)) is not None:
        return _range_answer(text, asked, wanted)
    calls = list(islice(CALL.finditer(text), MOST_UNITS))
    if not calls and not RECORD.search(text):
        return _read_page(text, asked)  # a column that is the article, or prints its rows plainly
    units = [_unit(text, asked.url, call) for call in calls]
    units = units or [Listing(tuple(_rows(text, asked.url)))]
    links = {link.url: link for unit in units for link in unit.links}
    totals = [unit.total for unit in units if unit.total is not None]
    return Listing(
        tuple(links.values()),
        tuple(ask for unit in units for ask in unit.more),
        sum(totals) if totals else None,
        columns=_read_page(text, asked).columns,
    )


def _unit(text: str, url: str, call: re.Match[str]) -> Listing:
    """The rows of one unit, the ranges that are left of it, and how many rows it has."""
    stores = tree_of(text).page.xpath(f"//*[@id='{call[1]}']//script")
    own = " ".join(text_of(store.root) for store in stores)
    records = own if RECORD.search(own) else text
    rows, script = tuple(_rows(records, url)), text[call.start() :]
    total, proxy, per_page = TOTAL.search(script), PROXY.search(script), PER_PAGE.search(script)
    there = address(url, proxy[1]) if proxy else None
    if total is None or there is None or not rows:
        return Listing(rows)
    parameters = literal_after(script, PARAMETERS)
    form = urlencode({str(name): str(value) for name, value in parameters.items()})
    size = (per_page and int(per_page[1])) or PER_PAGE_USUAL
    ranges = _ranges(len(RECORD.findall(records)) + 1, int(total[1]), size)
    more = (wanted.ask(there, form, url) for wanted in ranges)
    return Listing(rows, tuple(more), int(total[1]))


def _ranges(start: int, total: int, size: int) -> Iterator[_Range]:
    group = size * GROUP
    last = min(total, start + group * MOST_PAGES)
    for first in range(start, last + 1, group):
        yield _Range(first, min(first + group - 1, last), size)


def _range_answer(text: str, asked: Ask, wanted: _Range) -> Listing:
    """The rows of a range; what it is short of is asked for again, from where it stopped."""
    page = dict(asked.headers).get("Referer", asked.url)
    given = len(RECORD.findall(text))
    rest = replace(wanted, start=wanted.start + given)
    is_short = given and rest.start <= rest.end
    more = (rest.ask(asked.url.partition("?")[0], asked.body or "", page),) if is_short else ()
    return Listing(tuple(_rows(text, page)), more)


def _asked_range(url: str) -> _Range | None:
    asked = dict(parse_qsl(urlsplit(url).query))
    try:
        return _Range(*(int(asked[name]) for name in ("startrecord", "endrecord", "perpage")))
    except (KeyError, ValueError):
        return None


def _rows(text: str, url: str) -> list[Link]:
    return rows_in("".join(RECORD.findall(text)), url)


FAMILY = Family(MARKS, _listing)
