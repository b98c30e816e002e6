"""What goes wrong on real pages, one small function each: `ACCIDENTS` maps data names to them."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.practice.accidents import cells, labels, pages, prose, rows
from crawlers.practice.page import Page

ACCIDENTS: dict[str, Callable[..., Page]] = {
    function.__name__: function
    for function in (
        rows.lost_indents,
        rows.ghost_cells,
        rows.label_span,
        rows.group_swallows_rows,
        rows.surplus_zero,
        rows.page_break,
        rows.empty_last_row,
        labels.relabel,
        labels.narrow_brackets,
        labels.total_beside_applicants,
        labels.outcomes_in_one_row,
        cells.cell_markup,
        prose.word_spans,
        prose.br_paragraphs,
        prose.cut_sentence,
        pages.title_without_region,
        pages.broken_title,
        pages.truncated_head_title,
        pages.body_twice,
        pages.tables_as_images,
        pages.gb18030_called_gb2312,
        pages.as_written,
    )
}
