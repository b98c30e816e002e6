"""Amounts whose header names another unit of money than the form: 单位：元 where 万元 is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.text import squeeze, tight
from pipeline.findings import finding
from pipeline.forms.characters import simplified
from pipeline.forms.model import Block
from pipeline.model import Figure, Finding
from pipeline.parse.column_order import Header

TEN_THOUSAND = "万元"
OTHER_MONEY = re.compile("[(（:：亿千百币]元")
"""Behind a bracket, a colon or a multiple: 二元 is no unit."""


def units_of_headers(block: Block, header: Header, figures: Sequence[Figure]) -> Iterator[Finding]:
    """A finding for each amount under such a header; it is read as printed, nothing is converted.

    0 is 0 in every unit, and a cell with a unit of its own has its own finding.
    """
    amounts = {column.id for column in block.columns if column.unit == TEN_THOUSAND}
    if not amounts:
        return
    said = [cell.text for cell in header.cells if "元" in cell.text]
    other = next((text for text in said if _is_other(simplified(tight(text)))), None)
    if other is None:
        return
    for figure in figures:
        if figure.value and figure.id.rpartition(".")[2] in amounts and "元" not in str(figure.raw):
            printed = squeeze(other)
            yield finding(
                "header_unit_differs", figure.id, raw=figure.raw, printed=printed, unit=TEN_THOUSAND
            )


def _is_other(header: str) -> bool:
    return TEN_THOUSAND not in header and OTHER_MONEY.search(header) is not None
