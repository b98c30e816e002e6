"""HTML with real tables, in the markup of one editor or another."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from crawlers.practice.corpus.model import Block, Draft, Grid, Heading, Picture, Prose, Td
from crawlers.practice.corpus.shapes.inline import heading, paragraph
from crawlers.practice.markup import lines_html

WORD_CELL = (
    "border-top:none;border-left:none;border-bottom:solid windowtext 1.0pt;border-right:solid "
    "windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt;height:22.7pt"
)


def table(draft: Draft) -> str:
    """Paragraphs and `<table>`s."""
    return "\n".join(_block(block, draft) for block in draft.blocks)


def _block(block: Block, draft: Draft) -> str:
    match block:
        case Heading():
            return heading(block.text, draft.style.get("heading", "strong"))
        case Picture():
            return f'<p><img src="{block.source}" alt="{escape(block.alt)}" width="640"/></p>'
        case Grid():
            return grid_html(block, draft.style.get("cell", "plain"))
        case Prose():
            return paragraph(block.text, draft.style.get("paragraph", "plain"))


def grid_html(grid: Grid, markup: str) -> str:
    """A grid as a table; its cells in the named markup."""
    rows = "\n".join(
        f"<tr>{''.join(_td(td, markup) for td in row.cells)}</tr>" for row in grid.rows
    )
    if markup == "th":
        head, _, rest = rows.partition("\n")
        rows = f"<thead>{head}</thead><tbody>{rest}</tbody>"
    return f'<table border="1" cellspacing="0" class="MsoNormalTable">{rows}</table>'


def _td(td: Td, markup: str) -> str:
    spans = f' rowspan="{td.rowspan}"' if td.rowspan > 1 else ""
    spans += f' colspan="{td.colspan}"' if td.colspan > 1 else ""
    tag = "th" if markup == "th" and td.role in {"head", "label", "group", "note"} else "td"
    style = f' valign="center" style="{WORD_CELL}"' if markup == "word" else ""
    return f"<{tag}{spans}{style}>{inside(td, markup)}</{tag}>"


def inside(td: Td, markup: str) -> str:
    """The cell's content in the markup."""
    return CELLS[markup](td.html if td.html is not None else lines_html(td.text))


def _word(text: str) -> str:
    return (
        '<p class="MsoNormal" align="center" style="text-align:center;line-height:18.0pt">'
        '<span lang="EN-US" style="font-size:10.5pt;font-family:仿宋_GB2312;mso-bidi-font-family:'
        f'宋体;color:black;mso-font-kerning:0pt">{text}<o:p></o:p></span></p>'
    )


CELLS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "th": str,
    "word": _word,
    "nested_p": '<p style="text-align:center">{}</p>'.format,
    "o_p": '<p class="MsoNormal" align="center"><o:p>{}</o:p></p>'.format,
    "center": "<center><font face='宋体'>{}</font></center>".format,
    "span": '<span style="font-size:14px"><strong>{}</strong></span>'.format,
    "indented": "\n      <div>\n        {}\n      </div>\n    ".format,
    "st1": '<st1:chmetcnv w:st="on" unitname="件">{}</st1:chmetcnv>'.format,
}
"""How text stands in a cell."""
