"""Articles that a page carries in elements whose content no browser shows: a script shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.extract.body import report_root
from pipeline.extract.embedded import LEAST, MARKUP
from pipeline.extract.lines import page_lines
from pipeline.extract.tree import body_of

CARRIERS = ("textarea", "noscript", "template", "iframe", "script", "xmp")
"""An escaped article in a field, one for browsers without scripts, a template, the document of an
inner frame, the records of a data island."""

LITERAL = re.compile(
    r"""(?P<quote>["'`])(?P<text>(?:[^"'`\\\n]|\\[\s\S]|(?!(?P=quote))["'`])*+)(?P<end>(?P=quote)|\n|\Z)"""
)
"""A string of a script in any quotes, to the end of its line: each character is looked at once."""

ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")
BREAKS = {"n": "\n", "r": "\n", "t": "\t"}
LESS_THAN = re.compile("%3c", re.IGNORECASE)
"""What markup begins with in a string that was made fit for an address."""

ADDRESS_CHARACTER = re.compile("%u([0-9a-fA-F]{4})")
"""What `escape` of a script makes of a Chinese character."""

CDATA = re.compile(r"<!\[CDATA\[|\]\]>")


def carried_article(page: Element) -> Element | None:
    """The body of the first article in such an element that has the headings of a report."""
    for markup in _carried(page):
        body = body_of(markup)
        if body is not None and report_root(page_lines(body).lines) is not None:
            return body
    return None


def _carried(page: Element) -> Iterator[str]:
    """The markup of each that is long enough for an article."""
    for element in page.iter(*CARRIERS):
        markup = _markup(element)
        if len(markup) >= LEAST and MARKUP.search(markup):
            yield markup


def _markup(element: Element) -> str:
    if element.tag == "iframe":
        return element.get("srcdoc", "")
    if element.tag in {"noscript", "template"}:
        inner = (etree.tostring(each, encoding="unicode", method="html") for each in element)
        return "".join((element.text or "", *inner))
    text = element.text or ""
    if element.tag != "script":
        return text
    if "<![CDATA[" in text or "html" in element.get("type", ""):
        return CDATA.sub("", text)
    return max(map(_said, LITERAL.finditer(text)), key=len, default="")


def _said(literal: re.Match[str]) -> str:
    """What a string of a script says, if it is none of JSON: that are read elsewhere."""
    text = literal["text"]
    if len(text) < LEAST:
        return ""
    if LESS_THAN.search(text):
        return unquote(ADDRESS_CHARACTER.sub(lambda found: chr(int(found[1], 16)), text))
    return "" if literal["quote"] == '"' else ESCAPED.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else BREAKS.get(found[3], found[3])
