"""Numbers: full-width, separated, signed in words, with units and notes, split over runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from crawlers.practice.corpus.edit import (
    TABLES,
    cells,
    change_cells,
    nothing_printed,
    print_as,
    reword,
)
from crawlers.practice.corpus.model import Draft, Step, Td
from crawlers.practice.model import PracticeError

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
MARK = "\u2424"
"""Stands for a line break inside a cell until the shape is printed."""
MONEY = ("amount_10k_cny",)
UNITS = {"项": ("item_change", "prior_year_item_count"), "个": ("project_count",), "万元": MONEY}


def _figures(draft: Draft, change: Callable[[Td], str], tables: str = TABLES) -> Draft:
    return change_cells(draft, lambda td: replace(td, text=change(td)) if td.cell else td, tables)


def full_width(draft: Draft, random: Random) -> Draft:
    """１２ for 12, everywhere."""
    return _figures(draft, lambda td: td.text.translate(FULL_WIDTH))


def separators(draft: Draft, random: Random, mark: str = ",") -> Draft:
    """1,068 for 1068."""
    draft = at_least_a_thousand(draft, random)
    return _figures(draft, lambda td: f"{Decimal(td.text):,}".replace(",", mark))


def at_least_a_thousand(draft: Draft, random: Random) -> Draft:
    """A count of 行政处罚 that has four digits or more."""
    cell = "t2.administrative_penalty.decisions_count"
    return set_figure(draft, cell, Decimal(random.randint(1001, 98_765)))


def set_figure(draft: Draft, cell: str, value: Decimal, text: str | None = None) -> Draft:
    """A figure of table 二, which no identity binds, printed as told or plainly."""
    if not cell.startswith("t2."):
        raise PracticeError(f"{cell} has to add up with others; only t2 can be set alone")
    draft = replace(draft, truth={**draft.truth, cell: value})
    return print_as(draft, {cell: str(value) if text is None else text})


def units(draft: Draft, random: Random) -> Draft:
    """22件, 3项, 4.068万元: the unit in the cell."""
    return _figures(draft, lambda td: td.text + _unit(td.cell))


def _unit(cell: str) -> str:
    return next((u for u, ends in UNITS.items() if cell.endswith(ends)), "件")


def change_in_words(draft: Draft, random: Random, less: str = "减", more: str = "增") -> Draft:
    """减4 and 增3 in 本年增/减; one of them negative for certain."""
    draft = a_fall(draft, random)

    def word(td: Td) -> str:
        if not td.cell.endswith("item_change") or td.text == "0":
            return td.text
        return f"{less}{td.text[1:]}" if td.text.startswith("-") else f"{more}{td.text}"

    return _figures(draft, word)


def a_fall(draft: Draft, random: Random, sign: str = "-") -> Draft:
    """行政处罚 with fewer items than last year, the sign as told."""
    prior, change = (
        f"t2.administrative_penalty.{c}" for c in ("prior_year_item_count", "item_change")
    )
    draft = set_figure(draft, prior, Decimal(random.randint(120, 300)))
    fall = random.randint(11, 99)
    return set_figure(draft, change, Decimal(-fall), f"{sign}{fall}")


def annotated(draft: Draft, random: Random) -> Draft:
    """22（其中修订16件）: a second number in brackets behind the first."""
    cell, stock = (
        f"t2.normative_documents.{c}"
        for c in (
            ("issued_count", "in_force_count")
            if draft.forms["t2"] == "2021"
            else ("new_made_count", "total_disclosed_count")
        )
    )
    made, all_of_them = random.randint(20, 40), random.randint(200, 400)
    if draft.forms["t2"] == "2019":
        draft = set_figure(draft, "t2.normative_documents.new_disclosed_count", Decimal(made))
    draft = set_figure(draft, cell, Decimal(made), f"{made}（其中修订{made - 6}件）")
    return set_figure(draft, stock, Decimal(all_of_them), f"{all_of_them}（含自然失效{made}件）")


def annotated_applications(draft: Draft, random: Random) -> Draft:
    """Notes behind totals of table 三."""
    total = "t3.new_received.total"
    return print_as(draft, {total: f"{draft.truth[total]}（不含咨询{random.randint(2, 9)}件）"})


def yuan(draft: Draft, random: Random) -> Draft:
    """251000元 where the form wants 万元, below a header that names no unit."""
    cell, header, plain = _money(draft)
    amount = random.randint(101, 989) * 1000
    draft = reword(draft, {header: plain}, "t2")
    return set_figure(draft, cell, Decimal(amount), f"{amount}元")


def header_in_yuan(draft: Draft, random: Random) -> Draft:
    """251000 below a header that names 元 where the form names 万元."""
    cell, header, plain = _money(draft)
    amount = random.randint(101, 989) * 1000
    draft = reword(draft, {header: f"{plain}（单位：元）"}, "t2")
    return set_figure(draft, cell, Decimal(amount))


def amount_without_unit(draft: Draft, random: Random) -> Draft:
    """8040: 元 without a word about it, in a column of 万元."""
    cell, _, _ = _money(draft)
    return set_figure(draft, cell, Decimal(random.randint(80, 99) * 100 + 40))


def decimals(draft: Draft, random: Random, text: str = "4068.208") -> Draft:
    """An amount with one to four decimals, or with zeros at its end."""
    return set_figure(draft, _money(draft)[0], Decimal(text), text)


def _money(draft: Draft) -> tuple[str, str, str]:
    if draft.forms["t2"] == "2021":
        fee = "t2.administrative_fees.fee_amount_10k_cny"
        return fee, "本年收费金额（单位：万元）", "本年收费金额"
    spent = "t2.centralized_procurement.total_amount_10k_cny"
    return spent, "采购总金额（单位：万元，保留4位小数）", "采购总金额"


def in_runs(draft: Draft, random: Random, cut: str = "</span><span>") -> Draft:
    """The digits of a number in several runs: `<span>20</span><span>23</span>`."""
    if not any(len(td.text) > 1 for td in cells(draft) if td.cell):
        raise PracticeError(f"{draft.title}: no figure has two digits")
    open_, close = ("<span>", "</span>") if "span" in cut else ("", "")

    def split(td: Td) -> Td:
        if not td.cell:
            return td
        half = (len(td.text) + 1) // 2
        inner = cut.join((td.text[:half], td.text[half:])) if len(td.text) > 1 else td.text
        return replace(td, html=f"{open_}{inner}{close}")

    return change_cells(draft, split)


def broken(draft: Draft, random: Random, cut: str = "<br>") -> Draft:
    """4068.2 on one line and 08万元 on the next; 12 and 34件."""
    amount, count = _money(draft)[0], "t2.administrative_penalty.decisions_count"
    draft = set_figure(draft, amount, Decimal("4068.208"), f"4068.2{MARK}08万元")
    draft = set_figure(draft, count, Decimal(1234), f"12{MARK}34件")
    draft = change_cells(draft, lambda td: replace(td, html=td.text.replace(MARK, cut)), "t2")
    return replace(draft, around=(*draft.around, lambda text: text.replace(MARK, "\n")))


def unit_behind_note(draft: Draft, random: Random) -> Draft:
    """41303（不含咨询8件）件."""
    count = random.randint(11, 99)
    cell = "t2.administrative_penalty.decisions_count"
    return set_figure(draft, cell, Decimal(count), f"{count}（不含撤销{count // 5}件）件")


def typed_otherwise(draft: Draft, random: Random) -> Draft:
    """'12, 12。, 零 for 0: what a spreadsheet wants, what ends a clause, what a word says."""

    def typed(td: Td) -> str:
        if td.text == "0":
            return random.choice(("零", "〇", "0；", "\u202d0\u202c", "0\u00ad"))
        return random.choice(("'{}", "‘{}", "{}。", "{}；", "{}\u00ad")).format(td.text)

    return _figures(draft, typed)


def lone_unit(draft: Draft, random: Random) -> Draft:
    """件 in the cell, and no figure."""
    return nothing_printed(draft, {"t2.administrative_penalty.decisions_count": "件"})


def entities(draft: Draft, random: Random) -> Draft:
    """Digits as numeric character references."""
    return change_cells(
        draft,
        lambda td: replace(td, html="".join(f"&#{ord(c)};" for c in td.text)) if td.cell else td,
    )


def padded(draft: Draft, random: Random, before: str = " ", after: str = "") -> Draft:
    """Blanks of some kind round every figure."""
    return change_cells(
        draft,
        lambda td: (
            replace(td, text=f"{before}{td.text}{after}", html=f"{before}{td.text}{after}")
            if td.cell
            else td
        ),
    )


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        full_width,
        separators,
        units,
        change_in_words,
        a_fall,
        annotated,
        annotated_applications,
        yuan,
        amount_without_unit,
        header_in_yuan,
        decimals,
        in_runs,
        broken,
        unit_behind_note,
        lone_unit,
        typed_otherwise,
        entities,
        padded,
        at_least_a_thousand,
    )
}
