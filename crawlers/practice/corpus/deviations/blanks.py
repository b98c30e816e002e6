"""Cells that print no number: every kind of blank, slashes, dashes, 无."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from crawlers.practice.corpus.edit import TABLES, cells, change_cells, nothing_printed
from crawlers.practice.corpus.model import Draft, Step
from crawlers.practice.forms import T3_COLUMNS, load_form

OUTCOME_ROWS_KEEP_TOTALS = ("new_received", "carried_in", "processed_total", "carried_out")


def zeros_as(
    draft: Draft, random: Random, text: str = "", html: str | None = None, tables: str = TABLES
) -> Draft:
    """Every 0 of the tables prints this instead."""
    zeros = [
        td.cell
        for td in cells(draft)
        if td.cell.split(".")[0] in tables.split() and draft.truth[td.cell] == 0
    ]
    draft = nothing_printed(draft, dict.fromkeys(zeros, text))
    return _with_html(draft, frozenset(zeros), html)


def _with_html(draft: Draft, ids: frozenset[str], html: str | None) -> Draft:
    if html is None:
        return draft
    return change_cells(draft, lambda td: replace(td, html=html) if td.cell in ids else td)


def mixed_zeros(draft: Draft, random: Random) -> Draft:
    """Some zeros printed, others `/`, `-`, `—`, 无 or nothing, as different clerks type them."""
    ways = ("0", "/", "-", "—", "无", "", "／")
    texts = {
        td.cell: random.choice(ways) for td in cells(draft) if td.cell and draft.truth[td.cell] == 0
    }
    return nothing_printed(draft, {cell: text for cell, text in texts.items() if text != "0"})


def totals_of_outcomes(draft: Draft, random: Random, text: str = "") -> Draft:
    """总计 filled in where the form adds up, empty in the single outcomes."""
    rows = [
        r
        for b in load_form(draft.forms["t3"]).t3
        for r in b.rows
        if r not in OUTCOME_ROWS_KEEP_TOTALS
    ]
    return nothing_printed(draft, {f"t3.{row}.total": text for row in rows})


def organisations(draft: Draft, random: Random, text: str = "") -> Draft:
    """Nothing in the five columns of organisations; persons only, so that the sums hold."""
    own = [c for c in T3_COLUMNS if c not in {"natural_person", "total"}]
    rows = [row for block in load_form(draft.forms["t3"]).t3 for row in block.rows]
    draft = nothing_printed(draft, {f"t3.{row}.{column}": text for row in rows for column in own})
    persons = {
        f"t3.{row}.total": draft.truth[f"t3.{row}.natural_person"] or Decimal(0) for row in rows
    }
    draft = replace(draft, truth={**draft.truth, **persons})
    return change_cells(
        draft,
        lambda td: replace(td, text=str(persons[td.cell])) if td.cell in persons else td,
        "t3",
    )


STEPS: dict[str, Step] = {
    f.__name__: f for f in (zeros_as, mixed_zeros, totals_of_outcomes, organisations)
}
