"""What the page prints about itself: titles, date, source, numbers, government meta tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import _Element as Element

from pipeline.extract.furniture import fields_in_cells, fields_in_line
from pipeline.extract.lines import Line
from pipeline.extract.text import squeeze, tight
from pipeline.forms.sections import section_of
from pipeline.model import PageFields

META_NAMES = frozenset(
    "SiteName SiteDomain SiteIDCode ColumnName ColumnDescription ColumnKeywords ColumnType "
    "ArticleTitle PubDate ContentSource Keywords Author Description Url".split()
)
"""The national rule for government sites (国办发〔2017〕47号 网站发展指引)."""

INDEX_ROWS = 12
"""Rows of the longest index table (索引号, 发布机构, ...) seen is 8; statutory tables have more."""

REPORT_TITLE = re.compile(
    r"(?:20\d\d|二[〇○零]).{0,40}公[开開].{0,12}(?:[报報]告|年[报報]|年度[报報])"
)
"""What a title must name to be one: a year and the kind of report."""

LONGEST_TITLE = 80

BARE_TITLE = re.compile(r"\W{0,3}(?:关于)?(?:20\d\d年?度?)?(?:关于)?的?(?:政府|政务)?信息公[开開]")
"""A title without an agency: the line above it may name one."""

NAME_LINE = re.compile(r"[^:：。；;,，|>]{3,40}")

STAMP = re.compile(r"20\d\d(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,2}(?:\d{1,2}:\d\d(?::\d\d)?)?")
"""`2021-01-20 10:12`, blanks taken out: a site's date of publication; agencies sign with 年月日."""

NEAR_TITLE = 3
"""Lines below the headline in which a site prints its date without a name."""

HEADLINES = ("h1", "h2", "h3")


def page_fields(tree: Element, lines: Sequence[Line]) -> PageFields:
    """Meta tags first, then index table, then info line; every title candidate is kept.

    `lines` are those of the whole page, tables included: the fields stand outside the body.
    """
    meta = tuple(_meta(tree))
    named = dict(meta)
    printed = _printed(lines)
    titles = _titles(tree, named, printed, lines)
    published = named.get("PubDate") or printed.get("published")
    return PageFields(
        titles=titles,
        published=published or _stamp_below(titles, lines),
        source=named.get("ContentSource") or printed.get("source"),
        index_number=printed.get("index_number"),
        document_number=printed.get("document_number"),
        meta=meta,
    )


def _stamp_below(titles: Sequence[str], lines: Sequence[Line]) -> str | None:
    """The date that stands alone below the headline, above the report."""
    own = tight(titles[0]) if titles else ""
    below = (n for n, line in enumerate(lines, 1) if own and tight(line.text) == own)
    near = (line for n in below for line in lines[n : n + NEAR_TITLE])
    return next((line.text for line in near if STAMP.fullmatch(tight(line.text))), None)


def _meta(tree: Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("name", "")
        if name in META_NAMES and (content := squeeze(element.get("content", ""))):
            yield name, content


def _printed(lines: Iterable[Line]) -> dict[str, str]:
    """Fields of index tables and info lines; the first mention of each wins."""
    found: dict[str, str] = {}
    for line in lines:
        if line.grid and len(line.grid) <= INDEX_ROWS:
            cells = [cell.text for row in line.grid for cell in row]
            new = fields_in_cells(cells)
        elif line.grid:
            continue
        else:
            new = fields_in_line(line.text)
        if new:
            found = {**new, **found}
    return found


def _titles(
    tree: Element, named: dict[str, str], printed: dict[str, str], lines: Sequence[Line]
) -> tuple[str, ...]:
    """Headlines, meta tag, index table, title element; lines of the page where none is a title.

    Some sites set the headline in a cell or a division like any other, or on two lines.
    """
    elements = list(tree.iter("title", *HEADLINES))
    headlines = (
        squeeze("".join(map(str, e.itertext()))) for t in HEADLINES for e in elements if e.tag == t
    )
    document = [squeeze(e.text or "") for e in elements if e.tag == "title"]
    candidates = [*headlines, named.get("ArticleTitle", ""), printed.get("title", "")]
    if not any(_is_title(text) for text in (*candidates, *document)):
        found = [*_title_lines(lines)]
        candidates += reversed(dict.fromkeys(reversed(found)))  # a title below its agency stays so
    return tuple(dict.fromkeys(filter(None, [*candidates, *document])))


def _is_title(text: str) -> bool:
    return REPORT_TITLE.search(text) is not None and BARE_TITLE.match(text) is None


def _title_lines(lines: Iterable[Line]) -> Iterator[str]:
    """Lines above the first section heading that name a year and a report, alone or with the next.

    The two are given one behind the other.
    """
    above = ""
    for line in lines:
        text = line.text
        if section_of(text):
            return
        if len(text) > LONGEST_TITLE or not text:
            above = ""
            continue
        if _is_title(text):
            yield text
        elif BARE_TITLE.match(text) and REPORT_TITLE.search(above + text):
            yield from filter(None, (above, text))
        above = text if NAME_LINE.fullmatch(text) else ""
