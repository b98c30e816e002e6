"""Bodies printed more than once on one page: folded and counted, differences kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.text import tight
from pipeline.model import Block, Image, Paragraph, Table

ANCHOR = 15
"""Characters of a paragraph long enough not to repeat by chance inside one report."""

SAME_SHARE = 0.8
"""Of the long paragraphs of the first copy, how many a second copy prints again.
Copies for print or mobile lose a caption or gain a click counter; a report that quotes
itself repeats one sentence of fifty."""


MIN_PARAGRAPHS = 3
"""Long paragraphs of the shortest body that counts; a title above its own body is no copy."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The first copy, how many copies stood there, and what only a later copy prints."""

    blocks: tuple[Block, ...]
    copies: int
    only_in_copies: tuple[str, ...]


def fold_repeats(blocks: Sequence[Block]) -> Folded:
    """Keep the first copy of a body that is printed several times in a row.

    The copies begin at the first long paragraph that stands on the page again. Whatever stands
    between and after copies (page furniture) goes with them, but long paragraphs that the first
    copy lacks are named in `only_in_copies`.
    """
    keys = [tight(block.text) if isinstance(block, Paragraph) else "" for block in blocks]
    repeated = list(_repeated(keys))
    keys = [_key(block) for block in blocks] if repeated else keys
    for starts in repeated:
        segments = [keys[a:b] for a, b in zip(starts, [*starts[1:], len(keys)], strict=True)]
        copies = 1 + sum(_is_copy(segment, segments[0]) for segment in segments[1:])
        if copies > 1:
            return _folded(blocks, keys, starts[0], segments, copies)
    return Folded(tuple(blocks), 1, ())


def _folded(
    blocks: Sequence[Block],
    keys: Sequence[str],
    start: int,
    segments: Sequence[Sequence[str]],
    copies: int,
) -> Folded:
    after = start + len(segments[0])
    end = start + _shared_length(segments)
    return Folded(tuple(blocks[:end]), copies, only_in(blocks[after:], blocks[:after]))


def only_in(copy: Iterable[Block], first: Sequence[Block]) -> tuple[str, ...]:
    """What a later copy prints and the first does not: long paragraphs, and cells of tables.

    A table that differs from one of the first copy's in some cells is named by those cells, as
    `（一）予以公开：5 / 6`; the first copy's text stands first.
    """
    known = {_key(block) for block in first}
    tables = [block for block in first if isinstance(block, Table)]
    found: dict[str, None] = {}
    for block in copy:
        key = _key(block)
        if key in known or len(key) < ANCHOR:
            continue
        if isinstance(block, Table):
            found.update(dict.fromkeys(_cells_apart(block, tables)))
        elif isinstance(block, Paragraph):
            found[key] = None
    return tuple(found)


def _cells_apart(table: Table, tables: Iterable[Table]) -> list[str]:
    """The cells that differ from the most like table of its shape; else the whole table."""
    shape = [len(row) for row in table.rows]
    apart = [
        [
            f"{tight(row[0].text)}：{was.text} / {now.text}"
            for row, before in zip(table.rows, other.rows, strict=True)
            for now, was in zip(row, before, strict=True)
            if tight(now.text) != tight(was.text)
        ]
        for other in tables
        if [len(row) for row in other.rows] == shape
    ]
    return min(apart, key=len, default=[_key(table)])


def _key(block: Block) -> str:
    if isinstance(block, Paragraph):
        return tight(block.text)
    if isinstance(block, Table):
        return "\t".join(tight(cell.text) for row in block.rows for cell in row)
    return f"{Image.__name__} {block.source}"


def _repeated(keys: Sequence[str]) -> Iterator[list[int]]:
    """For each long paragraph that stands on the page again: where it stands, each time."""
    places: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        if len(key) >= ANCHOR:
            places.setdefault(key, []).append(number)
    return (starts for starts in places.values() if len(starts) > 1)


def _is_copy(segment: Sequence[str], first: Sequence[str]) -> bool:
    there = set(segment)
    long = [key for key in first if len(key) >= ANCHOR]
    printed_again = sum(key in there for key in long)
    return len(long) >= MIN_PARAGRAPHS and printed_again >= SAME_SHARE * len(long)


def _shared_length(segments: Sequence[Sequence[str]]) -> int:
    """Blocks of the first copy up to the last one that every copy prints: then furniture begins."""
    first = segments[0]
    everywhere = set(first).intersection(*(s for s in segments[1:] if _is_copy(s, first)))
    return max(n for n, key in enumerate(first, 1) if key in everywhere)
