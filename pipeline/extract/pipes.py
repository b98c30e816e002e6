"""Tables that plain text prints with pipes: regions of lines -> rows, or cells one by one.

Extractors agree on the sign and on nothing else: a pipe before each cell, behind it, between two,
round each; a row on one line or on ten; and pipes at the end of a row for what its spans cover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.text import SENTENCE, has_chinese, squeeze
from pipeline.forms.sections import section_of

MARKDOWN_RULE = re.compile(r"(?<![|\s:+-])(?=[|\s:+-]*---)[|\s:+-]++")
"""The line under a Markdown table's header."""
LONGEST_CELL = 110
"""Characters of a line without pipes inside a table; the longest label, explained, has 90."""
LONGEST_GAP = 3
"""Lines without pipes between two lines with; a cell is broken over three at most."""
OFTEN = 0.75
"""Share of lines that makes a manner of printing the region's own."""
WRAPPED = re.compile(r"[^\s|]\|\|[^\s|]")
PADS = re.compile(r"(?<=\s)\|{2,}\s*$|^\s*\|{2,}\s*$")
"""Pipes without a space between them at the end of a row: columns that its spans cover."""
ONLY_PIPE = re.compile(r"(?<!\s)\s*[|｜]\s*+")
NEW_ROW = re.compile(r"[一二三四]、(?:本年|上年|结转)|（[一二三四五六七]）|\d\.[一-鿿]")
"""How labels of table 三 begin: what stands on the line before is the end of another row."""
LONE_FIGURE = re.compile(r"[*_]{0,2}\d[\d.,]{0,14}[*_]{0,2}")
WIDE = 10
"""Columns of table 三: labels span up to three of them, so that no row fills all."""
WIDEST = 20
"""Columns; table 四 has fifteen."""
BLANK_CELL = "|"
"""An empty cell where each cell is a paragraph."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A row of a table, or one cell of a table whose rows are not to be seen."""

    line: int
    cells: tuple[str, ...]
    is_row: bool
    pads: int = 0
    """Columns that spans of the row cover, told by pipes at its end: its figures stand right."""
    columns: tuple[int, ...] = ()
    """Those of the cells, where the text shows them."""


def pipe_regions(lines: Sequence[str]) -> list[range]:
    """The stretches of lines that pipes make a table, without the words around them."""
    piped = [n for n, line in enumerate(lines) if "|" in line]
    regions: list[range] = []
    for number in piped:
        if regions and _is_gap(lines[regions[-1].stop : number]):
            regions[-1] = range(regions[-1].start, number + 1)
        else:
            regions.append(range(number, number + 1))
    if _pipes_end_lines(lines, regions):
        regions = [_with_first_cell(lines, region) for region in regions]
    return regions


