"""下一页: the pager that needs no knowledge of a CMS; page numbers within reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from crawlers.families.base import Ask
from crawlers.families.rows import NOT_A_PAGE, address
from crawlers.families.tree import attribute, text_of, tree_of

# No list seen has more than 10 pages; a pager that counts on for ever is a trap.
MOST_PAGES = 200
NEXT = re.compile(r"下一?页|后一?页|[>›»]|&gt;|next( page)?", re.IGNORECASE)


def next_page(html: str, url: str) -> tuple[Ask, ...]:
    """The target of 下一页 below this list's folder; none where it leads nowhere or back here."""
    for anchor in tree_of(html).anchors:
        words = "".join(text_of(anchor).split())
        href = attribute(anchor, "href")
        if not NEXT.fullmatch(words.strip("[]【】()（） ")) or not _is_page(href):
            continue
        there = address(url, href)
        if there and there != url and _is_same_list(there, url):
            return (Ask(there),)
    return ()


def numbered(url: str, name: str, suffix: str, numbers: Iterable[int]) -> tuple[Ask, ...]:
    """Pages beside a page, named alike but for their number: `index_1.html`."""
    pages = (address(url, f"{name}_{number}.{suffix}") for number in numbers)
    return tuple(Ask(page) for page in pages if page)


def later_pages(current: int, last: int) -> range:
    """The numbers after `current`; of an absurd `last` one more than a crawl ever asks for."""
    return range(current + 1, min(last, current + MOST_PAGES + 1) + 1)


def _is_page(href: str) -> bool:
    return bool(href) and not href.lower().startswith(NOT_A_PAGE)


def _is_same_list(there: str, here: str) -> bool:
    """On the same host, and one address lies in the folder of the other."""
    one, other = urlsplit(there), urlsplit(here)
    if one.netloc != other.netloc:
        return False
    folders = [parts.path.rpartition("/")[0] + "/" for parts in (one, other)]
    return one.path.startswith(folders[1]) or other.path.startswith(folders[0])
