"""What a CMS family is: two pure functions of a list page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a list page.

    `text` is the whole title, cut titles completed from the link's `title` attribute where it has
    one. `published` is the date printed in the row as `YYYY-MM-DD`; null where none is printed.
    """

    url: str
    text: str
    published: str | None


class Family(Protocol):
    """How one CMS lays out its lists. Each module of this package is one.

    Neither function judges: whether a row is an annual report is `crawlers.titles`' business.
    """

    def report_links(self, html: str, url: str) -> list[Link]:
        """The rows of the list, in page order, each URL once; navigation is left out."""

    def next_pages(self, html: str, url: str) -> list[str]:
        """URLs of the pages after this one, as far as this page knows them."""
