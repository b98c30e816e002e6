"""HTML without any `<table>`: rows as lines, cells as paragraphs or boxes."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from crawlers.practice.corpus.model import Block, Draft, Grid, Picture, Row
from crawlers.practice.corpus.shapes.inline import heading, paragraph
from crawlers.practice.corpus.shapes.layout import one_line, rectangle

EM = "&nbsp;"
GAP = 4


def br_lines(draft: Draft) -> str:
    """Rows end with `<br>`, cells are set apart by runs of `&nbsp;`."""
    return _drawn(draft, _br_grid)


def _br_grid(grid: Grid) -> str:
    lines = (EM * GAP + (EM * GAP).join(_texts(row)) + "<br/>" for row in grid.rows)
    return f"<p>{''.join(lines)}</p>"


def p_cells(draft: Draft) -> str:
    """Every cell a paragraph of its own."""
    return _drawn(draft, _p_grid)


def _p_grid(grid: Grid) -> str:
    return "\n".join(f"<p>{text or EM}</p>" for row in grid.rows for text in _texts(row))


def divs(draft: Draft) -> str:
    """Rows and cells as boxes that a style sheet lays out."""
    return _drawn(draft, _div_grid)


def _div_grid(grid: Grid) -> str:
    rows = (
        "".join(f'<div class="td">{escape(one_line(td.text)) if td else ""}</div>' for td in line)
        for line in rectangle(grid)
    )
    return (
        '<div class="tbl">' + "\n".join(f'<div class="tr">{row}</div>' for row in rows) + "</div>"
    )


def lists(draft: Draft) -> str:
    """A list a table, an entry a row, its cells side by side in it."""
    return "\n".join(_other(b) if not isinstance(b, Grid) else _list(b) for b in draft.blocks)


def _list(grid: Grid) -> str:
    rows = ("".join(f"<span>{text}</span>" for text in _texts(row)) for row in grid.rows)
    return f'<ul class="m-table">{"".join(f"<li>{row}</li>" for row in rows)}</ul>'


def pre(draft: Draft) -> str:
    """The tables in `<pre>`, two or more blanks between cells."""
    return _drawn(draft, _pre_grid)


def _pre_grid(grid: Grid) -> str:
    return "<pre>" + "\n".join("    ".join(_texts(row)) for row in grid.rows) + "</pre>"


def _drawn(draft: Draft, grid: Callable[[Grid], str]) -> str:
    return "\n".join(grid(b) if isinstance(b, Grid) else _other(b) for b in draft.blocks)


def _texts(row: Row) -> list[str]:
    return [escape(one_line(td.text), quote=False) for td in row.cells]


def _other(block: Block) -> str:
    if isinstance(block, Grid | Picture):
        return ""
    return (
        heading(block.text, "strong")
        if hasattr(block, "section")
        else paragraph(block.text, "plain")
    )
