"""List rows as every family prints them: a link, often a date beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from parsel import Selector

from crawlers.addresses import article_of
from crawlers.families.base import Link

# Rows that a visitor does not see: templates and old entries are left in the page like that.
HIDDEN = (
    "ancestor-or-self::*[@hidden or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
# li>a+span, li>span+a, li>a>p+span, li h4 a+span, tr td a+td; else the block around the link.
ROW = "ancestor::*[self::li or self::tr or self::dt or self::dd][1]"
BLOCK = "ancestor::*[self::p or self::div or self::section][1]"
# The date of a dl stands in its title's other half.
OTHER_HALF = "self::dt/following-sibling::dd[1] | self::dd/preceding-sibling::dt[1]"
# Navigation prints no dates, so a dated row is a list row whatever the theme calls its classes. A
# "row" of many links is the page's frame, in which the date of today may stand.
MOST_LINKS = 4
DATE = re.compile(r"(20\d\d|19\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
NOT_A_PAGE = ("#", "javascript:", "mailto:", "tel:")
CJK_BREAK = re.compile(r"(?<=[⺀-鿿＀-￯])\s+(?=[⺀-鿿＀-￯])")


def rows_in(html: str, url: str, containers: str = "") -> list[Link]:
    """Rows inside the CSS `containers`; where the page has none of them, rows anywhere.

    Anywhere, a row is what prints a date beside its link, or leads to an address that is shaped
    like an article's.
    """
    page = Selector(html, type="html")
    anchors = page.css(containers).css("a[href]") if containers else []
    if anchors:
        return _united(link for anchor in anchors if (link := _link(anchor, url)))
    links = (link for anchor in page.css("a[href]") if (link := _link(anchor, url)))
    return _united(link for link in links if link.published or article_of(link.url))


def _united(links: Iterable[Link]) -> list[Link]:
    known: dict[str, Link] = {}
    for link in links:
        # A picture and a title may lead to the same page: the longer text is the title.
        if link.url not in known or len(link.text) > len(known[link.url].text):
            known[link.url] = link
    return list(known.values())


def _link(anchor: Selector, url: str) -> Link | None:
    href = attribute(anchor, "href")
    if not href or href.lower().startswith(NOT_A_PAGE) or anchor.xpath(HIDDEN):
        return None
    whole = address(url, href)
    if whole is None or whole == url:
        return None
    text = anchor.xpath("string(.)").get(default="")
    title = joined(attribute(anchor, "title")) or joined(text)
    # The title's own dates are not the date of publication.
    published = printed_date(_row_text(anchor).replace(text, " "))
    return Link(whole, title, published)


def _row_text(anchor: Selector) -> str:
    for row in (anchor.xpath(ROW), anchor.xpath(BLOCK)):
        # Counted no further than needed: a frame of a thousand links is asked by each of them.
        if row and sum(1 for _ in islice(row[0].root.iter("a"), MOST_LINKS + 1)) <= MOST_LINKS:
            halves = (*row, *row.xpath(OTHER_HALF))
            return " ".join(half.xpath("string(.)").get(default="") for half in halves)
    return ""


def address(url: str, href: str) -> str | None:
    """The link's whole address, `./` and `../` resolved, without its fragment; null: it is none."""
    try:
        whole = urldefrag(urljoin(url, href.strip()))
        parts = urlsplit(whole.url)
        is_page = parts.hostname is not None and parts.port != 0
    except ValueError:  # http://[, http://host:port/
        return None
    return whole.url if is_page else None


def attribute(node: Selector, name: str) -> str:
    """An attribute's value, empty where there is none; parsel's own way fails on broken tags."""
    return str(node.root.get(name) or "").strip()


def joined(text: str) -> str:
    """One line: breaks between Chinese characters vanish, other white space becomes a blank."""
    return CJK_BREAK.sub("", " ".join(text.split()))


def printed_date(text: str) -> str | None:
    """The first date in the text as `YYYY-MM-DD`; null where there is none."""
    found = DATE.search(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None
