"""List rows as every family prints them: a link, often a date beside it."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin

from parsel import Selector

from crawlers.families.base import Link

# Rows that a visitor does not see: templates and old entries are left in the page like that.
HIDDEN = (
    "ancestor-or-self::*[@hidden or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
ROW = "ancestor::*[self::li or self::tr or self::dd or self::dl][1]"
# Navigation prints no dates, so a dated row is a list row whatever the theme calls its classes.
ROWS_ANYWHERE = "//li | //tr | //dd"
DATE = re.compile(r"(20\d\d|19\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
NOT_A_PAGE = ("#", "javascript:", "mailto:", "tel:")
CJK_BREAK = re.compile(r"(?<=[⺀-鿿＀-￯])\s+(?=[⺀-鿿＀-￯])")


def rows_in(html: str, url: str, containers: str) -> list[Link]:
    """Rows inside the CSS `containers`; where the page has none of them, dated rows anywhere."""
    page = Selector(html)
    places = page.css(containers)
    anchors = places.css("a[href]") if places else page.xpath(ROWS_ANYWHERE).css("a[href]")
    links: dict[str, Link] = {}
    for anchor in anchors:
        link = _link(anchor, url)
        if link is None or (not places and link.published is None):
            continue
        known = links.get(link.url)
        # A picture and a title may lead to the same page: the longer text is the title.
        if known is None or len(link.text) > len(known.text):
            links[link.url] = link
    return list(links.values())


def _link(anchor: Selector, url: str) -> Link | None:
    href = anchor.attrib["href"].strip()
    if not href or href.lower().startswith(NOT_A_PAGE) or anchor.xpath(HIDDEN):
        return None
    text = anchor.xpath("string(.)").get(default="")
    title = joined(anchor.attrib.get("title", "")) or joined(text)
    row = anchor.xpath(ROW).xpath("string(.)").get(default="")
    # The title's own dates are not the date of publication.
    return Link(urldefrag(urljoin(url, href)).url, title, printed_date(row.replace(text, " ")))


def joined(text: str) -> str:
    """One line: breaks between Chinese characters vanish, other white space becomes a blank."""
    return CJK_BREAK.sub("", " ".join(text.split()))


def printed_date(text: str) -> str | None:
    """The first date in the text as `YYYY-MM-DD`; null where there is none."""
    found = DATE.search(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None
