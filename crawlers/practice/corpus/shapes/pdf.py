"""Text of a PDF: blanks between figures, wrapped labels, labels apart from their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from crawlers.practice.corpus.model import Draft, Grid, Row
from crawlers.practice.corpus.shapes.layout import one_line
from crawlers.practice.corpus.shapes.lines import text

LABEL_WIDTH = 12
"""Characters of a label that stand on one line of a narrow column."""


def blanks(draft: Draft) -> str:
    """A row is a line: group, label and figures with a blank between."""
    return text(draft, lambda g: "\n".join(" ".join(_words(row)) for row in g.rows))


def flat(draft: Draft) -> str:
    """Tables as in `blanks`, but 四 is its fifteen numbers on one line."""
    return text(
        draft,
        lambda g: _flat(g) if g.id == "t4" else "\n".join(" ".join(_words(r)) for r in g.rows),
    )


def _flat(grid: Grid) -> str:
    head = " ".join(word for row in grid.rows[:-1] for word in _words(row))
    return f"{head}\n{' '.join(_words(grid.rows[-1]))}"


def _words(row: Row) -> list[str]:
    return [one_line(td.text) for td in row.cells if td.text]


def wrapped(draft: Draft) -> str:
    """Long labels on two or three lines, the figures behind the last one."""
    return text(draft, lambda g: "\n".join(line for row in g.rows for line in _wrapped(row)))


def _wrapped(row: Row) -> Iterator[str]:
    if not _figures(row):
        yield " ".join(_words(row))
        return
    lead = "".join(w for w in _labels(row))
    figures = _figures(row)
    parts = _cut(lead) or [""]
    yield from parts[:-1]
    yield " ".join((parts[-1], *figures)).strip()


def centred(draft: Draft) -> str:
    """Long labels on two lines, the figures between them as a centred cell gives them."""
    return text(draft, lambda g: "\n".join(line for row in g.rows for line in _centred(row)))


def _centred(row: Row) -> Iterator[str]:
    if not _figures(row):
        yield " ".join(_words(row))
        return
    parts = _cut("".join(_labels(row)))
    numbers = " ".join(_figures(row))
    if len(parts) < 2:
        yield f"{''.join(parts)} {numbers}".strip()
        return
    yield parts[0]
    yield numbers
    yield from parts[1:]


def below(draft: Draft) -> str:
    """Long labels on several lines, the figures alone on the line below the last one."""
    return text(draft, lambda g: "\n".join(line for row in g.rows for line in _below(row)))


def _below(row: Row) -> Iterator[str]:
    if not _figures(row):
        yield " ".join(_words(row))
        return
    parts = _cut("".join(_labels(row)))
    numbers = " ".join(_figures(row))
    if len(parts) > 1:
        yield from (*parts, numbers)
    else:
        yield " ".join((*parts, numbers)).strip()


def above_labels(draft: Draft) -> str:
    """Figures on the lines above their row's label in table three: labels stand lower there."""
    return text(draft, lambda g: "\n".join(line for row in g.rows for line in _above(g, row)))


def _above(grid: Grid, row: Row) -> Iterator[str]:
    if grid.id == "t3":
        yield from _figures(row)
        yield from _labels(row)
    else:
        yield " ".join(_words(row))


def two_a_line(draft: Draft) -> str:
    """Two rows of table three on one line, as text of a page sorted from top to bottom has them."""
    return text(draft, lambda g: "\n".join(_two_a_line(g)))


def _two_a_line(grid: Grid) -> Iterator[str]:
    lines = [" ".join(_words(row)) for row in grid.rows]
    if grid.id != "t3":
        yield from lines
        return
    heads = [line for row, line in zip(grid.rows, lines, strict=True) if not _figures(row)]
    rows = [line for row, line in zip(grid.rows, lines, strict=True) if _figures(row)]
    yield from heads
    yield from (" ".join(rows[n : n + 2]) for n in range(0, len(rows), 2))


def displaced(draft: Draft) -> str:
    """First all labels of the table, then all its figures, a row a line, in the same order."""
    return text(draft, _displaced)


def _displaced(grid: Grid) -> str:
    labels = [word for row in grid.rows for word in _labels(row)]
    figures = [" ".join(_figures(row)) for row in grid.rows if _figures(row)]
    return "\n".join((*labels, *figures))


def displaced_cells(draft: Draft) -> str:
    """First all labels of the table, then all its figures, each on a line of its own."""
    return text(draft, lambda g: _displaced(g).replace(" ", "\n"))


def _labels(row: Row) -> list[str]:
    return [one_line(td.text) for td in row.cells if td.role != "figure" and td.text]


def _figures(row: Row) -> list[str]:
    return [td.text for td in row.cells if td.role == "figure" and td.text]


def _cut(label: str) -> list[str]:
    return [label[n : n + LABEL_WIDTH] for n in range(0, len(label), LABEL_WIDTH)]
