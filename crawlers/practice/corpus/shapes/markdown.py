"""Markdown: as converters write it, and as OCR of page images does."""

from __future__ import annotations

from dataclasses import replace

from crawlers.practice.corpus.model import Draft, Grid, Heading, Prose
from crawlers.practice.corpus.shapes.layout import one_line
from crawlers.practice.corpus.shapes.lines import slots, text
from crawlers.practice.corpus.shapes.tables import grid_html

ROWS_OF_A_PAGE = 11
INVENTED_HEADER = ["项目", "申请人情况", "自然人", "商业企业", "科研机构", "其他", "总计"]
"""What OCR puts above a table that a page break cut: words of the form, columns wrong."""


def markdown(draft: Draft) -> str:
    """Headings with `##`, tables with a rule under their first row."""
    return "# " + text(_marked(draft), lambda g: "\n".join(_ruled(_padded(slots(g)))))


def inlaid(draft: Draft) -> str:
    """Headings with `##`; tables as HTML, because Markdown has no spans."""
    return "# " + text(_marked(draft), lambda g: grid_html(g, "plain"))


def _marked(draft: Draft) -> Draft:
    blocks = tuple(Prose(f"## {b.text}") if isinstance(b, Heading) else b for b in draft.blocks)
    return replace(draft, blocks=blocks)


def _padded(lines: list[list[str]]) -> list[list[str]]:
    return [[cell or " " for cell in line] for line in lines]


def _ruled(lines: list[list[str]]) -> list[str]:
    rows = [f"| {' | '.join(line)} |" for line in lines]
    return [rows[0], "|" + " --- |" * len(lines[0]), *rows[1:]]


def ocr(draft: Draft) -> str:
    """Tables cut at pages: an invented header behind each cut, rows with their own cells only."""
    return "# " + text(_marked(draft), _ocr_grid)


def _ocr_grid(grid: Grid) -> str:
    rows = [[one_line(td.text) for td in row.cells] for row in grid.rows]
    if grid.id != "t3":
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    pages = [
        rows[:ROWS_OF_A_PAGE],
        rows[ROWS_OF_A_PAGE : 2 * ROWS_OF_A_PAGE],
        rows[2 * ROWS_OF_A_PAGE :],
    ]
    first, *others = pages
    tables = ["\n".join(_ruled(first))]
    tables += ["\n".join(_ruled([INVENTED_HEADER, *page])) for page in others]
    return "\n\n".join(tables)
