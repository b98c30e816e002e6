"""Rows and columns too many or too few: ghosts, remarks, serial numbers, missing totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from crawlers.practice.corpus.deviations.tables import redrawn
from crawlers.practice.corpus.edit import change_grid, change_rows
from crawlers.practice.corpus.model import Draft, Grid, Row, Step, Td
from crawlers.practice.corpus.shapes.layout import rectangle

GHOST = Td("", "ghost")


def _width(grid: Grid) -> int:
    return len(rectangle(grid)[0])


def trailing_column(draft: Draft, random: Random, table: str = "t3", cells: int = 1) -> Draft:
    """Empty cells behind every row."""
    return change_rows(draft, table, lambda r: (Row(r.id, (*r.cells, *[GHOST] * cells)),))


def leading_column(draft: Draft, random: Random, table: str = "t3") -> Draft:
    """An empty cell before every row."""
    return change_rows(draft, table, lambda r: (Row(r.id, (GHOST, *r.cells)),))


def serial_numbers(draft: Draft, random: Random, table: str = "t3") -> Draft:
    """A first column 序号 that counts the rows: figures that are none."""

    def number(grid: Grid) -> Iterable[Grid]:
        head = sum(row.id.startswith("head") for row in grid.rows)
        rows = [
            Row(r.id, (Td("序号" if n == 0 else "", "head"), *r.cells))
            for n, r in enumerate(grid.rows[:head])
        ]
        rows += [
            Row(r.id, (Td(str(n), "ghost"), *r.cells)) for n, r in enumerate(grid.rows[head:], 1)
        ]
        return (Grid(grid.id, tuple(rows)),)

    return change_grid(draft, table, number)


def numbered_labels(draft: Draft, random: Random, table: str = "t3") -> Draft:
    """The number of the line before each label, in its cell."""

    def number(grid: Grid) -> Iterable[Grid]:
        labels = [td for row in grid.rows for td in row.cells if td.role == "label"]
        numbers = {id(td): n for n, td in enumerate(labels, 1)}
        return (
            Grid(
                grid.id,
                tuple(
                    Row(
                        row.id,
                        tuple(
                            replace(td, text=f"{numbers[id(td)]} {td.text}")
                            if id(td) in numbers
                            else td
                            for td in row.cells
                        ),
                    )
                    for row in grid.rows
                ),
            ),
        )

    return change_grid(draft, table, number)


def ghosts(draft: Draft, random: Random, table: str = "t3") -> Draft:
    """Empty cells before the label, behind it or at the end, otherwise in every row."""

    def haunt(row: Row) -> Iterable[Row]:
        end = max((n for n, td in enumerate(row.cells, 1) if not td.cell), default=0)
        before, behind, last = (random.choice((0, 0, 1, 2)) for _ in range(3))
        lead, figures = row.cells[:end], row.cells[end:]
        if not figures:
            return (row,)
        own = (*[GHOST] * before, *lead, *[GHOST] * behind, *figures, *[GHOST] * last)
        return (Row(row.id, own),)

    return change_rows(draft, table, haunt)


def surplus_zero(draft: Draft, random: Random, row: str = "processed_total") -> Draft:
    """Eight numbers where seven belong: a 0 before the total."""

    def crowd(own: Row) -> Iterable[Row]:
        if own.id != row:
            return (own,)
        return (Row(own.id, (*own.cells[:-1], Td("0", "figure"), own.cells[-1])),)

    return change_rows(draft, "t3", crowd)


def extra_rows(
    draft: Draft, random: Random, table: str, texts: Sequence[str], where: str = "end"
) -> Draft:
    """Rows that no form has: 单位：件 on top, a remark at the end, empty rows."""

    def add(grid: Grid) -> Iterable[Grid]:
        width = _width(grid)
        own = tuple(
            Row("extra", (Td(text, "note", colspan=width),) if text else (GHOST,) * width)
            for text in texts
        )
        return (Grid(grid.id, (*grid.rows, *own) if where == "end" else (*own, *grid.rows)),)

    return change_grid(draft, table, add)


def empty_rows_between(draft: Draft, random: Random, table: str = "t2") -> Draft:
    """An empty row behind every other row."""

    def add(grid: Grid) -> Iterable[Grid]:
        empty = Row("empty", (GHOST,) * _width(grid))
        return (
            Grid(
                grid.id,
                tuple(
                    r
                    for n, row in enumerate(grid.rows)
                    for r in ((row, empty) if n % 2 else (row,))
                ),
            ),
        )

    return change_grid(draft, table, add)


def local_row(draft: Draft, random: Random, label: str = "其他主动公开文件") -> Draft:
    """A row of the place's own below 规范性文件, with figures."""

    def add(row: Row) -> Iterable[Row]:
        if row.id != "normative_documents":
            return (row,)
        figures = (Td(str(random.randint(11, 99)), "figure") for _ in range(3))
        return row, Row("local", (Td(label, "label"), *figures))

    return replace(change_rows(draft, "t2", add), partial=True)


def repeated_row(draft: Draft, random: Random, row: str = "denied_enforcement_file") -> Draft:
    """A row printed twice with the same figures, as at the foot and the head of a page."""

    def twice(own: Row) -> Iterable[Row]:
        again = Row(own.id, tuple(replace(td, cell="") for td in own.cells))
        return (own, again) if own.id == row else (own,)

    return change_rows(draft, "t3", twice)


