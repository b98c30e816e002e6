"""What goes wrong on real pages, one small function each: `STEPS` maps catalogue names to them."""

from __future__ import annotations

from crawlers.practice.corpus.deviations import (
    blanks,
    columns,
    doubts,
    labels,
    metadata,
    misprints,
    numbers,
    pages,
    rows,
    sections,
    spans,
    tables,
    typing,
    unseen,
    wording,
)
from crawlers.practice.corpus.model import Step

MODULES = (
    numbers,
    blanks,
    labels,
    rows,
    columns,
    spans,
    tables,
    pages,
    sections,
    wording,
    typing,
    metadata,
    misprints,
    doubts,
    unseen,
)
STEPS: dict[str, Step] = {name: step for module in MODULES for name, step in module.STEPS.items()}
