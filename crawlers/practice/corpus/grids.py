"""The statutory tables as grids whose figure cells know their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crawlers.practice.corpus import form_2014
from crawlers.practice.corpus.model import Grid, Number, Row, Td
from crawlers.practice.forms import T3_COLUMNS, T4_BLOCKS, T4_OUTCOMES, load_form
from crawlers.practice.tables import NOTE, label_span

WIDTH_OF_T2 = 4


def grids(forms: Mapping[str, str], truth: Mapping[str, Number]) -> dict[str, Grid]:
    """The tables of the forms, as 国办 draws them."""
    built: dict[str, Grid] = {}
    if "t2" in forms:
        built["t2"] = Grid("t2", tuple(_two(forms["t2"], truth)))
    if "t3" in forms:
        built["t3"] = Grid("t3", (*_head_of_three(), *_three(forms["t3"], truth)))
    if "t4" in forms:
        built["t4"] = Grid("t4", (*_head_of_four(), _four(truth)))
    if "s14" in forms:
        built["s14"] = form_2014.table(truth)
    return built


def figure(cell: str, truth: Mapping[str, Number], colspan: int = 1) -> Td:
    """A cell that prints its figure plainly."""
    return Td(f"{truth[cell]}", "figure", colspan=colspan, cell=cell)


def _two(form: str, truth: Mapping[str, Number]) -> Iterator[Row]:
    for number, block in enumerate(load_form(form).t2, start=1):
        names = tuple(Td(text, "head") for text in block.columns.values())
        yield Row(f"article{number}", (Td(block.article, "head", colspan=WIDTH_OF_T2),))
        yield Row(f"head{number}", _stretched((Td("信息内容", "head"), *names)))
        for row, label in block.rows.items():
            own = (figure(f"t2.{row}.{column}", truth) for column in block.columns)
            yield Row(row, _stretched((Td(label, "label"), *own)))


def _stretched(cells: tuple[Td, ...]) -> tuple[Td, ...]:
    """Cells that fill the table's width: the last one takes what the others leave."""
    last = cells[-1]
    wide = WIDTH_OF_T2 - len(cells) + 1
    return (*cells[:-1], Td(last.text, last.role, colspan=wide, cell=last.cell))


def _head_of_three() -> tuple[Row, ...]:
    person, *organisations, total = (name.replace("\n", "") for name in T3_COLUMNS.values())
    return (
        Row("head1", (Td(NOTE, "note", 3, 3), Td("申请人情况", "head", colspan=7))),
        Row(
            "head2",
            (
                Td(person, "head", rowspan=2),
                Td("法人或其他组织", "head", colspan=len(organisations)),
                Td(total, "head", rowspan=2),
            ),
        ),
        Row("head3", tuple(Td(name, "head") for name in organisations)),
    )


def _three(form: str, truth: Mapping[str, Number]) -> Iterator[Row]:
    blocks = load_form(form).t3
    inside = sum(len(block.rows) for block in blocks if block.outer)
    opened = False
    for block in blocks:
        for place, (row, label) in enumerate(block.rows.items()):
            lead: list[Td] = []
            if block.outer and not opened:
                lead.append(Td(block.outer, "group", rowspan=inside))
                opened = True
            if block.group and place == 0:
                lead.append(Td(block.group, "group", rowspan=len(block.rows)))
            lead.append(Td(label, "label", colspan=label_span(block)))
            yield Row(row, (*lead, *(figure(f"t3.{row}.{c}", truth) for c in T3_COLUMNS)))


def _head_of_four() -> tuple[Row, ...]:
    outcomes = tuple(T4_OUTCOMES.values())
    review, direct, after = T4_BLOCKS.values()
    ways = (Td(direct, "head", colspan=5), Td(after, "head", colspan=5))
    return (
        Row("head1", (Td(review, "head", colspan=5), Td("行政诉讼", "head", colspan=10))),
        Row("head2", (*(Td(name, "head", rowspan=2) for name in outcomes), *ways)),
        Row("head3", tuple(Td(name, "head") for name in outcomes * 2)),
    )


def _four(truth: Mapping[str, Number]) -> Row:
    return Row(
        "figures", tuple(figure(f"t4.{b}.{o}", truth) for b in T4_BLOCKS for o in T4_OUTCOMES)
    )
