"""Text in which an extractor printed each cell twice: once for the cell, once for what is in it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.text import has_chinese

LEAST_PAIRS = 5
"""Doubled lines of words in a row that are no chance; two zeros below each other are."""


def without_stutter(lines: Sequence[str]) -> list[str]:
    """The lines, the second of each pair made empty where a stretch of the text stands in pairs."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    texts = [lines[n].strip() for n in filled]
    dropped: set[int] = set()
    start = 0
    while start + 1 < len(texts):
        end = start
        while end + 1 < len(texts) and texts[end] == texts[end + 1]:
            end += 2
        if sum(map(has_chinese, texts[start:end:2])) >= LEAST_PAIRS:
            dropped.update(filled[start + 1 : end : 2])
            start = end
        else:
            start = max(start + 1, end - 1)
    return ["" if n in dropped else line for n, line in enumerate(lines)]
