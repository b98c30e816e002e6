"""Small changes of a draft, from which deviations are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from crawlers.practice.corpus.model import Block, Draft, Grid, Heading, Prose, Row, Td
from crawlers.practice.model import PracticeError

TABLES = "t2 t3 t4 s14"
"""The statutory tables of all forms."""


def change_blocks(draft: Draft, change: Callable[[Block], Iterable[Block]]) -> Draft:
    """Each block becomes none, one or several."""
    return replace(draft, blocks=tuple(new for block in draft.blocks for new in change(block)))


def change_grid(draft: Draft, table: str, change: Callable[[Grid], Iterable[Block]]) -> Draft:
    """One table becomes other blocks; a draft without it is a mistake in the catalogue."""
    if not any(isinstance(b, Grid) and b.id == table for b in draft.blocks):
        raise PracticeError(f"{draft.title}: no table {table!r} to be changed")
    return change_blocks(
        draft, lambda b: change(b) if isinstance(b, Grid) and b.id == table else (b,)
    )


def change_rows(draft: Draft, table: str, change: Callable[[Row], Iterable[Row]]) -> Draft:
    """Each row of one table becomes none, one or several."""
    return change_grid(
        draft, table, lambda g: (Grid(g.id, tuple(new for row in g.rows for new in change(row))),)
    )


def change_cells(draft: Draft, change: Callable[[Td], Td], tables: str = TABLES) -> Draft:
    """Each cell of the named tables, header and labels included."""

    def grid(block: Block) -> Iterable[Block]:
        if not isinstance(block, Grid) or block.id not in tables.split():
            return (block,)
        rows = (replace(r, cells=tuple(change(td) for td in r.cells)) for r in block.rows)
        return (replace(block, rows=tuple(rows)),)

    return change_blocks(draft, grid)


def print_as(draft: Draft, texts: Mapping[str, str]) -> Draft:
    """Figure cells that print another text; the truth stays."""
    missing = set(texts) - {td.cell for td in cells(draft)}
    if missing:
        raise PracticeError(f"{draft.title}: no cell {sorted(missing)} to be printed otherwise")
    return change_cells(draft, lambda td: replace(td, text=texts.get(td.cell, td.text)))


def nothing_printed(draft: Draft, texts: Mapping[str, str]) -> Draft:
    """Figure cells that print no number; the truth is null there."""
    draft = print_as(draft, texts)
    return replace(draft, truth={**draft.truth, **dict.fromkeys(texts)})


def reword(draft: Draft, texts: Mapping[str, str], tables: str = TABLES) -> Draft:
    """Labels and headers by the text they have; a text that stands nowhere is a mistake."""
    missing = set(texts) - {td.text for td in cells(draft)}
    if missing:
        raise PracticeError(f"{draft.title}: nothing says {sorted(missing)}")
    return change_cells(
        draft,
        lambda td: td if td.cell else replace(td, text=texts.get(td.text, td.text)),
        tables,
    )


def change_prose(draft: Draft, change: Callable[[str], str]) -> Draft:
    """The text of every paragraph."""
    return change_blocks(
        draft, lambda b: (Prose(change(b.text)),) if isinstance(b, Prose) else (b,)
    )


def change_headings(draft: Draft, change: Callable[[Heading], Iterable[Block]]) -> Draft:
    """Every section heading."""
    return change_blocks(draft, lambda b: change(b) if isinstance(b, Heading) else (b,))


def cells(draft: Draft) -> Iterable[Td]:
    """All cells of all tables, in page order."""
    return (td for b in draft.blocks if isinstance(b, Grid) for row in b.rows for td in row.cells)


def styled(draft: Draft, **style: str) -> Draft:
    """The draft with more ways to print it."""
    return replace(draft, style={**draft.style, **style})
