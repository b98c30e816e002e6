"""Text that stands twice, or was left over from a template."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.check.evidence import QUOTED, Evidence
from pipeline.extract.text import tight
from pipeline.findings import finding
from pipeline.model import Finding

LONG = 40
"""Letters of a paragraph that nobody writes twice: shorter ones are headings and stock phrases."""


def check_paragraphs(evidence: Evidence) -> Iterator[Finding]:
    """Paragraphs that the body prints more than once; copies of a whole body are folded before."""
    seen: dict[str, tuple[str, str]] = {}
    counts = Counter[str]()
    for section, text in evidence.prose:
        for line in text.split("\n"):
            if len(line) < LONG or "\t" in line or "|" in line:
                continue
            key = tight(line)
            counts[key] += len(key) >= LONG
            seen.setdefault(key, (section, line))
    for key, count in counts.items():
        if count > 1:
            section, line = seen[key]
            values = {"count": count, "text": line.strip()[:QUOTED]}
            yield finding("paragraph_repeated", f"section.{section}", **values)


def check_leftovers(evidence: Evidence) -> Iterator[Finding]:
    """What of a template stands in headings and prose: the first in each section."""
    for section in evidence.report.sections:
        match = _leftover(section.heading) or _leftover(section.text)
        if match:
            yield finding("template_left", f"section.{section.id}", text=match[0][:QUOTED])


def _leftover(text: str) -> re.Match[str] | None:
    return leftovers().search(text) if any(map(text.__contains__, _needed())) else None


@cache
def leftovers() -> re.Pattern[str]:
    """The patterns of `leftovers.toml` as one."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in _rows()))


@cache
def _needed() -> frozenset[str]:
    """Words of which every leftover has one at least: they spare most texts the patterns."""
    return frozenset(word for row in _rows() for word in row["needs"])


def _rows() -> list[dict[str, Any]]:
    text = files("pipeline.check").joinpath("leftovers.toml").read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["leftover"]
    return rows
