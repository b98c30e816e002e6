"""From page blocks to the HTML inside an article's body."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from crawlers.practice.page import Block, Grid, Heading, Page, Picture, Prose, Row, Td

BOLD = re.compile(r"\*\*(.+?)\*\*")
WORD_RUNS = re.compile(r"(?P<digits>\d+)|(?P<unit>[年月日])")
PARAGRAPH = '<p style="text-indent:2em">{}</p>'
WORD_PARAGRAPH = (
    '<p class="MsoNormal" style="text-indent:32.0pt">'
    '<span style="font-family:仿宋_GB2312;font-size:16.0pt">{}</span></p>'
)
PAGE_BREAK = '<p class="MsoNormal"><span lang="EN-US">&nbsp;</span></p>'


def body_html(page: Page) -> str:
    """The article's body; every block once, in order."""
    if "br_paragraphs" in page.styles:
        return _br_soup(page)
    return "\n".join(_block_html(block, page.styles) for block in page.blocks)


def _br_soup(page: Page) -> str:
    parts = []
    for block in page.blocks:
        if isinstance(block, Heading | Prose):
            parts.append(f"&emsp;&emsp;{inline(block.text, page.styles)}<br/>")
        else:
            parts.append(_block_html(block, page.styles))
    return "\n".join(parts)


def _block_html(block: Block, styles: frozenset[str]) -> str:
    match block:
        case Heading():
            return f"<p><strong>{inline(block.text, frozenset())}</strong></p>"
        case Picture():
            return f'<p><img src="{block.source}" alt="{escape(block.alt)}" width="640"/></p>'
        case Grid():
            return table_html(block)
        case Prose(align="right"):
            return f'<p style="text-align:right">{inline(block.text, styles)}</p>'
        case Prose():
            frame = WORD_PARAGRAPH if "word_spans" in styles else PARAGRAPH
            return frame.format(inline(block.text, styles))


def inline(text: str, styles: frozenset[str]) -> str:
    """Running text: escaped, bold where marked, and in Word's spans if the style says so."""
    html = BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False))
    return WORD_RUNS.sub(_word_span, html) if "word_spans" in styles else html


def _word_span(run: re.Match[str]) -> str:
    if run["digits"]:
        return f'<span lang="EN-US">{run["digits"]}</span>'
    return f"<span>{run['unit']}</span>"


def table_html(grid: Grid) -> str:
    """The table, or the tables that page breaks made of it."""
    tables: list[list[Row]] = [[]]
    for row in grid.rows:
        tables[-1].append(row)
        if row.id in grid.cuts:
            tables.append([])
    return f"\n{PAGE_BREAK}\n".join(_one_table(rows, CELLS[grid.markup]) for rows in tables)


def _one_table(rows: list[Row], cell: Callable[[str], str]) -> str:
    body = "\n".join(f"<tr>{''.join(_td(td, cell) for td in row.cells)}</tr>" for row in rows)
    frame = '<table border="1" cellspacing="0" cellpadding="0" class="MsoNormalTable"><tbody>'
    return f"{frame}\n{body}\n</tbody></table>"


def _td(td: Td, cell: Callable[[str], str]) -> str:
    rowspan = f' rowspan="{td.rowspan}"' if td.rowspan > 1 else ""
    colspan = f' colspan="{td.colspan}"' if td.colspan > 1 else ""
    return f"<td{rowspan}{colspan}>{cell(td.text)}</td>"


def lines_html(text: str) -> str:
    """The text escaped; its line breaks are `<br/>`."""
    return "<br/>".join(escape(line, quote=False) for line in text.split("\n"))


def _nested_p(text: str) -> str:
    return "".join(f'<p align="center">{escape(t) or "&nbsp;"}</p>' for t in text.split("\n"))


def _word_p(text: str) -> str:
    return f'<p class="MsoNormal" align="center"><o:p>{lines_html(text)}</o:p></p>'


def _center(text: str) -> str:
    return f"<center>{lines_html(text)}</center>"


def _smart_tag(text: str) -> str:
    number = re.sub(r"\D", "", text)
    tag = f'<st1:chmetcnv w:st="on" unitname="件" sourcevalue="{number}">'
    html = lines_html(text)
    return f"{tag}{html}</st1:chmetcnv>" if number else f"<st1:x>{html}</st1:x>"


CELLS: dict[str, Callable[[str], str]] = {
    "plain": lines_html,
    "nested_p": _nested_p,
    "o_p": _word_p,
    "center": _center,
    "st1": _smart_tag,
}
