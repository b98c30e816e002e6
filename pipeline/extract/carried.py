"""Articles that a page carries in elements whose content no browser shows: a script shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.extract.body import report_root
from pipeline.extract.embedded import LEAST, MARKUP
from pipeline.extract.lines import page_lines
from pipeline.extract.tree import parse_tree

CARRIERS = ("textarea", "noscript", "template", "iframe", "script", "xmp")
"""An escaped article in a field, one for browsers without scripts, a template, the document of an
inner frame, the records of a data island."""

CDATA = re.compile(r"<!\[CDATA\[|\]\]>")


def carried_article(page: Element) -> Element | None:
    """The body of the first article in such an element that has the headings of a report."""
    for markup in _carried(page):
        tree = parse_tree(f"<html><body>{markup}</body></html>").root
        body = None if tree is None else tree.find("body")
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
    return CDATA.sub("", text) if "<![CDATA[" in text or "html" in element.get("type", "") else ""
