"""The families' ways to lay out a report column, from `data/layouts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template

from crawlers.practice.corpus.families import templates
from crawlers.practice.generated.addresses import agency_words, entry_words
from crawlers.practice.generated.model import Column, Entry

DATA = Path(__file__).parent / "data"
NEW_ADDRESSES = 2021
"""Sites that write dates into paths changed how in that year."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One family: addresses, templates of its list, and the template of its articles."""

    name: str
    family: str
    """Key of `crawlers.families.FAMILIES`."""
    article_page: str
    first: str
    article: str
    list: str
    row: str
    size: int
    """Rows of a list page."""
    later: str = ""
    page_parameter: str = ""
    article_until_2020: str = ""
    twin: tuple[str, ...] = ()
    links: str = "root"
    """How rows lead to articles: from the `root`, `relative` or `absolute`."""
    cut: int = 0
    """Characters of a title before a `…`; 0: it is printed whole."""
    papers: int = 3
    """Rows of other papers in the list of a site's first agency."""
    near_misses: bool = True
    """Whether anything but reports stands in its lists."""
    group: int = 1
    """Pages that one answer holds."""
    next: str = ""
    end: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    """Templates that only this family has."""

    def articles(self) -> tuple[str, ...]:
        """The shapes of its article addresses."""
        return tuple(a for a in (self.article, self.article_until_2020, *self.twin) if a)


@cache
def layouts() -> dict[str, Layout]:
    """Name -> layout, in the order in which sites take them."""
    data = tomllib.loads((DATA / "layouts.toml").read_text("utf-8"))
    own = set(Layout.__dataclass_fields__)
    return {
        name: Layout(
            name=name,
            **{key: value for key, value in table.items() if key in own and key != "twin"},
            twin=tuple(table.get("twin", ())),
            more={key: value for key, value in table.items() if key not in own},
        )
        for name, table in data.items()
    }


@cache
def article_templates() -> Mapping[str, Mapping[str, str]]:
    """Detail pages: the corpus's and our own."""
    return {**templates(), **tomllib.loads((DATA / "articles.toml").read_text("utf-8"))}


@cache
def template(text: str) -> Template:
    """Parsed once."""
    return Template(text)


def layout_of(column: Column) -> Layout:
    """The layout of a column's site."""
    return layouts()[column.site.layout]


def list_path(column: Column) -> str:
    """Path, query and fragment of the list, as the registry has it."""
    years = column.site.plan.years
    return layout_of(column).first.format(**agency_words(column.agency), last_year=years[-1])


def page_path(column: Column, page: int, pages: int) -> str:
    """Path and query of a list page, counted from 1."""
    layout, first = layout_of(column), list_path(column).partition("#")[0]
    if page == 1:
        return first
    if layout.page_parameter:
        return f"{first}{'&' if '?' in first else '?'}{layout.page_parameter}={page}"
    return layout.later.format(
        **agency_words(column.agency), page=page, before=page - 1, below=pages - page + 1
    )


def article_path(column: Column, entry: Entry) -> str:
    """Path and query of the page that a row leads to."""
    layout = layout_of(column)
    is_old = entry.published.year < NEW_ADDRESSES and layout.article_until_2020
    return _article(layout.article_until_2020 if is_old else layout.article, column, entry)


def twin_paths(column: Column, entry: Entry) -> tuple[str, ...]:
    """Other addresses of the same page: for telephones, for print."""
    return tuple(_article(twin, column, entry) for twin in layout_of(column).twin)


def _article(address: str, column: Column, entry: Entry) -> str:
    return address.format(**{**agency_words(column.agency), **entry_words(entry)})
