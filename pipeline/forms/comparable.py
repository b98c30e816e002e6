"""Which cells of different forms may be compared although they are not the same cell."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.forms.model import Comparability


@dataclass(frozen=True, slots=True)
class Relation:
    """What a cell is to cells of other forms."""

    how: Comparability
    with_: tuple[str, ...]


@cache
def load_relations() -> dict[str, Relation]:
    """Cell id -> its relation, in both directions."""
    text = files("pipeline.forms").joinpath("comparable.toml").read_text("utf-8")
    found: dict[str, Relation] = {}
    for row in tomllib.loads(text)["relation"]:
        for suffix in row.get("columns", [""]):
            found |= _both_ways(row, f".{suffix}" if suffix else "")
    return found


def _both_ways(row: dict[str, Any], suffix: str) -> dict[str, Relation]:
    how = Comparability(row["how"])
    older, newer = (tuple(id_ + suffix for id_ in row[side]) for side in ("older", "newer"))
    return {
        **{id_: Relation(how, newer) for id_ in older},
        **{id_: Relation(how, older) for id_ in newer},
    }
