"""How a report stands in a file: `SHAPES` maps a shape's name to its printer."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.practice.corpus.model import Draft
from crawlers.practice.corpus.shapes import (
    drawn,
    html,
    layout_text,
    lines,
    markdown,
    pdf,
    piped,
    tables,
)

SHAPES: dict[str, tuple[str, Callable[[Draft], str]]] = {
    "table": (".html", tables.table),
    "br_lines": (".html", html.br_lines),
    "p_cells": (".html", html.p_cells),
    "divs": (".html", html.divs),
    "lists": (".html", html.lists),
    "pre": (".html", html.pre),
    "tabs": (".txt", lines.tabs),
    "lone_tabs": (".txt", lines.lone_tabs),
    "tab_report": (".txt", lines.tab_report),
    "boxes": (".txt", drawn.boxes),
    "grids": (".txt", drawn.grids),
    "inlaid": (".md", markdown.inlaid),
    "above_labels": (".txt", pdf.above_labels),
    "two_a_line": (".txt", pdf.two_a_line),
    "cell_lines": (".txt", lines.cell_lines),
    "tab_cell_lines": (".txt", lines.tab_cell_lines),
    "pipe_lines": (".txt", lines.pipe_lines),
    "one_line": (".txt", lines.one_line_report),
    "pipe_between": (".txt", lines.pipe_between),
    "spaces": (".txt", lines.spaces),
    "tabs_broken": (".txt", lines.tabs_broken),
    "pipes": (".txt", lines.pipes),
    "markdown": (".md", markdown.markdown),
    "markdown_ocr": (".md", markdown.ocr),
    "blanks": (".txt", pdf.blanks),
    "wrapped": (".txt", pdf.wrapped),
    "centred": (".txt", pdf.centred),
    "below": (".txt", pdf.below),
    "layout": (".txt", layout_text.layout),
    "displaced_cells": (".txt", pdf.displaced_cells),
    "displaced": (".txt", pdf.displaced),
    "flat": (".txt", pdf.flat),
    "padded": (".txt", piped.padded),
    "padded_framed": (".txt", piped.padded_framed),
    "padded_lines": (".txt", piped.padded_lines),
    "padded_own_line": (".txt", piped.padded_own_line),
    "blank_lines": (".txt", piped.blank_lines),
    "wrapped_cells": (".txt", piped.wrapped),
    "between": (".txt", piped.between),
    "behind": (".txt", piped.behind),
    "before": (".txt", piped.before),
    "double_tabs": (".txt", piped.double_tabs),
    "doubled": (".txt", piped.doubled),
}
"""Name -> the file's suffix and its text; for HTML the body, round which a family puts a page."""
