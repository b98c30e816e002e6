"""河南省政府统一技术平台 (dahe): `<dept>.henan.gov.cn`, columns `/zwgk/zfxxgk/zfxxgknb/`.

How it numbers its pages was never seen: only a 下一页 that leads somewhere is followed.
"""

from __future__ import annotations

from urllib.parse import urljoin

from parsel import Selector

from crawlers.families.base import Link
from crawlers.families.rows import NOT_A_PAGE, rows_in

CONTAINERS = "ul.news-list"


def report_links(html: str, url: str) -> list[Link]:
    """Rows of the news list."""
    return rows_in(html, url, CONTAINERS)


def next_pages(html: str, url: str) -> list[str]:
    """The target of 下一页, if it has one."""
    anchors = Selector(html).xpath("//a[@href][contains(normalize-space(.), '下一页')]")
    hrefs = [anchor.attrib["href"].strip() for anchor in anchors]
    pages = [urljoin(url, href) for href in hrefs if href and not href.startswith(NOT_A_PAGE)]
    return [page for page in dict.fromkeys(pages) if page != url]
