"""Table 四 without its header: fifteen figures alone under the heading of the fourth section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.text import SENTENCE
from pipeline.forms.sections import section_of
from pipeline.model import NO_TABLE, Block, Cell, CellState, Paragraph, Table
from pipeline.parse.numbers import read_number
from pipeline.parse.runs import LONGEST_LABEL, line_cells

SECTION = "disputes"
FIGURES = 15
"""Three reviews of five outcomes each."""


def bare_results(blocks: Sequence[Block]) -> Table | None:
    """The figures of the section as a table of one row; None unless they are just fifteen."""
    figures = [
        (number, cell)
        for number, cell in _cells(blocks)
        if read_number(cell.text)[0] is CellState.REPORTED
    ]
    if len(figures) != FIGURES:
        return None
    return Table(figures[0][0], (tuple(cell for _, cell in figures),))


def _cells(blocks: Sequence[Block]) -> Iterator[tuple[int, Cell]]:
    """Number of the table and cell, of tables and short lines below the section's heading."""
    section: str | None = None
    for place, block in enumerate(blocks, 1):
        if isinstance(block, Table) and section == SECTION:
            yield from ((block.number, cell) for row in block.rows for cell in row)
        elif isinstance(block, Paragraph):
            section = section_of(block.text) or section
            is_line = len(block.text) <= LONGEST_LABEL and not SENTENCE.search(block.text)
            if section == SECTION and is_line:
                yield from ((NO_TABLE, cell) for cell in line_cells(block.text, place))
