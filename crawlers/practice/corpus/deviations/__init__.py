"""What goes wrong on real pages, one small function each: `STEPS` maps catalogue names to them."""

from __future__ import annotations

from crawlers.practice.corpus.deviations import (
    blanks,
    labels,
    metadata,
    numbers,
    pages,
    rows,
    sections,
    spans,
    tables,
    wording,
)
from crawlers.practice.corpus.model import Step

STEPS: dict[str, Step] = {
    name: step
    for module in (numbers, blanks, labels, rows, spans, tables, pages, sections, wording, metadata)
    for name, step in module.STEPS.items()
}
