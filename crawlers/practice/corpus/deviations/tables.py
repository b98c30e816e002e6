"""Tables split, joined, flattened, missing, drawn as pictures, or standing beside others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from random import Random

from crawlers.practice.corpus.edit import change_blocks, change_grid
from crawlers.practice.corpus.grids import grids
from crawlers.practice.corpus.model import Block, Draft, Grid, Picture, Prose, Row, Step, Td
from crawlers.practice.forms import T3_COLUMNS, load_form


def redrawn(draft: Draft, without: str) -> Draft:
    """Table 三 with no figures in one row, all sums made anew; to be used before other steps."""
    truth = dict(draft.truth)
    for column in T3_COLUMNS:
        lost = truth[f"t3.{without}.{column}"] or Decimal(0)
        truth[f"t3.{without}.{column}"] = Decimal(0)
        for sum_row in ("processed_total", "new_received"):
            cell = f"t3.{sum_row}.{column}"
            truth[cell] = (truth[cell] or Decimal(0)) - lost
        fewer = truth[f"t3.new_received.{column}"] or Decimal(0)
        if fewer < 0:
            truth[f"t3.new_received.{column}"] = Decimal(0)
            truth[f"t3.carried_in.{column}"] = (
                truth[f"t3.carried_in.{column}"] or Decimal(0)
            ) + fewer
    for row in ("new_received", "carried_in"):
        truth[f"t3.{row}.total"] = sum(
            (truth[f"t3.{row}.{c}"] or Decimal(0) for c in list(T3_COLUMNS)[:-1]), Decimal(0)
        )
    own = grids(draft.forms, truth)
    return change_grid(replace(draft, truth=truth), "t3", lambda _: (own["t3"],))


def split(
    draft: Draft, random: Random, *, table: str, after: str, head: bool = False, between: str = ""
) -> Draft:
    """A table cut in two behind a row; the second part with or without the header again."""

    def cut(grid: Grid) -> Iterable[Block]:
        place = [row.id for row in grid.rows].index(after) + 1
        upper = tuple(_clipped(row, place - n) for n, row in enumerate(grid.rows[:place]))
        lower = _continued(grid, place)
        heads = tuple(row for row in grid.rows if row.id.startswith("head")) if head else ()
        yield Grid(grid.id, upper)
        if between:
            yield Prose(between)
        yield Grid(grid.id, (*heads, *lower))

    return change_grid(draft, table, cut)


def _clipped(row: Row, height: int) -> Row:
    return Row(row.id, tuple(replace(td, rowspan=min(td.rowspan, height)) for td in row.cells))


def _continued(grid: Grid, place: int) -> tuple[Row, ...]:
    """The rows behind the cut; spans that reach over it go on as empty cells, as Word has it."""
    reaching = [
        replace(td, text="", rowspan=td.rowspan - (place - n))
        for n, row in enumerate(grid.rows[:place])
        for td in row.cells
        if td.rowspan > place - n
    ]
    first, *rest = grid.rows[place:]
    return (Row(first.id, (*reaching, *first.cells)), *rest)


def in_one_table(draft: Draft, random: Random) -> Draft:
    """The three tables as one, with a title row above each."""
    titles = {
        "t2": "主动公开政府信息情况",
        "t3": "收到和处理政府信息公开申请情况",
        "t4": "行政复议、行政诉讼情况",
    }
    rows: list[Row] = []
    for block in draft.blocks:
        if isinstance(block, Grid):
            rows += [Row("title", (Td(titles[block.id], "head", colspan=15),)), *block.rows]
    last = Grid("all", tuple(rows))
    return change_blocks(
        draft, lambda b: (b,) if not isinstance(b, Grid) else (last,) if b.id == "t4" else ()
    )


def t4_on_a_line(draft: Draft, random: Random, gap: str = " ") -> Draft:
    """Table 四 as running text: header words, then fifteen numbers on one line."""

    def flatten(grid: Grid) -> Iterable[Block]:
        for row in grid.rows:
            yield Prose(gap.join(td.text for td in row.cells if td.text))

    return change_grid(draft, "t4", flatten)


def t4_bare(draft: Draft, random: Random) -> Draft:
    """Table 四 without its header: the two words of its first row, then fifteen numbers."""

    def strip(grid: Grid) -> Iterable[Block]:
        yield Prose("".join(td.text for td in grid.rows[0].cells))
        yield Grid("t4", grid.rows[-1:])

    return change_grid(draft, "t4", strip)


def t4_in_two(draft: Draft, random: Random) -> Draft:
    """行政复议 and 行政诉讼 each in a table of its own."""

    def halve(grid: Grid) -> Iterable[Block]:
        head1, head2, head3, figures = (row.cells for row in grid.rows)
        own = tuple(replace(td, rowspan=1) for td in head2[:5])
        yield Grid("t4", (Row("head1", head1[:1]), Row("head2", own), Row("figures", figures[:5])))
        courts = (Row("head1", head1[1:]), Row("head2", head2[5:]), Row("head3", head3))
        yield Grid("t4", (*courts, Row("figures", figures[5:])))

    return change_grid(draft, "t4", halve)


def decoy(draft: Draft, random: Random) -> Draft:
    """A table of the office's own between the prose: words and figures like the form's."""
    names = ("信息内容", "网站", "公众号", "总计")
    rows = [Row("head", tuple(Td(name, "head") for name in names))]
    for label in ("规范性文件", "行政许可", "行政处罚", "其他"):
        first, second = random.randint(1, 300), random.randint(1, 300)
        texts = (label, str(first), str(second), str(first + second))
        rows.append(Row(label, tuple(Td(text, "ghost") for text in texts)))
    table = Grid("decoy", tuple(rows))
    return replace(draft, blocks=(*draft.blocks[:4], table, *draft.blocks[4:]))


def metadata_table(draft: Draft, random: Random) -> Draft:
    """The body begins with a table of 索引号, 发布机构, dates."""
    index = f"11990700MB{random.randint(10**6, 10**7)}X/{draft.year + 1}-00031"
    texts = (
        (
            "索引号",
            index,
            "主题分类",
            "政府信息公开年报",
        ),
        ("发布机构", draft.agency, "发文日期", draft.published),
        ("文号", "无", "有效性", "有效"),
        ("名称", draft.title, "总计", "1"),
    )
    table = Grid("meta", tuple(Row("meta", tuple(Td(t, "ghost") for t in line)) for line in texts))
    return replace(draft, blocks=(table, *draft.blocks))


def missing(draft: Draft, random: Random, table: str, words: str = "") -> Draft:
    """A table left out, with or without a sentence in its place."""
    draft = change_grid(draft, table, lambda _: (Prose(words),) if words else ())
    return _without(draft, {table})


def _shown(pictures: tuple[Picture, ...], grid: Grid) -> tuple[Picture, ...]:
    return pictures


def as_pictures(draft: Draft, random: Random, tables: str = "t2 t3 t4") -> Draft:
    """Tables as scanned pictures."""
    for table in tables.split():
        source = f"./W0{draft.published.replace('-', '')}{random.randint(10**9, 10**10)}.png"
        pictures = (Picture(source, f"表{table[1]}-1(1)"),)
        draft = change_grid(draft, table, partial(_shown, pictures))
    return _without(draft, set(tables.split()))


def _without(draft: Draft, tables: set[str]) -> Draft:
    forms = {table: form for table, form in draft.forms.items() if table not in tables}
    return replace(draft, forms=forms)


def rows_of(form: str) -> list[str]:
    """Codes of the rows of table 三, in the form's order."""
    return [row for block in load_form(form).t3 for row in block.rows]


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        split,
        in_one_table,
        t4_on_a_line,
        t4_bare,
        t4_in_two,
        decoy,
        metadata_table,
        missing,
        as_pictures,
    )
}
