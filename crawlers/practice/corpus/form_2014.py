"""《政府信息公开情况统计表》 of 2014 to 2018: its figures and its table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from crawlers.practice.corpus.model import Grid, Number, Row, Td

DATA = Path(__file__).parent / "data"
HEADER = ("统计指标", "单位", "统计数")


@cache
def form() -> Mapping[str, Any]:
    """Rows, and which of them add up."""
    return tomllib.loads((DATA / "form_2014.toml").read_text("utf-8"))


def figures(random: Random) -> dict[str, Decimal]:
    """A figure for every row that has an id; sums hold, parts are no larger than their whole."""
    own = {row: _drawn(column, random) for row, _, _, column in form()["rows"] if row}
    for whole, parts in form()["sums"].items():
        own[whole] = sum((own[part] for part in parts), Decimal(0))
    for part, whole in form()["larger"].items():
        own[whole] = max(own[whole], own[part] + random.randint(0, 9))
    return {f"s14.{row}.{column}": own[row] for row, _, _, column in form()["rows"] if row}


def _drawn(column: str, random: Random) -> Decimal:
    if column == "amount_10k_cny":
        return Decimal(random.randint(101, 9_999)) / 100
    small, large = random.randint(0, 9), random.randint(10, 3000)
    return Decimal(random.choice((0, small, small, large)))


def table(truth: Mapping[str, Number]) -> Grid:
    """Three columns: the indicator, its unit, its number; titles span them."""
    rows = [Row("head1", tuple(Td(text, "head") for text in HEADER))]
    for row, label, unit, column in form()["rows"]:
        if not row:
            rows.append(Row("title", (Td(label, "group", colspan=len(HEADER)),)))
            continue
        cell = f"s14.{row}.{column}"
        figure = Td(f"{truth[cell]}", "figure", cell=cell)
        rows.append(Row(row, (Td(label, "label"), Td(unit, "label"), figure)))
    return Grid("s14", tuple(rows))
