"""Columns below a column: a year each, a department each."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawlers.addresses import article_of
from crawlers.families.base import Link
from crawlers.families.rows import NOT_A_PAGE, address, joined
from crawlers.families.tree import Element, Tree, attribute, text_of, tree_of

YEAR = re.compile(r"(19|20)\d\d年?度?")
# 2024年政府信息公开年报 is a column's name where it leads to a folder, else a report's.
YEAR_NAME = re.compile(r"(19|20)\d\d年?(年?度)?(政府)?(信息公开)?(工作)?(年报|年度报告|报告)?")
FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|jpe?g|png|gif)$", re.IGNORECASE)
INDEX = re.compile(r"(?:index|default)(?:_\d+)?\.s?html?$")
PAGE_NUMBER = re.compile(r"[_/]\d{1,4}(?=\.[a-z]+$)|(?:^|[?&])(?:page|pageIndex|pageNum)=", re.I)
# The column of annual reports, by its address or its name.
OUR_COLUMN = re.compile(r"(?:gk|gz)\w{0,30}?n[db]|ndbg|ndgzbg|(?<![a-z])nb|nianbao|annual", re.I)
OUR_NAME = re.compile(r"年报|年度报告")
NAV_WORDS = re.compile(r"首页|上一?页|下一?页|尾页|末页|返回|更多|more|English", re.I)


def columns_in(html: str, url: str) -> list[Link]:
    """Links to columns: named by a year, or with an address below this column's own.

    What lies below is only followed where this is the column of annual reports, or else a whole
    site would lie below.
    """
    tree = tree_of(html)
    is_ours = _is_ours(tree, url)
    found: dict[str, Link] = {}
    for anchor in tree.anchors:
        link = _column(tree, anchor, url)
        if link and (names_a_year(link) or (is_ours and _is_below(link.url, url))):
            found.setdefault(link.url, link)
    return list(found.values())


def _column(tree: Tree, anchor: Element, url: str) -> Link | None:
    href = attribute(anchor, "href")
    if not href or href.lower().startswith(NOT_A_PAGE):
        return None
    there = address(url, href)
    text = joined(attribute(anchor, "title")) or joined(text_of(anchor))
    if not text or NAV_WORDS.search(text) or (text.isdigit() and len(text) < len("2024")):
        return None
    if there is None:
        return None
    is_elsewhere = urlsplit(there).netloc != urlsplit(url).netloc
    if is_elsewhere or _bare(there) == _bare(url) or FILE.search(urlsplit(there).path):
        return None
    if tree.is_hidden(anchor):
        return None
    return Link(there, text)


def names_a_year(link: Link) -> bool:
    """Whether a link leads to the column of a year."""
    if YEAR.fullmatch(link.text):
        return True
    return YEAR_NAME.fullmatch(link.text) is not None and _is_index(urlsplit(link.url).path)


def _is_ours(tree: Tree, url: str) -> bool:
    path = unquote(urlsplit(url).path)
    title = "".join(map(text_of, tree.select("title")[:1]))
    return bool(OUR_COLUMN.search(path) or OUR_NAME.search(title))


def _is_below(there: str, here: str) -> bool:
    folder = _folder(here)
    path = urlsplit(there).path
    is_page = PAGE_NUMBER.search(path) or PAGE_NUMBER.search(urlsplit(there).query)
    is_inside = folder not in {"/", path} and path.startswith(folder)
    return is_inside and not is_page and article_of(there) is None


def _folder(url: str) -> str:
    """The folder that holds what is below: `nb/` of `nb.htm` and of `nb/index.html`."""
    path = urlsplit(url).path
    head, _, last = path.rpartition("/")
    return f"{head}/" if _is_index(path) else f"{head}/{last.partition('.')[0]}/"


def _is_index(path: str) -> bool:
    """Whether a path is a folder's: its own, or that of the page that stands for it."""
    last = path.rpartition("/")[2]
    return not last or last.startswith(("index", "default", "list", "common"))


def _bare(url: str) -> str:
    """The address without its index page and page number."""
    return INDEX.sub("", urlsplit(url)._replace(fragment="").geturl())
