"""Text -> an lxml tree that no accident of markup can stop."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.extract.limits import MOST_MARKUP

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
"""lxml refuses decoded text that still names an encoding."""

PARSER = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
"""One for all pages: it knows their tags and attributes by now, which takes a third off."""


LARGE = 100_000
"""Characters of a page that may hold a tag with attributes enough to keep libxml2 busy."""

TAG = re.compile(r"""<[a-zA-Z](?:[^'">]++|"[^"]*+"|'[^']*+')*+""")

MOST_ATTRIBUTES = 1_000
"""Of a tag; libxml2 compares each with all before it."""

LONG_TAG = 2 * MOST_ATTRIBUTES
"""Characters of a tag with so many: each has a letter and a blank before it."""


class Tree(NamedTuple):
    """A page's root element, and whether the page goes on where the parser gave up."""

    root: Element | None
    """None where the text holds no markup and no words at all."""
    is_cut: bool


def parse_tree(text: str) -> Tree:
    """The tree of a page; elements nested deeper than libxml2 goes end it."""
    markup, endless = text[:MOST_MARKUP], 0
    if len(markup) > LARGE and any(len(tag) > LONG_TAG for tag in TAG.findall(markup)):
        whole, markup = markup, TAG.sub(_within_limit, markup)
        endless = len(whole) - len(markup)
    declared = XML_DECLARATION.match(markup)
    try:
        root = etree.fromstring(markup[declared.end() :] if declared else markup, parser=PARSER)
    except etree.XMLSyntaxError:
        root = None
    last = PARSER.error_log.last_error
    gave_up = last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return Tree(root, gave_up or bool(endless) or len(text) > MOST_MARKUP)


def body_of(markup: str) -> Element | None:
    """The body that holds a piece of markup, an article or a table; None where nothing is in it."""
    root = parse_tree(f"<html><body>{markup}</body></html>").root
    return None if root is None else root.find("body")


def _within_limit(tag: re.Match[str]) -> str:
    """The tag without the attributes that no tag has so many of."""
    text = tag[0]
    if len(text) <= LONG_TAG:
        return text
    words = text.split(maxsplit=MOST_ATTRIBUTES)
    return text if len(words) <= MOST_ATTRIBUTES else " ".join(words[:MOST_ATTRIBUTES])