def _is_gap(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    return len(filled) <= LONGEST_GAP and all(map(_may_be_cell, filled))


def _may_be_cell(line: str) -> bool:
    words = line.strip()
    if not words or len(words) > LONGEST_CELL or "\t" in words or SENTENCE.search(words):
        return False
    return section_of(words) is None


def _pipes_end_lines(lines: Sequence[str], regions: Sequence[range]) -> bool:
    """Whether a pipe alone in a line ends the cell above it, and is no empty cell."""
    lone = [n for n, line in enumerate(lines) if ONLY_PIPE.fullmatch(line)]
    if not lone:
        return False
    filled = [n for n in range(lone[0], lone[-1] + 1) if lines[n].strip()]
    cells = [
        (n, after)
        for n, after in pairwise(filled)
        if "|" not in lines[n] and _may_be_cell(lines[n])
    ]
    ended = sum(lines[after].lstrip().startswith("|") for _, after in cells)
    return bool(cells) and len(cells) * OFTEN <= ended


def _with_first_cell(lines: Sequence[str], region: range) -> range:
    """The region with the cell that its first pipe ends."""
    if (
        ONLY_PIPE.fullmatch(lines[region.start]) is None
        and PADS.search(lines[region.start]) is None
    ):
        return region
    above = region.start - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    fits = above >= 0 and "|" not in lines[above] and _may_be_cell(lines[above])
    return range(above, region.stop) if fits else region


def pieces(lines: Sequence[str], region: range) -> list[Piece]:
    """What a region prints, in the manner of most of its lines."""
    numbered = [(n, lines[n]) for n in region if lines[n].strip()]
    numbered = [(n, line) for n, line in numbered if not MARKDOWN_RULE.fullmatch(line)]
    worded = [line.strip() for _, line in numbered if line.strip(" |｜\t")]
    piped = [line for line in worded if "|" in line]
    has_rows = sum(line.count("|") > 1 for line in piped) > len(piped) * OFTEN
    if not piped or (len(piped) < len(worded) * OFTEN and not has_rows):
        own = _pipes_end_lines(lines, [region])
        return _cell_by_cell(numbered) if own else [_single(n, line) for n, line in numbered]
    if sum(line.count("|") == 1 for line in piped) > len(piped) * OFTEN and _is_bounded(piped):
        return _cell_by_cell(numbered)
    if sum(WRAPPED.search(line) is not None for line in piped) * 2 > len(piped):
        return [_row(n, line.strip().strip("|").split("||")) for n, line in numbered]
    if sum(line.startswith("|") for line in piped) > len(piped) * OFTEN:
        filled = [(n, line) for n, line in numbered if line.strip(" |")]
        return _fitted([_row(n, _framed(line), _without_pads(line)[1]) for n, line in filled])
    if sum(line.endswith("|") for line in piped) > len(piped) * OFTEN and not _has_rule(
        lines, region
    ):
        return _fitted(_ended_rows(numbered))
    return [_row(n, line.split("|")) for n, line in _whole(numbered)]


def _has_rule(lines: Sequence[str], region: range) -> bool:
    """Whether a `---|---` stands in the region: pipes stand between cells, none at the ends."""
    rules = (line.strip() for n in region if MARKDOWN_RULE.fullmatch(line := lines[n]))
    return any("|" in rule and "|" not in (rule[0], rule[-1]) for rule in rules)


def _whole(numbered: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """`a | b | c`, put together where a blank cell brought line breaks of its own."""
    row, start = "", 0
    for number, line in numbered:
        if row and not (_is_figure_after_pipe(line) or _is_last_figure(row, line)):
            yield start, row
            row = ""
        start = start if row else number
        row += line
    if row:
        yield start, row


def _is_last_figure(row: str, line: str) -> bool:
    """Whether the row ends with a pipe, and its last figure stands alone in the next line."""
    return row.rstrip().endswith("|") and LONE_FIGURE.fullmatch(line.strip()) is not None


def _is_bounded(lines: Sequence[str]) -> bool:
    """Whether the one pipe of a line stands at one of its ends."""
    at_end = sum(line[0] == "|" or line[-1] == "|" for line in lines)
    return at_end >= len(lines) * OFTEN


def _single(number: int, line: str) -> Piece:
    if line.count("|") > 1:
        return _row(number, line.strip().strip("|").split("|"))
    return Piece(number, (line.strip().strip("|").strip() or BLANK_CELL,), is_row=False)


def _row(number: int, cells: Sequence[str], pads: int = 0) -> Piece:
    return Piece(number, tuple(cell.strip() for cell in cells), True, pads)


def _framed(line: str) -> list[str]:
    """`| a | b |`, pads at its end left out."""
    body = PADS.sub("", line.strip()).strip()
    return body.removeprefix("|").removesuffix("|").split("|")


def _ended_rows(numbered: Sequence[tuple[int, str]]) -> list[Piece]:
    """`a | b |`: a row goes on where its cells are blank lines, or its last cell is not ended."""
    rows: list[tuple[int, str]] = []
    for number, line in numbered:
        if rows and _goes_on(rows[-1][1], line):
            rows[-1] = (rows[-1][0], rows[-1][1] + line.strip())
        else:
            rows.append((number, line.strip()))
    return [_row(number, _ended(line), _without_pads(line)[1]) for number, line in rows]


def _goes_on(row: str, line: str) -> bool:
    if PADS.search(row):
        return False
    if not row.endswith("|"):
        return True
    return _is_figure_after_pipe(line)


def _is_figure_after_pipe(line: str) -> bool:
    """Whether a line starts with a pipe and goes on with figures: no row of its own."""
    first = next((cell for cell in line.split("|") if cell.strip()), "")
    return line.lstrip().startswith("|") and not has_chinese(first)


def _ended(line: str) -> list[str]:
    """The cells of `a | b | ||`; the two pads are none, nor is what follows the last pipe."""
    body = PADS.sub("", line).strip()
    return body.removesuffix("|").split("|")


def _cell_by_cell(numbered: Sequence[tuple[int, str]]) -> list[Piece]:
    """Cells that have a line each; rows again where the pads at their ends tell the width."""
    runs = list(_runs(numbered))
    width = _width([(len(cells), pads) for cells, pads in runs if pads])
    if width:
        return _fitted(list(_rows_of_width(runs, width)))
    return [
        Piece(number, (cell or BLANK_CELL,), is_row=False)
        for cells, _ in runs
        for number, cell in cells
    ]


def _width(runs: Sequence[tuple[int, int]]) -> int:
    """The columns of a table: what the cells before each run of pads, and the pads, make rows of.

    0 where no width does, or where no row has pads.
    """
    if not runs:
        return 0
    least = max(pads for _, pads in runs) + 1
    widths = range(least, WIDEST + 1)
    return next((w for w in widths if all((n + pads) % w == 0 for n, pads in runs)), 0)


Numbered = list[tuple[int, str]]


def _runs(numbered: Sequence[tuple[int, str]]) -> Iterator[tuple[Numbered, int]]:
    """Cells up to each run of pads, and how many pads there are."""
    cells: Numbered = []
    words = ""
    start = 0
    for number, line in numbered:
        body, pads = _without_pads(line)
        if words and NEW_ROW.match(body):
            cells.append((start, squeeze(words)))
            words, start = "", 0
        leads = body.startswith("|") and body != "|" and not words
        for part in re.split(r"(\|)", body.removeprefix("|") if leads else body):
            if part == "|":
                cells.append((start or number, squeeze(words)))
                words, start = "", 0
            elif part.strip():
                words, start = words + part.strip(), start or number
        if leads and words:
            cells.append((start, squeeze(words)))
            words, start = "", 0
        if pads:
            yield cells, pads
            cells = []
    if words:
        cells.append((start, squeeze(words)))
    if cells:
        yield cells, 0


def _without_pads(line: str) -> tuple[str, int]:
    match = PADS.search(line)
    if match is None:
        return line.strip(), 0
    return line[: match.start()].strip(), match[0].count("|")


def _rows_of_width(runs: Sequence[tuple[Numbered, int]], width: int) -> Iterator[Piece]:
    """Full rows, then the row that the pads fill up."""
    for cells, _ in runs:
        for start in range(0, len(cells), width):
            part = cells[start : start + width]
            yield _row(part[0][0], [text for _, text in part], width - len(part))


def _fitted(rows: Sequence[Piece]) -> list[Piece]:
    """The rows without a pad that looks like an empty cell, where a row of table 三 ends so."""
    widest = max((len(row.cells) for row in rows), default=0)
    return [_without_pad(row) if widest == WIDE == len(row.cells) else row for row in rows]


def _without_pad(row: Piece) -> Piece:
    """A group, a label, seven figures and a pad; where the first figure is blank, who can say."""
    words = [n for n, cell in enumerate(row.cells) if has_chinese(cell)]
    if len(words) < 2 or row.cells[-1] or not row.cells[words[-1] + 1]:
        return row
    return Piece(row.line, row.cells[:-1], is_row=True, pads=1)
