"""Which lines of a page are the report's body; trafilatura decides where that is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import trafilatura
from lxml import etree
from lxml.etree import _Element as Element

from pipeline.extract.furniture import is_furniture
from pipeline.extract.lines import Line
from pipeline.extract.text import SENTENCE, tight
from pipeline.extract.unwrap import LIST_HEAD
from pipeline.forms.sections import section_of

LINK_TO_APPENDIX = "appendix"
"""附件 heads a chapter of older reports, and is a link on pages of any year."""

LIST = "s14"
LIST_TOP = 3
"""Rows that may be title, unit and header of the list."""

PLAIN_TAGS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "blockquote"})

MOST_FOR_TRAFILATURA = 20_000
"""Elements; each takes it a tenth of a millisecond. Of a larger page it gets the lines alone."""

LONG_LINE = 40
"""Characters; navigation and toolbar lines seen are shorter unless they hold links."""


def body_lines(lines: Sequence[Line], root: Element | None) -> list[Line]:
    """The lines inside `root`, without furniture.

    With a root (found by the section headings) only lines that are links, too short for sentences,
    are in doubt, and trafilatura decides on them: inside a report nothing else printed is lost to a
    heuristic. Without a root, trafilatura decides on every line of the page; tables stay.
    """
    inside = [line for line in lines_inside(lines, root) if not is_furniture(line.text)]
    if not inside:
        return []
    if root is None:
        page = inside[0].owner.getroottree().getroot()  # asked first: an owner may be cut out
        is_large = next(islice(page.iter(), MOST_FOR_TRAFILATURA, None), None) is not None
        kept = main_text(made_ready(inside) if is_large else _without_tables(page, inside))
        return [line for line in inside if _stays(line, kept)]
    doubtful = {id(line) for line in inside if _is_link(line)}
    kept = main_text(made_ready(inside)) if doubtful else frozenset()
    return [line for line in inside if id(line) not in doubtful or _stays(line, kept)]


def made_ready(lines: Iterable[Line]) -> Element:
    """A tree of the lines alone: each in an element with the names of its own, links as links.

    Word's namespaced tags, `<br>` between paragraphs and tables, on which trafilatura loses text
    and spends its time, are not there any more.
    """
    page = etree.Element("html")
    body = etree.SubElement(page, "body")
    for line in lines:
        if line.text:
            names = {name: line.owner.get(name, "") for name in ("class", "id")}
            tag = line.owner.tag if line.owner.tag in PLAIN_TAGS else "p"
            element = etree.SubElement(body, tag, names)
            if line.has_link:
                element = etree.SubElement(element, "a", {"href": "#"})
            element.text = line.text
    return page


def main_text(tree: Element) -> frozenset[str]:
    """The lines, without blanks, that trafilatura takes for main text of a tree without tables.

    Its deduplication stays off, it drops text seen in *other* documents.
    """
    text = trafilatura.extract(
        etree.tostring(tree, encoding="unicode", method="html", with_tail=False),
        fast=True,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
    )
    return frozenset(map(tight, (text or "").splitlines()))


def _without_tables(page: Element, lines: Sequence[Line]) -> Element:
    """The page of the lines, its data tables cut out: trafilatura spends most of its time on them.

    The tables were read from the DOM before; the text after each stays where it is.
    """
    for table in (line.table for line in lines if line.table is not None):
        parent, mark = table.getparent(), etree.Element("br")
        mark.tail = table.tail
        if parent is not None:
            parent.replace(table, mark)
    return page


def report_root(lines: Sequence[Line]) -> Element | None:
    """The smallest element that holds each section's first heading; None below two headings.

    The list of 2014 to 2018 below them is held too: some pages have it in a box of its own.
    """
    owners: dict[str, Element] = {}
    for line in lines:
        section = section_of(line.text) or (LIST if owners and _begins_list(line) else None)
        if section:
            owners.setdefault(section, line.owner)
    return _common_ancestor(list(owners.values())) if len(owners) > 1 else None


def _begins_list(line: Line) -> bool:
    """Whether the line, or the table's head, names what the list counts."""
    if line.table is None:
        return line.text.startswith(LIST_HEAD) and not line.has_link
    return any(LIST_HEAD in cell.text for row in line.grid[:LIST_TOP] for cell in row)


def _common_ancestor(elements: list[Element]) -> Element:
    chains = [[*reversed(list(e.iterancestors())), e] for e in elements]
    common = chains[0][0]
    for level in zip(*chains, strict=False):
        if any(element is not level[0] for element in level):
            break
        common = level[0]
    return common


def lines_inside(lines: Iterable[Line], root: Element | None) -> Iterator[Line]:
    """The lines whose element is the root or below it; all lines where there is no root."""
    known = {root: True}  # most lines of a page have the same few ancestors
    return (line for line in lines if root is None or _is_below(line.owner, known))


def _is_below(element: Element, known: dict[Element | None, bool]) -> bool:
    """Whether the way up from the element leads to one that is known to be inside."""
    path: list[Element] = []
    above: Element | None = element
    while above is not None and above not in known:
        path.append(above)
        above = above.getparent()
    is_below = known.get(above, False)
    for each in path:
        known[each] = is_below
    return is_below


def _stays(line: Line, kept: frozenset[str]) -> bool:
    return line.table is not None or line.image is not None or tight(line.text) in kept


def _is_link(line: Line) -> bool:
    """Whether a short line without a sentence is, or holds, a link: navigation inside the body."""
    if line.table is not None or line.image is not None:
        return False
    if len(line.text) >= LONG_LINE or SENTENCE.search(line.text):
        return False
    if section_of(line.text, older=True) not in {None, LINK_TO_APPENDIX}:
        return False
    return line.has_link
