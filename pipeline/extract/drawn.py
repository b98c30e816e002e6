"""Tables that plain text draws with lines: `+---+` and `|`, or the box characters of terminals.

A row is what stands between two drawn rules, on as many lines as its longest cell takes; a rule
that does not reach across the table ends the cells that it touches, and others go on: they span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from pipeline.extract.pipes import Piece

UPRIGHT = "|│┃║"
ACROSS = "-=─━═"
CORNERS = "+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫"

RULE_SIGNS = frozenset(f"{CORNERS}{ACROSS}:")

LINE = re.compile(rf"[{UPRIGHT}{CORNERS}].*[{UPRIGHT}{CORNERS}]")

EDGE = re.compile(rf"[{UPRIGHT}{CORNERS}]")

PART_OF_RULE = re.compile(rf"[{re.escape(ACROSS)}:]{{2,}}|[─━═]")
"""A lone hyphen says that there is nothing; a lone box character is a narrow column's rule."""

OUTER_RULES = 3
"""Above a table, below its header, below it: with no more rules each line may be a row."""

LEAST_FIGURES = 2
"""Figures below figures, where no rules part rows, that make a row of each line."""

FIGURE = re.compile(r"[-+]?\d[\d.,]*")


Measure = Callable[[str], int]
"""The columns that a letter takes."""
Segment = tuple[int, int, str]
"""Where the text between two edges begins and ends, and the text."""


@dataclass(slots=True)
class Drawn:
    """A row of a drawn table: the text of each cell by the place where the cell begins."""

    line: int
    """Of the text, from 0."""
    cells: dict[int, str] = field(default_factory=dict)


def drawn_regions(lines: Sequence[str]) -> list[range]:
    """The stretches of lines that are drawn tables, from their first rule to their last."""
    regions: list[range] = []
    number = 0
    while number < len(lines):
        stop = number
        if _is_rule(lines[number].strip()):
            while stop < len(lines) and LINE.fullmatch(lines[stop].strip()):
                stop += 1
        if stop - number > 2:
            regions.append(range(number, stop))
        number = max(stop, number + 1)
    return regions


def _is_rule(line: str) -> bool:
    """Whether it is a rule from side to side, as it begins a table."""
    ends = line[:1] in CORNERS and line[-1:] in CORNERS
    return (
        len(line) > 1 and ends and RULE_SIGNS.issuperset(line) and not set(ACROSS).isdisjoint(line)
    )


def drawn_rows(lines: Sequence[str], region: range) -> list[Piece]:
    """The rows, each with its own cells and their columns: what a span covers is no cell."""
    drawn = [(number, lines[number]) for number in region]
    rows = [row for row in _rows(drawn, _measure(drawn)) if any(row.cells.values())]
    starts = sorted({start for row in rows for start in row.cells})
    column = {start: number for number, start in enumerate(starts, 1)}
    return [
        Piece(
            row.line,
            tuple(row.cells[start] for start in sorted(row.cells)),
            is_row=True,
            columns=tuple(column[start] for start in sorted(row.cells)),
        )
        for row in rows
    ]


def _measure(drawn: Sequence[tuple[int, str]]) -> Measure:
    """How wide a letter counts: the way that puts the edges of all lines below each other."""
    return min(
        (_on_screen, len),
        key=lambda width: len({at for _, line in drawn for at, _, _ in _segments(line, width)}),
    )


def _on_screen(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1


def _rows(drawn: Sequence[tuple[int, str]], width: Measure) -> Iterator[Drawn]:
    has_rules = sum(PART_OF_RULE.search(line) is not None for _, line in drawn) > OUTER_RULES
    rows: list[Drawn] = []
    open_cells: dict[int, Drawn] = {}
    for number, line in drawn:
        segments = _segments(line, width)
        ruled = {start: end for start, end, text in segments if PART_OF_RULE.fullmatch(text)}
        for cell in [c for c in open_cells for start, end in ruled.items() if start <= c < end]:
            del open_cells[cell]
        if ruled or not rows or not (has_rules or _is_cell_of(rows[-1], segments)):
            if not ruled:
                open_cells.clear()
            rows.append(Drawn(number))
        for start, _, text in segments:
            if start not in ruled:
                row = open_cells.setdefault(start, rows[-1])
                row.cells[start] = row.cells.get(start, "") + text.strip()
    yield from rows


def _is_cell_of(row: Drawn, segments: Sequence[Segment]) -> bool:
    """Whether the line goes on with cells of the row: no figures stand below figures."""
    below = [
        start
        for start, _, text in segments
        if FIGURE.fullmatch(text.strip()) and FIGURE.fullmatch(row.cells.get(start, ""))
    ]
    return len(below) < LEAST_FIGURES


def _segments(line: str, width: Measure) -> list[Segment]:
    """What stands between two edges, and the places where it begins and ends."""
    segments: list[Segment] = []
    place, start, text = 0, -1, ""
    for letter in line:
        place += width(letter)
        if not EDGE.match(letter):
            text += letter
            continue
        if start >= 0:
            segments.append((start, place, text))
        start, text = place, ""
    return segments
