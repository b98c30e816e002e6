"""Text -> an lxml tree that no accident of markup can stop."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
"""lxml refuses decoded text that still names an encoding."""


def parse_tree(text: str) -> HtmlElement | None:
    """The page's root element; None where the text holds no markup and no words at all."""
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return document_fromstring(XML_DECLARATION.sub("", text), parser=parser)
    except etree.ParserError:
        return None
