"""What a CMS family is: what to ask for a column, and what an answer to that says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawlers.families.marks import Marks


@dataclass(frozen=True, slots=True)
class Ask:
    """One request for a list page, or for an article that a plain GET of its address does not give.

    `url` may carry a fragment where the CMS keeps the column's number there (`…/annualreport#85`):
    it is not sent. `body` is sent as a form unless `headers` name another content type.
    """

    url: str
    method: str = "GET"
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a list page.

    `text` is the whole title, cut titles completed from the link's `title` attribute where it has
    one. `published` is the date printed in the row as `YYYY-MM-DD`; null where none is printed.
    `ask` is how to get the article where a GET of `url`, its public address, gives a shell.
    """

    url: str
    text: str
    published: str | None = None
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one answer to a list's `Ask` says.

    `links` are the rows in page order, each URL once, navigation left out. `more` are the pages
    after this one, as far as this one knows them. `total` is how many rows the site says the whole
    list has; null where it does not say.

    `is_article`: the column is itself the report. `links` then begins with the page itself, under
    the title that it prints. `columns` are the columns below that the page leads to: a year each, a
    department each.
    """

    links: tuple[Link, ...] = ()
    more: tuple[Ask, ...] = ()
    total: int | None = None
    is_article: bool = False
    columns: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """How one CMS lays out its lists: functions of values. Each module of this package is one.

    A family does not judge: whether a row is an annual report is `crawlers.titles`' business.
    """

    marks: Marks
    listing: Callable[[str, Ask], Listing]
    """What an answer says, given its text and where it came from."""
    first: Callable[[str], Ask] = Ask
    """What to ask for a column's address: the page itself, for most."""

    def recognises(self, text: str, url: str) -> bool:
        """Whether this page, list or article, carries a mark of the CMS."""
        return self.marks.found(text, url) is not None
