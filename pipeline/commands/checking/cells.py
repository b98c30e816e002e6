"""The figures of a row as table cells: printed text, state, doubts."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.commands.checking.marks import Marks
from pipeline.commands.checking.markup import Markup, join, tag
from pipeline.commands.checking.words import STATES, Words, visible
from pipeline.extract.text import squeeze
from pipeline.model import CellState, Figure

CELL_LENGTH = 120
"""Characters of a printed cell that the page shows; the longest note in brackets seen has 24."""

SUGGESTED = Words("若为 {value} 则全部成立", "with {value} all would hold")
ONE_OF_SEVERAL = Words("或应为 {value}", "or {value}")

NO_VALUE = frozenset({CellState.UNREADABLE, CellState.ABSENT})


def row_cells(figures: Sequence[Figure], marks: Marks, width: int) -> Markup:
    """A row's cells over `width` columns; the last takes what is left.

    A row that could not be read, or is not printed, is one cell with all that is printed.
    """
    if len(figures) > 1 and _is_one(figures):
        return _cell(figures[0], marks, width, figures)
    last = len(figures) - 1
    spans = [1] * last + [width - last]
    return join(*(_cell(f, marks, span, (f,)) for f, span in zip(figures, spans, strict=True)))


def _is_one(figures: Sequence[Figure]) -> bool:
    return len({(f.state, f.raw, f.place) for f in figures}) == 1 and figures[0].state in NO_VALUE


def _cell(figure: Figure, marks: Marks, span: int, covered: Sequence[Figure]) -> Markup:
    raw = visible(squeeze(figure.raw or ""), CELL_LENGTH)
    state = STATES.get(figure.state)
    parts = [Markup("") if figure.state is CellState.BLANK else join(raw)]
    if state:
        parts.append(tag("small", state.said(marks.language), class_="state"))
    parts += [marks.links(each.id) for each in covered]
    parts += [tag("span", id=marks.anchor(each.id)) for each in covered[1:]]
    if figure.id in marks.suggested:
        suggested = marks.suggested[figure.id]
        words = SUGGESTED if suggested.alone else ONE_OF_SEVERAL
        said = words.said(marks.language).format(value=suggested.value)
        parts.append(tag("small", said, class_="suggested"))
    return tag(
        "td",
        *parts,
        id=marks.anchor(figure.id),
        class_=_classes(figure, marks),
        colspan=span if span > 1 else None,
        title=_title(figure, marks),
    )


def _classes(figure: Figure, marks: Marks) -> str:
    doubt = marks.severity(figure.id)
    names = [figure.state.value if figure.state is not CellState.REPORTED else "", doubt]
    suggested = marks.suggested.get(figure.id)
    names.append("" if suggested is None else "culprit" if suggested.alone else "suspect")
    return " ".join(name for name in names if name)


def _title(figure: Figure, marks: Marks) -> str:
    """Place, name and line, shown where a mouse rests on the cell."""
    spot = marks.spots.cell(figure.id)
    line = f" :{spot.line}" if spot.line else ""
    return f"{spot.said(marks.language)}{line}"
