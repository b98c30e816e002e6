"""Text -> an lxml tree that no accident of markup can stop."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
"""lxml refuses decoded text that still names an encoding."""


def parse_tree(text: str) -> Element | None:
    """The page's root element; None where the text holds no markup and no words at all."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.fromstring(XML_DECLARATION.sub("", text), parser=parser)
    except etree.XMLSyntaxError:
        return None
