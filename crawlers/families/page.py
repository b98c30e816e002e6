"""A list that is printed in its page: what all such families have in common."""

from __future__ import annotations

import re
from collections.abc import Callable

from crawlers.addresses import is_file
from crawlers.families.article import self_link
from crawlers.families.base import Ask, Listing
from crawlers.families.below import columns_in, names_a_year
from crawlers.families.pager import next_page
from crawlers.families.rows import rows_in


def printed(
    containers: str = "",
    more: Callable[[str, str], tuple[Ask, ...]] = next_page,
    total: Callable[[str], int | None] = lambda _: None,
) -> Callable[[str, Ask], Listing]:
    """The `listing` of a family whose pages print their rows.

    `containers` is where its themes put them. `more` finds the later pages of a text and its
    address, `total` the number of rows promised.
    """

    def listing(text: str, asked: Ask) -> Listing:
        rows = rows_in(text, asked.url, containers)
        dated = {link.url for link in rows if link.published}
        # 2024年政府信息公开年报 may be the name of a folder: what is a column is no row.
        found = columns_in(text, asked.url)
        columns = tuple(link for link in found if link.url not in dated or names_a_year(link))
        below = {column.url for column in columns}
        links = [link for link in rows if link.url not in below]
        itself = self_link(text, asked.url)
        if itself is not None:
            # Files beside it belong to it: they come along as its attachments.
            others = (link for link in links if link.url != asked.url and not is_file(link.url))
            links = [itself, *others]
        return Listing(
            tuple(links),
            more(text, asked.url),
            total(text),
            is_article=itself is not None,
            columns=columns,
        )

    return listing


def number_in(pattern: re.Pattern[str]) -> Callable[[str], int | None]:
    """The first number that a pattern of one group finds in a text."""

    def find(text: str) -> int | None:
        found = pattern.search(text)
        return int(found[1]) if found else None

    return find
