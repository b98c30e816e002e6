"""下一页: the pager that needs no knowledge of a CMS; page numbers within reason."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from parsel import Selector

from crawlers.families.base import Ask
from crawlers.families.rows import NOT_A_PAGE

# No list seen has more than 10 pages; a pager that counts on for ever is a trap.
MOST_PAGES = 200
NEXT = "//a[@href][contains(., '下一页') or contains(., '下页')]"


def next_page(html: str, url: str) -> tuple[Ask, ...]:
    """The target of 下一页 on the same host; none where it leads nowhere or back here."""
    hrefs = [anchor.attrib["href"].strip() for anchor in Selector(html).xpath(NEXT)]
    pages = [urljoin(url, href) for href in hrefs if _is_page(href)]
    host = urlsplit(url).netloc
    others = [page for page in dict.fromkeys(pages) if page != url]
    return tuple(Ask(page) for page in others if urlsplit(page).netloc == host)[:1]


def later_pages(current: int, last: int) -> range:
    """The numbers after `current`; of an absurd `last` one more than a crawl ever asks for."""
    return range(current + 1, min(last, current + MOST_PAGES + 1) + 1)


def _is_page(href: str) -> bool:
    return bool(href) and not href.lower().startswith(NOT_A_PAGE)
