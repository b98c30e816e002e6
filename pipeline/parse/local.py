"""Rows that an agency adds to table 二: kept under `t2x`, never among the form's figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.text import core, has_chinese, squeeze
from pipeline.findings import finding
from pipeline.model import Cell, CellState, Finding, LocalFigure, Place, Table
from pipeline.parse.labels import Labels
from pipeline.parse.numbers import looks_like_figure, read_number
from pipeline.parse.reading import Printed

LONGEST_LABEL = 40
"""Characters; the longest row label of table 二 has 10, a sentence in a table more than 40."""


def local_figure(
    id_: str, label: str, column: str | None, unit: str | None, printed: Printed
) -> LocalFigure:
    """A printed cell that no form has."""
    state, value = read_number(printed.cell.text)
    cell = printed.cell
    place = Place(printed.table, cell.row, cell.column, cell.line)
    return LocalFigure(id_, label, column, unit, value, cell.text, state, place)


def local_rows(
    tables: Sequence[Table], labels: Labels, others: Sequence[Labels]
) -> tuple[list[LocalFigure], list[Finding]]:
    """The rows of table 二 that are not on the form: words, then figures to the end of the row.

    They stand below its first row, and above the rows of table 三 and 四 where one grid holds all.
    """
    figures: list[LocalFigure] = []
    findings: list[Finding] = []
    for number, (label, values) in enumerate(_rows(tables, labels, others), 1):
        where = f"t2x.{number}"
        text = squeeze(label.cell.text)
        findings.append(finding("local_row", where, label=text))
        figures += [
            local_figure(f"{where}.{n}", text, None, None, printed)
            for n, printed in enumerate(values, 1)
        ]
    return figures, findings


def _rows(
    tables: Sequence[Table], labels: Labels, others: Sequence[Labels]
) -> Iterator[tuple[Printed, list[Printed]]]:
    is_inside = False
    for table in tables:
        for row in table.rows:
            words = [cell.text for cell in row if not looks_like_figure(cell.text)]
            if any(map(labels.find, words)):
                is_inside = True
            elif any(other.find(text) for other in others for text in words):
                is_inside = False
            elif is_inside:
                cells = [Printed(table.number, cell) for cell in row if cell.text.strip()]
                if _is_local(cells) and not labels.ends(cells[0].cell.text):
                    yield cells[0], cells[1:]


def _is_local(cells: Sequence[Printed]) -> bool:
    """One cell of words, then figures alone, at least one of them a number."""
    if len(cells) < 2 or not _is_label(cells[0].cell):
        return False
    states = [read_number(printed.cell.text)[0] for printed in cells[1:]]
    return CellState.REPORTED in states and CellState.UNREADABLE not in states


def _is_label(cell: Cell) -> bool:
    letters = core(cell.text)
    return 2 <= len(letters) <= LONGEST_LABEL and has_chinese(letters)
