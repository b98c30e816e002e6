"""What a corpus document is while it is made, and what it is in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Literal

Role = Literal["note", "head", "group", "label", "figure", "ghost"]
Number = Decimal | None
"""A figure of the truth; None: nothing is printed that is a number."""


@dataclass(frozen=True, slots=True)
class Td:
    """A table cell. `cell` is the id of the figure it prints; `html` stands for `text` in HTML."""

    text: str
    role: Role
    rowspan: int = 1
    colspan: int = 1
    cell: str = ""
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, named by its row of the code list or by its place in the header."""

    id: str
    cells: tuple[Td, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table; `id` is `t2`, `t3`, `t4`, or another name where it is no statutory one."""

    id: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; `section` is the number of the section it opens, 1 to 6."""

    text: str
    section: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A table that somebody scanned."""

    source: str
    alt: str


Block = Heading | Prose | Grid | Picture


@dataclass(frozen=True, slots=True)
class Draft:
    """A report on its way to a page: blocks in order, and the truth of what they print."""

    agency: str
    title: str
    year: int
    forms: Mapping[str, str]
    truth: Mapping[str, Number]
    blocks: tuple[Block, ...]
    published: str
    style: Mapping[str, str] = field(default_factory=dict)
    """How shapes and families print it: `cell`, `paragraph`, `encoding`, `charset`, ..."""
    unscored: frozenset[str] = frozenset()
    """Cells that no human could read from what the page shows."""
    expects: tuple[str, ...] = ()
    """Finding codes; `a|b`: one of them."""
    violations: tuple[str, ...] = ()
    """Rows and cells where the printed figures break an identity on purpose."""
    headline: str | None = None
    """The title as the page prints it, where that is not `title`."""
    head_title: str | None = None
    """The title element, where it is not `title`."""
    partial: bool = False
    """The page prints figures that the code list has no id for."""
    around: tuple[Callable[[str], str], ...] = ()
    """What is done to the finished body before the page template takes it."""


Step = Callable[..., Draft]
"""A deviation: `step(draft, random, **options)`."""


@dataclass(frozen=True, slots=True)
class Case:
    """What makes one document: a deviation on a form, in a shape, on a family's page."""

    name: str
    deviation: str
    note: str
    form: str
    shape: str
    family: str
    year: int
    agency: str
    length: int
    """Characters of prose."""
    steps: tuple[tuple[str, Mapping[str, object]], ...]
    scale: str = "small"
    expects: tuple[str, ...] = ()
    style: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document with its truth; `family` is `text` where no page surrounds the report."""

    name: str
    suffix: str
    body: bytes
    truth: dict[str, object]
    deviation: str
    family: str
    form: str
    shape: str


def dice(name: str) -> Random:
    """Chance that depends on the document's name alone: the same document on every machine."""
    return Random(name)  # noqa: S311 - figures for tests, not secrets
