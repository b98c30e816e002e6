"""The statutory tables as practice pages print them: labels in order, and the cells they make."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

T3_COLUMNS: Mapping[str, str] = {
    "natural_person": "自然人",
    "commercial_enterprise": "商业\n企业",
    "research_institution": "科研\n机构",
    "public_welfare_org": "社会公益组织",
    "legal_service_org": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
T4_BLOCKS: Mapping[str, str] = {
    "reconsideration": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}
T4_OUTCOMES: Mapping[str, str] = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other_result": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that stand together: in table 二 below one article, in table 三 in one group."""

    article: str
    outer: str
    group: str
    columns: Mapping[str, str]
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """One version of the statutory form."""

    code: str
    t2: tuple[Block, ...]
    t3: tuple[Block, ...]


@cache
def load_form(code: str) -> Form:
    """The form by its year, from `data/forms/`."""
    with (DATA / "forms" / f"{code}.toml").open("rb") as file:
        data = tomllib.load(file)
    return Form(code, _blocks(data["t2"]), _blocks(data["t3"]))


def _blocks(rows: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(
        Block(
            article=row.get("article", ""),
            outer=row.get("outer", ""),
            group=row.get("group", ""),
            columns=row.get("columns", {}),
            rows=row["rows"],
        )
        for row in rows
    )


def cells(forms: Mapping[str, str]) -> Iterator[str]:
    """Ids of all cells of the printed tables, in page order."""
    if "t2" in forms:
        for block in load_form(forms["t2"]).t2:
            yield from (f"t2.{row}.{column}" for row in block.rows for column in block.columns)
    if "t3" in forms:
        for block in load_form(forms["t3"]).t3:
            yield from (f"t3.{row}.{column}" for row in block.rows for column in T3_COLUMNS)
    if "t4" in forms:
        yield from (f"t4.{block}.{outcome}" for block in T4_BLOCKS for outcome in T4_OUTCOMES)
