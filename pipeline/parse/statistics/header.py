"""The head of the list: which columns hold labels, units and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.text import core, squeeze
from pipeline.model import Cell, Table
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.statistics.rows import UNITS, list_rows

LABELS = re.compile(r".{0,2}(?:统计|指标)?(?:指标(?:名称)?|项目|内容)")
UNIT = re.compile(r"(?:计量)?单位")
ASIDE = re.compile(r"序号|编号|代码|行次|备注|说明")
"""Columns beside the matter, whatever stands in them."""

WHOLE = re.compile(r"合计|总计|总数|小计")
"""A column that sums up the others on the page."""

OWN = re.compile(r"(?:本?年度?|全年|\d{4}年度?)?(?:统计)?(?:数|数量|数据|数值|情况|结果)")
"""The form's own column 统计数."""

THIS_YEAR = re.compile(r"(?:本年度?|今年|当年)(?:累计|实际)?")
OTHER_TIME = re.compile("上年|去年|上一年|往年|同期|历年|累计|增减|同比|增长|变化")
A_YEAR = re.compile(r"(20\d\d)(?:年度?)?(?:统计)?(?:数|数量|数据)?")
"""Years side by side: the newest is the one reported on."""


@dataclass(frozen=True, slots=True)
class Header:
    """Columns of the grid, counted from 1; one label column for each indicator side by side."""

    labels: tuple[int, ...]
    units: frozenset[int]
    aside: frozenset[int]
    values: tuple[tuple[int, str], ...]

    def stream(self, column: int) -> int:
        """Which of the indicators side by side a column belongs to."""
        return sum(start <= column for start in self.labels) - 1

    def figures(self, stream: int) -> tuple[tuple[int, str], ...]:
        """Column and name of each figure of one indicator."""
        return tuple(each for each in self.values if self.stream(each[0]) == stream)

    def own(self, stream: int) -> tuple[int, str] | None:
        """The column that holds the form's 统计数; None where only local columns are printed."""
        figures = self.figures(stream)
        for pattern in (WHOLE, OWN, THIS_YEAR):
            named = [each for each in figures if _matches(pattern, each[1])]
            if len(named) == 1:
                return named[0]
        return figures[0] if len(figures) == 1 else _newest(figures)


def _matches(pattern: re.Pattern[str], name: str) -> bool:
    return (pattern.search if pattern is WHOLE else pattern.fullmatch)(core(name)) is not None


def _newest(figures: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The column of the latest year, where all others are of another time as well."""
    years = [(match[1], each) for each in figures if (match := A_YEAR.fullmatch(core(each[1])))]
    others = len(figures) - len(years)
    if not years or others != sum(OTHER_TIME.search(name) is not None for _, name in figures):
        return None
    latest = max(year for year, _ in years)
    newest = [each for year, each in years if year == latest]
    return newest[0] if len(newest) == 1 else None


def header_of(tables: Sequence[Table]) -> Header | None:
    """The head of the first table that prints one; None where it is lost."""
    for table in tables:
        for number, row in enumerate(table.rows):
            if sum(UNIT.fullmatch(core(c.text)) is not None for c in row) and _label_columns(row):
                below = table.rows[number + 1] if number + 1 < len(table.rows) else ()
                return _header(row, below)
            if any(list_rows().places(cell.text) for cell in row):
                break
    for table in tables:
        for row in table.rows:
            if _label_columns(row) and any(OWN.fullmatch(core(cell.text)) for cell in row):
                return _header(row, ())
    return None


def _label_columns(row: Sequence[Cell]) -> tuple[int, ...]:
    return tuple(cell.column for cell in row if LABELS.fullmatch(core(cell.text)))


def _header(row: Sequence[Cell], below: Sequence[Cell]) -> Header:
    labels = _label_columns(row)
    units = {cell.column for cell in row if UNIT.fullmatch(core(cell.text))}
    aside = {cell.column for cell in row if ASIDE.fullmatch(core(cell.text))}
    taken = {*labels, *units, *aside}
    values = {
        cell.column: squeeze(cell.text)
        for cell in row
        if cell.text and cell.column not in taken and cell.column > labels[0]
    }
    if values and _is_second_storey(below, min(values)):
        values |= {cell.column: squeeze(cell.text) for cell in below if cell.text}
    return Header(labels, frozenset(units), frozenset(aside), tuple(sorted(values.items())))


def _is_second_storey(row: Sequence[Cell], first: int) -> bool:
    """Whether a row names the columns under 统计数 and holds nothing else."""
    filled = [cell for cell in row if cell.text]
    return bool(filled) and all(
        cell.column >= first and not looks_like_figure(cell.text) and cell.text not in UNITS
        for cell in filled
    )
