"""Blocks -> the figures of the list, the local rows beside them, and what is odd."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pipeline.extract.grid import texts
from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.forms.model import TableForm
from pipeline.model import Block, CellState, Figure, Finding, LocalFigure, Table
from pipeline.parse.figures import block_figures
from pipeline.parse.local import local_figure
from pipeline.parse.numbers import looks_like_figure
from pipeline.parse.options import choose
from pipeline.parse.reading import Cells, RowReading, Strategy
from pipeline.parse.statistics.displaced import Placed, dealt_out
from pipeline.parse.statistics.entries import (
    Entry,
    entries_by_row,
    entries_in_sequence,
    in_printed_order,
)
from pipeline.parse.statistics.header import Header, header_of
from pipeline.parse.statistics.lines import table_of_lines
from pipeline.parse.statistics.rows import LONGEST_LABEL, Found, list_rows, resolve, row_key

LEAST_ROWS = 3
"""Rows that make a table the list, beside one of the phrases that only the list prints."""

LEAST_LINES = 8
"""Rows that make lines of text the list: prose speaks of one or two of them."""

LONGEST_UNIT = 2
"""Characters; every label of the list has more."""

LONGEST_LOCAL = 60
"""Characters of the label of a local row; Anhui's longest has 36."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """What the list says; without a form where the page prints none."""

    form: TableForm | None = None
    tables: frozenset[int] = frozenset()
    """Numbers of its tables: they are no other statutory table."""
    figures: tuple[Figure, ...] = ()
    local: tuple[LocalFigure, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_list(blocks: Sequence[Block]) -> ListRead:
    """Read the 统计表 from its tables, else from lines of text."""
    own = _own_tables([block for block in blocks if isinstance(block, Table)])
    if own:
        header = header_of(own)
        by_row = _placed(in_printed_order(entries_by_row(own, header)))
        in_sequence = dealt_out(_placed(entries_in_sequence(own)))
        if _filled(in_sequence) > _filled(by_row):
            return _read(in_sequence, None, Strategy.SEQUENCE, own)
        return _read(by_row, header, Strategy.GRID, own)
    lines = table_of_lines(blocks)
    if lines and _is_list([lines], LEAST_LINES):
        placed = dealt_out(_placed(entries_in_sequence([lines], blanks=True)))
        return _read(placed, None, Strategy.RUNS, [])
    return ListRead()


def _own_tables(tables: Sequence[Table]) -> list[Table]:
    """The tables that hold the list, and the pieces that page breaks cut off them."""
    own = [n for n, table in enumerate(tables) if _is_list([table], LEAST_ROWS)]
    if not own:
        return []
    pieces = [n for n, table in enumerate(tables) if n in own or (n > own[0] and _named([table]))]
    return [tables[n] for n in range(own[0], pieces[-1] + 1) if n in pieces]


def _named(tables: Iterable[Table]) -> set[tuple[int, ...]]:
    printed = set(chain.from_iterable(texts(table.rows) for table in tables))
    known = list_rows().exact
    return {
        places
        for text in printed
        if LONGEST_UNIT < len(text) <= LONGEST_LABEL and not text.isdigit()
        if (places := known.get(row_key(text)))
    }


def _is_list(tables: Sequence[Table], least: int) -> bool:
    if len(_named(tables)) < least:
        return False
    words = "".join(core(text) for table in tables for text in texts(table.rows))
    return any(core(phrase) in words for phrase in list_rows().form.recognised_by)


def _placed(entries: Sequence[Entry]) -> list[Placed]:
    found = resolve([entry.label.cell.text for entry in entries])
    return list(zip(entries, found, strict=True))


def _filled(placed: Iterable[Placed]) -> int:
    return len({found.place for entry, found in placed if found and entry.values})


def _read(
    placed: list[Placed], header: Header | None, strategy: Strategy, tables: Sequence[Table]
) -> ListRead:
    form = list_rows().form
    numbers = frozenset(table.number for table in tables)
    only_local = header is not None and header.figures(0) != () and header.own(0) is None
    readings = [_reading(entry, found, header, strategy) for entry, found in placed if found]
    figures: list[Figure] = []
    findings: list[Finding] = []
    for block in form.blocks:
        new, odd = block_figures(form, block, choose(form, block, readings))
        figures += new
        findings += odd
    local = _local(placed, header)
    if only_local and header:
        names = "、".join(name for _, name in header.figures(0))
        findings = [f for f in findings if f.code == "label_variant"]
        findings.append(finding("local_columns", form.id, columns=names))
        figures = [replace(f, state=CellState.ABSENT, raw=None, place=None) for f in figures]
    rows = dict.fromkeys((f.id.rsplit(".", 1)[0], f.label) for f in local if _is_extra(f))
    findings += [finding("local_row", where, label=label) for where, label in rows]
    return ListRead(form, numbers, tuple(figures), tuple(local), tuple(findings))


def _is_extra(figure: LocalFigure) -> bool:
    """Whether the figure is of a row that the form does not have, not of a column."""
    return figure.id.split(".")[1].isdigit()


def _reading(entry: Entry, found: Found, header: Header | None, strategy: Strategy) -> RowReading:
    row = list_rows().rows[found.place].id
    label = entry.label.cell.text
    return RowReading(row, label, found.is_variant, _own(entry, header), strategy)


def _own(entry: Entry, header: Header | None) -> Cells:
    """The cells that may be the form's figure: the one under 统计数 where several columns are."""
    columns = header.figures(entry.stream) if header else ()
    own = header.own(entry.stream) if header else None
    if not header or len(columns) < 2:
        return entry.values
    if own is None:
        return ()
    under = tuple(printed for printed in entry.values if printed.cell.column == own[0])
    if under or len(entry.values) != len(columns):
        return under or entry.values
    return (entry.values[columns.index(own)],)


def _local(placed: Sequence[Placed], header: Header | None) -> list[LocalFigure]:
    """Figures of rows that the form does not have, and of columns that it does not have."""
    known = [n for n, (_, found) in enumerate(placed) if found]
    found_local: list[LocalFigure] = []
    extra = 0
    for entry, found in placed[known[0] : known[-1] + 1] if known else ():
        if found:
            found_local += _other_columns(entry, list_rows().rows[found.place].id, header)
        elif _is_local(entry):
            extra += 1
            found_local += _figures(entry, f"s14x.{extra}", entry.values, header)
    return found_local


def _is_local(entry: Entry) -> bool:
    label = core(entry.label.cell.text)
    return (
        2 <= len(label) <= LONGEST_LOCAL
        and entry.is_filled
        and all(looks_like_figure(printed.cell.text) for printed in entry.values)
    )


def _other_columns(entry: Entry, row: str, header: Header | None) -> list[LocalFigure]:
    if not header or len(header.figures(entry.stream)) < 2:
        return []
    own = _own(entry, header)
    others = tuple(printed for printed in entry.values if printed not in own)
    return _figures(entry, f"s14x.{row}", others, header) if len(own) < 2 else []


def _figures(entry: Entry, prefix: str, values: Cells, header: Header | None) -> list[LocalFigure]:
    columns = dict(header.figures(entry.stream)) if header else {}
    return [
        local_figure(
            f"{prefix}.{number}",
            squeeze(entry.label.cell.text),
            columns.get(printed.cell.column),
            entry.unit,
            printed,
        )
        for number, printed in enumerate(values, 1)
    ]
