"""A report page before it becomes HTML: headings, prose, grids, pictures. Accidents change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

Role = Literal["note", "head", "group", "label", "figure", "ghost"]


@dataclass(frozen=True, slots=True)
class Td:
    """A table cell; a line break in `text` is one on the page."""

    text: str
    role: Role
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, named by its code of the code list or by its place in the header."""

    id: str
    cells: tuple[Td, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One statutory table; `cuts` are the rows after which a page break tears it in two."""

    id: str
    rows: tuple[Row, ...]
    cuts: frozenset[str] = frozenset()
    markup: str = "plain"
    """How text stands in a cell, a name of `markup.CELLS`."""

    def change_rows(self, ids: frozenset[str], change: Callable[[Row], Row]) -> Grid:
        """The grid with the named rows changed; unknown names are a mistake in the data."""
        unknown = ids - {row.id for row in self.rows}
        if unknown:
            raise KeyError(f"table {self.id} has no row {sorted(unknown)}")
        return replace(self, rows=tuple(change(r) if r.id in ids else r for r in self.rows))


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; `**` marks bold text."""

    text: str
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Picture:
    """A scanned table."""

    source: str
    alt: str


Block = Heading | Prose | Grid | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a report page, and how its template and its server treat it."""

    title: str
    """The headline; a line break in it is a `<br/>`."""
    head_title: str
    """The title element, without the site's suffix."""
    blocks: tuple[Block, ...]
    styles: frozenset[str] = frozenset()
    """How prose is marked up: `word_spans`, `br_paragraphs`."""
    copies: int = 1
    encoding: str = "utf-8"
    charset: str = "utf-8"

    def change_grid(self, table: str, change: Callable[[Grid], Grid]) -> Page:
        """The page with one table changed."""
        return replace(
            self,
            blocks=tuple(
                change(b) if isinstance(b, Grid) and b.id == table else b for b in self.blocks
            ),
        )
