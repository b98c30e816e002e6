"""List rows as every family prints them: a link, often a date beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from crawlers.addresses import article_of, is_file
from crawlers.families.base import Link
from crawlers.families.tree import Element, Tree, attribute, text_of, tree_of

# li>a+span, li>span+a, li>a>p+span, li h4 a+span, tr td a+td; else the block around the link.
ROW = ("li", "tr", "dt", "dd")
BLOCK = ("p", "div", "section")
# Navigation prints no dates, so a dated row is a list row whatever the theme calls its classes. A
# "row" of many links is the page's frame, in which the date of today may stand.
MOST_LINKS = 4
DATE = re.compile(r"(20\d\d|19\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
A_REPORT = re.compile(r"20\d\d|年报|报告")
NOT_A_PAGE = ("#", "javascript:", "mailto:", "tel:")
CJK_BREAK = re.compile(r"(?<=[⺀-鿿＀-￯])\s+(?=[⺀-鿿＀-￯])")


def rows_in(html: str, url: str, containers: str = "") -> list[Link]:
    """Rows inside the CSS `containers`; where the page has none of them, rows anywhere.

    Anywhere, a row is what prints a date beside its link, or leads to an address that is shaped
    like an article's, or to a file that is called a report.
    """
    tree = tree_of(html)
    if anchors := _inside(tree, containers):
        return _united(link for anchor in anchors if (link := _link(tree, anchor, url)))
    links = (link for anchor in tree.anchors if (link := _link(tree, anchor, url)))
    return _united(link for link in links if link.published or _leads_to_one(link))


def _leads_to_one(link: Link) -> bool:
    """Whether a link without a date leads to an article; 附件 leads to a file of the page's own."""
    return article_of(link.url) is not None and (
        not is_file(link.url) or A_REPORT.search(link.text) is not None
    )


def _inside(tree: Tree, containers: str) -> list[Element]:
    inside = (
        {anchor for box in tree.select(containers) for anchor in box.iter("a")}
        if containers
        else set()
    )
    return [anchor for anchor in tree.anchors if anchor in inside] if inside else []


def _united(links: Iterable[Link]) -> list[Link]:
    known: dict[str, Link] = {}
    for link in links:
        # A picture and a title may lead to the same page: the longer text is the title.
        if link.url not in known or len(link.text) > len(known[link.url].text):
            known[link.url] = link
    return list(known.values())


def _link(tree: Tree, anchor: Element, url: str) -> Link | None:
    href = attribute(anchor, "href")
    if not href or href.lower().startswith(NOT_A_PAGE) or tree.is_hidden(anchor):
        return None
    whole = address(url, href)
    if whole is None or whole == url:
        return None
    text = text_of(anchor)
    title = joined(attribute(anchor, "title")) or joined(text)
    # The title's own dates are not the date of publication.
    published = printed_date(_row_text(anchor).replace(text, " "))
    return Link(whole, title, published)


def _row_text(anchor: Element) -> str:
    for kind in (ROW, BLOCK):
        row = next(anchor.iterancestors(*kind), None)
        # Counted no further than needed: a frame of a thousand links is asked by each of them.
        if row is not None and sum(1 for _ in islice(row.iter("a"), MOST_LINKS + 1)) <= MOST_LINKS:
            return " ".join(map(text_of, _halves(row)))
    return ""


def _halves(row: Element) -> Iterator[Element]:
    """The row; of a dl the date stands in its title's other half."""
    yield row
    if row.tag in {"dt", "dd"}:
        other = (
            row.itersiblings("dd") if row.tag == "dt" else row.itersiblings("dt", preceding=True)
        )
        yield from islice(other, 1)


def address(url: str, href: str) -> str | None:
    """The link's whole address, `./` and `../` resolved, without its fragment; null: it is none."""
    try:
        whole = urldefrag(urljoin(url, href.strip()))
        parts = urlsplit(whole.url)
        is_page = parts.hostname is not None and parts.port != 0
    except ValueError:  # http://[, http://host:port/
        return None
    return whole.url if is_page else None


def joined(text: str) -> str:
    """One line: breaks between Chinese characters vanish, other white space becomes a blank."""
    return CJK_BREAK.sub("", " ".join(text.split()))


def printed_date(text: str) -> str | None:
    """The first date in the text as `YYYY-MM-DD`; null where there is none."""
    found = DATE.search(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None
