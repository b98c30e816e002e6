"""What a step made of one cell, for the terminal and for the UI."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pipeline.commands.places import Cell
from pipeline.commands.rows import Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that a stage had to leave out, and why."""

    url: str
    why: str


@dataclass(frozen=True, slots=True)
class StageResult:
    """A line per item, and what did not become an item."""

    cell: Cell
    path: Path
    """The stage file; empty when the cell holds nothing."""
    rows: list[Row] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    """A line per finding that makes a figure doubtful."""


def noting(items: Iterable[T], note: Callable[[T], object]) -> Iterator[T]:
    """Pass items on, one at a time, and let `note` see each."""
    for item in items:
        note(item)
        yield item
