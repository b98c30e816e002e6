"""How the forms lay out their tables: blocks of rows, one line, or a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.commands.checking.cells import row_cells
from pipeline.commands.checking.layout import Frame, Span
from pipeline.commands.checking.marks import Marks
from pipeline.commands.checking.markup import Markup, tag
from pipeline.forms.model import Block, Row, TableForm
from pipeline.model import Figure


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table being drawn: `depth` columns of labels, then `width` columns of figures."""

    form: TableForm
    frame: Frame
    marks: Marks
    depth: int
    width: int


def sheet_of(form: TableForm, frame: Frame, marks: Marks) -> Sheet:
    """The sheet of a form's table; `style` of its frame says how it is drawn."""
    has_groups = any(row.group for row in form.rows)
    depth = 1 + has_groups + bool(frame.rows)
    return Sheet(form, frame, marks, depth, max(len(block.columns) for block in form.blocks))


def _blocks(sheet: Sheet) -> Iterator[Markup]:
    for block in sheet.form.blocks:
        if block.article and len(sheet.form.blocks) > 1:
            across = sheet.depth + sheet.width
            yield tag("tr", tag("th", block.article, colspan=across, class_="article"))
        under = _under(sheet.frame.columns, [column.id for column in block.columns])
        yield from _tall_header(sheet, block, under) if under else _header(sheet, block)
        yield from _rows(sheet, block)


def _under(span: Span | None, ids: Sequence[str]) -> range:
    return span.within(ids) if span else range(0)


def _header(sheet: Sheet, block: Block) -> Iterator[Markup]:
    """One row of column labels; the last one takes the width that is left."""
    last = len(block.columns) - 1
    spans = [1] * last + [sheet.width - last]
    labels = (
        tag("th", column.label, colspan=_over(span))
        for column, span in zip(block.columns, spans, strict=True)
    )
    yield tag("tr", tag("th", sheet.frame.corner, colspan=_over(sheet.depth)), *labels)


def _tall_header(sheet: Sheet, block: Block, under: range) -> Iterator[Markup]:
    """Three rows: a heading over all columns, one over those `under` it, their labels."""
    frame = sheet.frame
    corner = tag("th", frame.corner, rowspan=3, colspan=_over(sheet.depth), class_="corner")
    yield tag("tr", corner, tag("th", frame.heading, colspan=_over(sheet.width)))
    second = []
    for n, column in enumerate(block.columns):
        if n == under.start and frame.columns:
            second.append(tag("th", frame.columns.label, colspan=_over(len(under))))
        elif n not in under:
            second.append(tag("th", column.label, rowspan=2))
    yield tag("tr", *second)
    yield tag("tr", *(tag("th", block.columns[n].label) for n in under))


def _rows(sheet: Sheet, block: Block) -> Iterator[Markup]:
    under = _under(sheet.frame.rows, [row.id for row in block.rows])
    for n, row in enumerate(block.rows):
        heads: list[Markup] = []
        if under and n == under.start and sheet.frame.rows:
            heads.append(tag("th", sheet.frame.rows.label, rowspan=len(under)))
        sisters = _sisters(block.rows, n)
        if sisters:
            heads.append(tag("th", row.group or "", rowspan=sisters))
        label = _label(sheet, row, sheet.depth - (n in under) - bool(row.group))
        yield tag(
            "tr", *heads, label, row_cells(_figures(sheet, block, row), sheet.marks, sheet.width)
        )


def _sisters(rows: Sequence[Row], n: int) -> int:
    """How many rows the group cell that begins at row `n` spans; 0 where none begins."""
    group = rows[n].group
    if not group or (n and rows[n - 1].group == group):
        return 0
    return sum(1 for _ in takewhile(lambda row: row.group == group, rows[n:]))


def _over(span: int) -> int | None:
    return span if span > 1 else None


def _label(sheet: Sheet, row: Row, span: int) -> Markup:
    where = f"{sheet.form.id}.{row.id}"
    doubt = sheet.marks.severity(where)
    return tag(
        "th",
        row.label,
        sheet.marks.links(where),
        id=sheet.marks.anchor(where),
        class_=f"row {doubt}".strip(),
        colspan=_over(span),
    )


def _figures(sheet: Sheet, block: Block, row: Row) -> list[Figure]:
    where = f"{sheet.form.id}.{row.id}"
    return [sheet.marks.spots.figures[f"{where}.{column.id}"] for column in block.columns]


def _one_line(sheet: Sheet) -> Iterator[Markup]:
    """All rows side by side under heads of three storeys: group, row, column."""
    block = sheet.form.blocks[0]
    storeys: tuple[list[Markup], list[Markup], list[Markup]] = ([], [], [])
    for n, row in enumerate(block.rows):
        high = 1 if row.group else 0
        sisters = _sisters(block.rows, n)
        if sisters:
            storeys[0].append(tag("th", row.group or "", colspan=sheet.width * sisters))
        storeys[high].append(_label(sheet, row, sheet.width))
        down = None if row.group else 2
        storeys[high + 1].extend(tag("th", c.label, rowspan=down) for c in block.columns)
    yield from (tag("tr", *heads) for heads in storeys)
    cells = (row_cells(_figures(sheet, block, r), sheet.marks, sheet.width) for r in block.rows)
    yield tag("tr", *cells)


def _list(sheet: Sheet) -> Iterator[Markup]:
    """One figure a row with its unit, under a line for each group."""
    label = sheet.form.blocks[0].columns[0].label
    frame, group = sheet.frame, None
    yield tag("tr", tag("th", frame.corner), tag("th", frame.heading), tag("th", label))
    for block in sheet.form.blocks:
        for row in block.rows:
            if row.group and row.group != group:
                yield tag("tr", tag("th", row.group, colspan=3, class_="article"))
            group = row.group
            cells = row_cells(_figures(sheet, block, row), sheet.marks, 1)
            yield tag("tr", _label(sheet, row, 1), tag("th", block.columns[0].unit), cells)


STYLES: Mapping[str, Callable[[Sheet], Iterator[Markup]]] = {
    "blocks": _blocks,
    "line": _one_line,
    "list": _list,
}
