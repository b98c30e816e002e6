"""The tree of a page, parsed once for all who look at it; its elements asked without XPath."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from parsel import Selector

Element = Any
"""Of lxml, by way of parsel: asking it directly takes a tenth of the time of a path from it."""
# Rows that a visitor does not see: templates and old entries are left in the page like that.
HIDDEN = (
    "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
# The page, and a part of it that some families read in between.
TREES = 2


class Tree:
    """A page by its elements. Nobody changes it: those who read it share it."""

    def __init__(self, html: str) -> None:
        self.page = Selector(html, type="html")

    @cached_property
    def anchors(self) -> list[Element]:
        """Links, in page order."""
        return self.select("a[href]")

    @cached_property
    def _hidden(self) -> frozenset[Element]:
        return frozenset(found.root for found in self.page.xpath(HIDDEN))

    def select(self, css: str) -> list[Element]:
        """The elements that a CSS selector finds, in page order."""
        return [found.root for found in self.page.css(css)]

    def is_hidden(self, element: Element) -> bool:
        """Whether a visitor does not see it."""
        hidden = self._hidden
        return bool(hidden) and (
            element in hidden or any(above in hidden for above in element.iterancestors())
        )


@lru_cache(maxsize=TREES)
def tree_of(html: str) -> Tree:
    """The tree of a page; that of the last page is kept."""
    return Tree(html)


def attribute(element: Element, name: str) -> str:
    """An attribute's value, empty where there is none; parsel's own way fails on broken tags."""
    return str(element.get(name) or "").strip()


def text_of(element: Element) -> str:
    """All its text, as printed."""
    return str(element.text_content())
