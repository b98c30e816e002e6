"""What the source of a page has and its reader does not see, or sees otherwise than as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from random import Random
from urllib.parse import quote

from crawlers.practice.corpus.edit import (
    cells,
    change_blocks,
    change_cells,
    change_rows,
    nothing_printed,
)
from crawlers.practice.corpus.model import Block, Draft, Grid, Picture, Row, Step, Td
from crawlers.practice.corpus.shapes.layout import rectangle

RECEIVED = re.compile(r"(?s)<tr>(?:(?!</tr>).)*一、本年新收(?:(?!</tr>).)*</tr>")
OTHER_FIGURE = "77"
SHEET = 15
"""Columns of table 四, the widest."""

COVERED = Td("\u2425", "ghost")
HOLDS_COVERED = re.compile(r"(?s)<t[dh][^>]*>(?:(?!</t[dh]>).)*\u2425.*?</t[dh]>")
MARKS = ("<sup>①</sup>", "<sup>1</sup>", "[2]", "*", "③", '<sup><a href="#n4">4</a></sup>')
TOTALS = ("t3.new_received.total", "t3.granted.total", "t4.reconsideration.total")


def _quoted(body: str) -> str:
    """The body as a string in single quotes."""
    return re.sub(r"(['\\/])", r"\\\1", body).replace("\n", "\\n")


CARRIED: dict[str, Callable[[str], str]] = {
    "textarea": lambda body: f'<textarea id="hid" style="display:none">{escape(body)}</textarea>',
    "noscript": "<noscript>{}</noscript>".format,
    "template": '<template id="body">{}</template>'.format,
    "frame": lambda body: f'<iframe width="100%" srcdoc="{escape(body)}"></iframe>',
    "string": lambda body: f"<script>var html = '{_quoted(body)}';show(html);</script>",
    "address": lambda body: f'<script>show(decodeURIComponent("{quote(body)}"))</script>',
    "island": (
        '<script type="text/xml"><datastore><recordset><record><![CDATA[{}]]></record></recordset>'
        "</datastore></script>"
    ).format,
}
"""Elements that keep an article until a script shows it."""


def _in_html(draft: Draft, change: Callable[[Td], str], *, zeros: bool = True) -> Draft:
    return change_cells(
        draft,
        lambda td: replace(td, html=change(td)) if td.cell and (zeros or td.text != "0") else td,
    )


def note_marks(draft: Draft, random: Random) -> Draft:
    """Marks of footnotes behind figures: raised, in brackets, as a circled digit."""
    marked = [td.cell for td in cells(draft) if td.cell and td.text not in {"", "0"}]
    marks = {cell: MARKS[n % len(MARKS)] for n, cell in enumerate((*TOTALS, *marked))}
    return _in_html(draft, lambda td: td.text + marks.get(td.cell, ""))


def struck_out(draft: Draft, random: Random, before: str, after: str) -> Draft:
    """An old figure, struck out, before the one that holds."""
    return _in_html(draft, lambda td: f"{before}{td.text}9{after}{td.text}", zeros=False)


def hidden_words(draft: Draft, random: Random) -> Draft:
    """A figure behind each figure that no browser shows."""
    return _in_html(draft, lambda td: f"<div>{td.text}</div><span hidden>0</span>")


def hidden_row(draft: Draft, random: Random) -> Draft:
    """Last year's row of 新收 kept in the source below this year's, not displayed."""

    def again(row: re.Match[str]) -> str:
        old = re.sub(r"(?<=>)(\s*)\d+(?=[<\s])", rf"\g<1>{OTHER_FIGURE}", row[0])
        return row[0] + old.replace("<tr>", '<tr style="display:none">', 1)

    return replace(draft, around=(*draft.around, lambda body: RECEIVED.sub(again, body)))


def pictured(draft: Draft, random: Random) -> Draft:
    """Figures as pictures that are called by their figure."""
    return _in_html(
        draft,
        lambda td: f'<img src="/images/{td.text}.gif" alt="{td.text}" border="0"/>',
        zeros=False,
    )


def pictured_without_name(draft: Draft, random: Random) -> Draft:
    """Pictures for the penalties and licences, without a word of what they show."""
    ids = [td.cell for td in cells(draft) if td.cell.endswith("decisions_count")]
    draft = nothing_printed(draft, dict.fromkeys(ids, ""))
    image = '<img src="/images/20240118.png" width="24"/>'
    return change_cells(draft, lambda td: replace(td, html=image) if td.cell in ids else td)


def fields_with_unit(draft: Draft, random: Random) -> Draft:
    """Figures in input fields, the unit behind them."""
    return _in_html(draft, lambda td: f'<input type="text" readonly value="{td.text}"/>件')


def chosen_from_a_list(draft: Draft, random: Random) -> Draft:
    """Figures as the choice of a list that names others."""
    options = (
        "<select><option>0</option><option selected>{0}</option><option>{0}9</option></select>"
    )
    return _in_html(draft, lambda td: options.format(td.text))


def hidden_fields(draft: Draft, random: Random) -> Draft:
    """Empty cells with fields that nobody sees."""
    ids = [td.cell for td in cells(draft) if td.cell.endswith("decisions_count")]
    draft = nothing_printed(draft, dict.fromkeys(ids, ""))
    field = '<input type="hidden" name="old" value="7"/>'
    return change_cells(draft, lambda td: replace(td, html=field) if td.cell in ids else td)


def covered_cells(draft: Draft, random: Random) -> Draft:
    """What a span covers printed as cells that are not displayed."""

    def covered(block: Block) -> Iterable[Block]:
        if not isinstance(block, Grid):
            return (block,)
        lines = zip(block.rows, rectangle(block), strict=True)
        rows = (Row(row.id, tuple(td or COVERED for td in line)) for row, line in lines)
        return (Grid(block.id, tuple(rows)),)

    def undisplayed(body: str) -> str:
        return HOLDS_COVERED.sub('<td style="display: none;"></td>', body)

    draft = change_blocks(draft, covered)
    return replace(draft, around=(*draft.around, undisplayed))


def tab_panes(draft: Draft, random: Random) -> Draft:
    """The tables behind tabs, all but the first not displayed until somebody clicks."""

    def behind(body: str) -> str:
        head, first, *others = re.split(r"(?=<table)", body)
        pane = r'<div class="tab-pane" style="display:none">\g<0></div>'
        return head + first + "".join(re.sub(r"(?s)<table.*</table>", pane, o) for o in others)

    return replace(draft, around=(*draft.around, behind))


def in_one_sheet(draft: Draft, random: Random) -> Draft:
    """The whole report as one table: headings and paragraphs are rows of one cell."""
    rows: list[Row] = []
    for block in draft.blocks:
        if isinstance(block, Grid):
            rows += block.rows
        elif not isinstance(block, Picture):
            rows.append(Row("", (Td(block.text, "note", colspan=SHEET),)))
    return replace(draft, blocks=(Grid("sheet", tuple(rows)),))


def denied_across(draft: Draft, random: Random, text: str = "无") -> Draft:
    """One 无 across all cells of a row that has nothing but zeros."""
    gone: list[str] = []

    def across(row: Row) -> Iterable[Row]:
        own = [td for td in row.cells if td.cell]
        if not own or any(td.text != "0" for td in own):
            return (row,)
        gone.extend(td.cell for td in own)
        one = Td(text, "figure", colspan=len(own))
        return (Row(row.id, (*[td for td in row.cells if not td.cell], one)),)

    draft = change_rows(draft, "t3", across)
    return replace(draft, truth={**draft.truth, **dict.fromkeys(gone)})


def all_in_one_cell(draft: Draft, random: Random) -> Draft:
    """The seven figures of each row in one cell, blanks between them."""

    def gathered(row: Row) -> Iterable[Row]:
        own = [td.text for td in row.cells if td.cell]
        if not own:
            return (row,)
        one = Td("  ".join(own), "figure", colspan=len(own), html="&nbsp;&nbsp;".join(own))
        return (Row(row.id, (*[td for td in row.cells if not td.cell], one)),)

    return change_rows(draft, "t3", gathered)


def kept_in(draft: Draft, random: Random, element: str) -> Draft:
    """The body in an element whose content only a script shows."""
    return replace(draft, around=(*draft.around, CARRIED[element]))


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        note_marks,
        struck_out,
        hidden_words,
        hidden_row,
        pictured,
        pictured_without_name,
        fields_with_unit,
        chosen_from_a_list,
        hidden_fields,
        covered_cells,
        tab_panes,
        in_one_sheet,
        denied_across,
        all_in_one_cell,
        kept_in,
    )
}
