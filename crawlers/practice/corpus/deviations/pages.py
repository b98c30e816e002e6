"""What surrounds the tables: layout tables, other agencies, copies, hidden parts, careless tags."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from crawlers.practice.corpus.edit import styled
from crawlers.practice.corpus.figures import figures
from crawlers.practice.corpus.grids import grids
from crawlers.practice.corpus.model import Block, Draft, Grid, Heading, Prose, Step
from crawlers.practice.corpus.shapes.tables import grid_html

NAVIGATION = "".join(
    f'<p><a href="/zwgk/{n}/">{name}</a></p>'
    for n, name in enumerate(("机构职能", "政策文件", "财政预决算", "依申请公开", "年度报告"))
)


def around(draft: Draft, before: str, after: str) -> Draft:
    """The body between two pieces of HTML."""
    return replace(draft, around=(*draft.around, lambda body: f"{before}{body}{after}"))


def in_layout_table(draft: Draft, random: Random, columns: int = 1) -> Draft:
    """The whole body inside the cell of a table that only lays out the page."""
    left = f'<td width="180" valign="top">{NAVIGATION}</td>' if columns > 1 else ""
    return around(
        draft,
        f'<table width="1000"><tbody><tr>{left}<td valign="top">',
        "</td></tr></tbody></table>",
    )


def tables_in_frames(draft: Draft, random: Random) -> Draft:
    """Every table inside the only cell of another one."""
    frame = r'<table width="100%"><tr><td align="center">\g<0></td></tr></table>'
    return replace(
        draft, around=(*draft.around, lambda body: re.sub(r"(?s)<table.*?</table>", frame, body))
    )


def table_in_a_row(draft: Draft, random: Random) -> Draft:
    """Each block of the body in a row of an outer table, the statutory tables nested in it."""

    def wrap(body: str) -> str:
        parts = re.split(r"(?s)(<table.*?</table>)", body)
        rows = "".join(f"<tr><td>{part}</td></tr>" for part in parts)
        return f'<table class="layout">{rows}</table>'

    return replace(draft, around=(*draft.around, wrap))


def tags_left_open(draft: Draft, random: Random) -> Draft:
    """`</td>`, `</tr>` and `</p>` missing, as HTML allows."""
    return replace(
        draft, around=(*draft.around, lambda body: re.sub(r"</(?:td|tr|p|li)>", "", body))
    )


def upper_case_tags(draft: Draft, random: Random) -> Draft:
    """`<TABLE><TR><TD>`."""
    return replace(
        draft,
        around=(
            *draft.around,
            lambda body: re.sub(r"</?[a-z][a-z0-9:]*", lambda tag: tag[0].upper(), body),
        ),
    )


def hidden_table(draft: Draft, random: Random) -> Draft:
    """An old table 三 with other figures that no browser shows, before the visible one."""
    other = _other_table_three(draft, random)
    return around(draft, f'<div id="mobile-article" style="display:none">{other}</div>', "")


def commented_table(draft: Draft, random: Random) -> Draft:
    """Last year's table inside an HTML comment."""
    return around(draft, f"<!--{_other_table_three(draft, random)}-->", "")


def _other_table_three(draft: Draft, random: Random) -> str:
    own = grids(draft.forms, figures(draft.forms, random, "small"))["t3"]
    return grid_html(own, "plain")


def body_twice(draft: Draft, random: Random) -> Draft:
    """The whole body again, for print or mobile."""
    return styled(draft, copies="2")


def other_agency_below(draft: Draft, random: Random, name: str = "青禾市信访局") -> Draft:
    """A second agency's whole report on the page; the page is filed under the first."""
    other = _other_report(draft, random, f"{name}{draft.year}年政府信息公开工作年度报告")
    return replace(draft, blocks=(*draft.blocks, *other))


def last_year_above(draft: Draft, random: Random) -> Draft:
    """The agency's report of the year before on the same page, above the one it is named after."""
    other = _other_report(draft, random, draft.title.replace(str(draft.year), str(draft.year - 1)))
    return replace(draft, blocks=(*other, Prose(draft.title), *draft.blocks))


def _other_report(draft: Draft, random: Random, title: str) -> list[Block]:
    """A report with other figures and hardly a word, under this title."""
    forms = draft.forms
    own = grids(forms, figures(forms, random, "small"))
    other: list[Block] = [Prose(title)]
    for block in draft.blocks:
        if isinstance(block, Grid):
            other.append(own[block.id])
        elif isinstance(block, Heading) or not other[-1:] or isinstance(other[-1], Heading):
            other.append(block if isinstance(block, Heading) else Prose("情况同前，不再重复。"))
    return other


def other_agencies_table(draft: Draft, random: Random, name: str = "所属事业单位") -> Draft:
    """A second table 三, of the offices below the agency, behind the agency's own."""
    other = grids(draft.forms, figures(draft.forms, random, "small"))["t3"]
    blocks: list[Block] = []
    for block in draft.blocks:
        blocks.append(block)
        if isinstance(block, Grid) and block.id == "t3":
            blocks += [Prose(f"附：{name}收到和处理申请情况"), other]
    return replace(draft, blocks=tuple(blocks))


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        in_layout_table,
        tables_in_frames,
        table_in_a_row,
        tags_left_open,
        upper_case_tags,
        hidden_table,
        commented_table,
        body_twice,
        other_agency_below,
        last_year_above,
        other_agencies_table,
    )
}
