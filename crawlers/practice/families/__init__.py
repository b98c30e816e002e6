"""Page templates of three content-management systems: `FAMILIES` maps registry names to them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from crawlers.practice.families import dahe, lonsun, ucap
from crawlers.practice.model import Entry, Site
from crawlers.practice.page import Page


class Family(Protocol):
    """A family's addresses and templates; each is a module with these functions."""

    def list_path(self, site: Site, page: int) -> str:
        """Path and query of a list page, counted from 1."""

    def article_path(self, column: str, published: datetime, key: str) -> str:
        """Path of an article; `key` makes its number."""

    def list_html(self, site: Site, page: int) -> str:
        """A list page."""

    def article_html(self, site: Site, entry: Entry, page: Page) -> str:
        """An article in its template."""


FAMILIES: dict[str, Family] = {"dahe": dahe, "lonsun": lonsun, "ucap": ucap}
