"""The three statutory tables as grids, cell by cell as the form draws them."""

from __future__ import annotations

from collections.abc import Iterator

from crawlers.practice.forms import T3_COLUMNS, T4_BLOCKS, T4_OUTCOMES, Block, load_form
from crawlers.practice.model import PracticeReport
from crawlers.practice.page import Grid, Role, Row, Td
from crawlers.practice.truth import figure

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
FIGURE_COLUMNS_OF_T2 = 3
LABEL_COLUMNS_OF_T3 = 3


def printed(report: PracticeReport, cell: str) -> str:
    """The text of a cell."""
    return report.printed[cell] if cell in report.printed else str(figure(report, cell))


def table_two(report: PracticeReport) -> Grid:
    """二: for each article a title row, a header row and its rows, four columns wide."""
    rows: list[Row] = []
    for number, block in enumerate(load_form(report.forms["t2"]).t2, start=1):
        head = (Td("信息内容", "head"), *_widened(tuple(block.columns.values()), "head"))
        rows.append(Row(f"article{number}", (Td(block.article, "head", colspan=4),)))
        rows.append(Row(f"head{number}", head))
        for row, label in block.rows.items():
            texts = tuple(printed(report, f"t2.{row}.{column}") for column in block.columns)
            rows.append(Row(row, (Td(label, "label"), *_widened(texts, "figure"))))
    return Grid("t2", tuple(rows))


def _widened(texts: tuple[str, ...], role: Role) -> tuple[Td, ...]:
    """Cells that fill the three figure columns: the last one takes what the others leave."""
    last = FIGURE_COLUMNS_OF_T2 - len(texts) + 1
    return (*(Td(t, role) for t in texts[:-1]), Td(texts[-1], role, colspan=last))


def table_three(report: PracticeReport) -> Grid:
    """三: three label columns, seven figures, the groups spanning their rows."""
    blocks = load_form(report.forms["t3"]).t3
    inside = sum(len(block.rows) for block in blocks if block.outer)
    rows, outer_open = list(_head_of_three()), False
    for block in blocks:
        for place, (row, label) in enumerate(block.rows.items()):
            lead: list[Td] = []
            if block.outer and not outer_open:
                lead.append(Td(block.outer, "group", rowspan=inside))
                outer_open = True
            if block.group and place == 0:
                lead.append(Td(block.group, "group", rowspan=len(block.rows)))
            lead.append(Td(label, "label", colspan=label_span(block)))
            texts = (printed(report, f"t3.{row}.{column}") for column in T3_COLUMNS)
            rows.append(Row(row, (*lead, *(Td(text, "figure") for text in texts))))
    return Grid("t3", tuple(rows))


def label_span(block: Block) -> int:
    """How many of the label columns a row's label takes: its groups leave it the others."""
    return LABEL_COLUMNS_OF_T3 - bool(block.outer) - bool(block.group)


def _head_of_three() -> Iterator[Row]:
    *organisations, total = list(T3_COLUMNS.values())[1:]
    yield Row("head1", (Td(NOTE, "note", 3, 3), Td("申请人情况", "head", colspan=7)))
    person = Td(T3_COLUMNS["natural_person"], "head", rowspan=2)
    legal = Td("法人或其他组织", "head", colspan=len(organisations))
    yield Row("head2", (person, legal, Td(total, "head", rowspan=2)))
    yield Row("head3", tuple(Td(name, "head") for name in organisations))


def table_four(report: PracticeReport) -> Grid:
    """四: one row of fifteen figures under a header of three rows."""
    outcomes = tuple(T4_OUTCOMES.values())
    _, direct, after = T4_BLOCKS.values()
    courts = Td("行政诉讼", "head", colspan=2 * len(outcomes))
    own = tuple(Td(name, "head", rowspan=2) for name in outcomes)
    twice = tuple(Td(name, "head") for name in outcomes * 2)
    ways = (Td(direct, "head", colspan=5), Td(after, "head", colspan=5))
    texts = (printed(report, f"t4.{b}.{o}") for b in T4_BLOCKS for o in T4_OUTCOMES)
    return Grid(
        "t4",
        (
            Row("head1", (Td(T4_BLOCKS["reconsideration"], "head", colspan=5), courts)),
            Row("head2", (*own, *ways)),
            Row("head3", twice),
            Row("figures", tuple(Td(text, "figure") for text in texts)),
        ),
    )
