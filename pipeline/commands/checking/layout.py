"""The frame of each official table, from `layout.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A heading over neighbouring rows or columns, from `first` to `last`."""

    label: str
    first: str
    last: str

    def within(self, ids: Sequence[str]) -> range:
        """Where the neighbours stand among `ids`; empty where they do not."""
        if self.first not in ids or self.last not in ids:
            return range(0)
        return range(ids.index(self.first), ids.index(self.last) + 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a form prints around rows and columns; `section` is where the table belongs."""

    title: str
    section: str
    style: str = "blocks"
    """`blocks` of rows, all rows in one `line`, or a `list` of one figure a row with its unit."""
    corner: str = ""
    heading: str = ""
    columns: Span | None = None
    rows: Span | None = None


@cache
def load_frames() -> dict[str, Frame]:
    """Table id -> its frame."""
    text = files("pipeline.commands.checking").joinpath("layout.toml").read_text("utf-8")
    return {table: _frame(row) for table, row in tomllib.loads(text).items()}


def _frame(row: dict[str, Any]) -> Frame:
    spans = {key: Span(**value) for key, value in row.items() if isinstance(value, dict)}
    return Frame(**{**row, **spans})
