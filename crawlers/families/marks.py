"""By what a page shows which CMS built it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.addresses import article_of

LONGEST_EVIDENCE = 60


@dataclass(frozen=True, slots=True)
class Marks:
    """What a CMS leaves in its pages, and what addresses it builds; null where neither tells.

    `text` holds for lists and articles alike. An address alone is weaker: several systems build the
    same shapes, so `crawlers.families.recognise` asks for it only where no text mark is found.
    """

    text: re.Pattern[str] | None = None
    any_case: bool = False
    """`text` is in small letters and looked for in those: much faster than `re.IGNORECASE`."""
    articles: str | None = None
    """Its name in `dialects.toml`, which knows how the addresses of its articles are built."""
    address: re.Pattern[str] | None = None
    """How those of its lists and methods are built, where nobody else builds such ones."""

    def in_text(self, text: str) -> str | None:
        """The mark as the page prints it; null: none."""
        found = self.text.search(text.lower() if self.any_case else text) if self.text else None
        if found is None:
            return None
        return " ".join(text[found.start() : found.end()].split())[:LONGEST_EVIDENCE]

    def in_address(self, url: str) -> str | None:
        """The part of the address that this CMS alone, or it with few others, builds."""
        if self.address and (found := self.address.search(url)):
            return found[0]
        article = article_of(url) if self.articles else None
        return urlsplit(url).path if article and article.family == self.articles else None

    def found(self, text: str, url: str) -> str | None:
        """Evidence for this CMS, of either kind; null: none."""
        return self.in_text(text) or self.in_address(url)