def swapped_rows(draft: Draft, random: Random, first: str, second: str) -> Draft:
    """Two rows of a group in the other order, labels and figures together."""

    def swap(grid: Grid) -> Iterable[Grid]:
        rows = {row.id: row for row in grid.rows}
        other = {first: rows[second], second: rows[first]}
        return (Grid(grid.id, tuple(other.get(row.id, row) for row in grid.rows)),)

    return change_grid(draft, "t3", swap)


def lost_row(draft: Draft, random: Random, row: str = "denied_administrative_query") -> Draft:
    """A row left out; its figures were zero, so that the sums hold without it."""
    gone = [cell for cell in draft.truth if cell.startswith(f"t3.{row}.")]
    draft = redrawn(draft, without=row)
    draft = change_rows(draft, "t3", lambda own: () if own.id == row else (own,))
    draft = _shorter_groups(draft, "（三）不予公开")
    return replace(draft, truth={**draft.truth, **dict.fromkeys(gone)})


def _shorter_groups(draft: Draft, group: str) -> Draft:
    names = {group, "三、本年度办理结果"}

    def shorten(row: Row) -> Iterable[Row]:
        cells = (
            replace(td, rowspan=td.rowspan - 1) if td.text in names else td for td in row.cells
        )
        return (Row(row.id, tuple(cells)),)

    return change_rows(draft, "t3", shorten)


def no_total_column(draft: Draft, random: Random) -> Draft:
    """Table 三 without 总计: six figures a row."""

    def narrow(row: Row) -> Iterable[Row]:
        kept = tuple(td for td in row.cells if not td.cell.endswith(".total") and td.text != "总计")
        return (
            Row(row.id, tuple(replace(td, colspan=6) if td.colspan == 7 else td for td in kept)),
        )

    gone = [cell for cell in draft.truth if cell.startswith("t3.") and cell.endswith(".total")]
    draft = change_rows(draft, "t3", narrow)
    return replace(draft, truth={**draft.truth, **dict.fromkeys(gone)})


def numerals_apart(draft: Draft, random: Random) -> Draft:
    """1. in a cell of its own, 属于国家秘密 in the next: a figure that is none."""

    def part(row: Row) -> Iterable[Row]:
        cells: list[Td] = []
        for td in row.cells:
            number, point, words = td.text.partition(".")
            if td.role == "label" and point and number.isdigit():
                cells += [Td(number, "ghost"), replace(td, text=words)]
            else:
                cells.append(replace(td, colspan=td.colspan + 1) if td.role == "label" else td)
        return (Row(row.id, tuple(cells)),)

    draft = change_rows(draft, "t3", part)
    return change_rows(draft, "t3", lambda r: (_wider_note(r),))


def _wider_note(row: Row) -> Row:
    cells = (replace(td, colspan=td.colspan + 1) if td.role == "note" else td for td in row.cells)
    return Row(row.id, tuple(cells))


def total_first(draft: Draft, random: Random) -> Draft:
    """总计 before 自然人, in the header and in the rows."""

    def move(row: Row) -> Iterable[Row]:
        if row.id in {"head1", "head3"}:
            return (row,)
        place = next(n for n, td in enumerate(row.cells) if td.cell or td.text == "自然人")
        *others, total = row.cells[place:]
        return (Row(row.id, (*row.cells[:place], total, *others)),)

    return change_rows(draft, "t3", move)


def _stands_in(td: Td, column: str, label: str) -> bool:
    return td.cell.endswith(f".{column}") or (not td.cell and "".join(td.text.split()) == label)


def swapped_columns(
    draft: Draft, random: Random, table: str, columns: Sequence[str], labels: Sequence[str]
) -> Draft:
    """Two columns in the other order, header and figures, wherever the table has them."""

    def swap(row: Row) -> Iterable[Row]:
        cells = list(row.cells)
        found = [
            [n for n, td in enumerate(cells) if _stands_in(td, id_, label)]
            for id_, label in zip(columns, labels, strict=True)
        ]
        for one, other in zip(*found, strict=True):
            cells[one], cells[other] = cells[other], cells[one]
        return (Row(row.id, tuple(cells)),)

    return change_rows(draft, table, swap)


def added_column(draft: Draft, random: Random, table: str, head: str, beside: str) -> Draft:
    """A column of figures of the office's own behind all others; its header is beside another."""

    def add(row: Row) -> Iterable[Row]:
        words = {"".join(td.text.split()) for td in row.cells}
        if any(td.cell for td in row.cells):
            own = Td(str(random.randint(2, 40)), "ghost")
        elif beside in words:
            own = Td(head, "head", rowspan=2 if table == "t3" else 1)
        else:
            return (row,)
        return (Row(row.id, (*row.cells, own)),)

    return change_rows(draft, table, add)


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        trailing_column,
        leading_column,
        serial_numbers,
        numbered_labels,
        ghosts,
        surplus_zero,
        extra_rows,
        empty_rows_between,
        local_row,
        repeated_row,
        swapped_rows,
        lost_row,
        no_total_column,
        numerals_apart,
        total_first,
        swapped_columns,
        added_column,
    )
}
