"""Table 三 with its organisations in one column, or with its columns in two tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from random import Random

from crawlers.practice.corpus.edit import change_grid, change_rows
from crawlers.practice.corpus.model import Block, Draft, Grid, Prose, Row, Step, Td

PERSONS, TOTAL = "自然人", "总计"
ORGANISATIONS = "法人或其他组织"
FIRST_HALF = ("natural_person", "commercial_enterprise", "research_institution")
NAMES = {
    "natural_person": PERSONS,
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_welfare_org": "社会公益组织",
    "legal_service_org": "法律服务机构",
    "other_org": "其他",
    "total": TOTAL,
}


def organisations_in_one(draft: Draft, random: Random) -> Draft:
    """自然人, 法人或其他组织, 总计: what kinds of organisations asked is not said."""

    def narrow(row: Row) -> Iterable[Row]:
        figures = [td for td in row.cells if td.cell]
        if not figures:
            heads = (PERSONS, ORGANISATIONS, TOTAL)
            return (_head(heads),) if row.id == "head1" else ()
        persons, *others, total = figures
        count = sum(draft.truth[td.cell] or Decimal(0) for td in others)
        labels = tuple(td for td in row.cells if not td.cell)
        return (Row(row.id, (*labels, persons, Td(str(count), "ghost"), total)),)

    gone = [id_ for id_ in draft.truth if id_[:3] == "t3." and not _is_kept(id_)]
    draft = change_rows(draft, "t3", narrow)
    return replace(draft, truth={**draft.truth, **dict.fromkeys(gone)})


def _is_kept(cell: str) -> bool:
    return cell.endswith((".natural_person", ".total"))


def _head(names: Iterable[str]) -> Row:
    return Row("head1", (Td("项目", "head", colspan=3), *(Td(name, "head") for name in names)))


def table_in_halves(draft: Draft, random: Random) -> Draft:
    """Table 三 too wide for its page: three columns, and below the table again with the others."""

    def halves(grid: Grid) -> Iterable[Block]:
        yield _half(grid, FIRST_HALF)
        yield Prose("（续表）")
        yield _half(grid, [id_ for id_ in NAMES if id_ not in FIRST_HALF])

    return change_grid(draft, "t3", halves)


def _half(grid: Grid, columns: Iterable[str]) -> Grid:
    ids = tuple(columns)
    rows = (
        Row(row.id, tuple(td for td in row.cells if td.cell.rpartition(".")[2] in (*ids, "")))
        for row in grid.rows
        if not row.id.startswith("head")
    )
    return Grid(grid.id, (_head(NAMES[id_] for id_ in ids), *rows))


def zeros_merged(draft: Draft, random: Random) -> Draft:
    """One cell with a zero for neighbouring rows of each column of organisations."""
    kept: dict[str, int] = {}
    gone: set[str] = set()
    for column in list(NAMES)[1:-1]:
        cells = [id_ for id_ in draft.truth if id_[:3] == "t3." and id_.endswith(f".{column}")]
        for is_zero, run in groupby(cells, key=lambda cell: draft.truth[cell] == 0):
            first, *others = run
            if is_zero:
                kept[first] = 1 + len(others)
                gone.update(others)

    def merge(row: Row) -> Iterable[Row]:
        cells = (td for td in row.cells if td.cell not in gone)
        return (
            Row(row.id, tuple(replace(td, rowspan=kept.get(td.cell, td.rowspan)) for td in cells)),
        )

    return change_rows(draft, "t3", merge)


STEPS: dict[str, Step] = {
    f.__name__: f for f in (organisations_in_one, table_in_halves, zeros_merged)
}
