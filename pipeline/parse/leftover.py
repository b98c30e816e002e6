"""Figures of a table that no row of the form takes: said, never dropped in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.model import CellState, Finding, Table
from pipeline.parse.labels import Labels, label_key
from pipeline.parse.numbers import looks_like_figure, read_number

LEAST_LETTERS = 2
"""Of a row's name; one letter is a numeral or a mark."""


def unknown_rows(
    id_: str,
    tables: Sequence[Table],
    labels: Labels,
    others: Sequence[Labels],
    read: Collection[str],
) -> list[Finding]:
    """A finding for words with figures behind them, between two rows of the table, that are no row.

    `read` holds the names of rows that are kept as the office's own. Half a label is none: its
    figures belong to the row that its other half completes.
    """
    runs = list(runs_of(tables, labels))
    known = [n for n, (words, _) in enumerate(runs) if labels.find(words)]
    found = []
    for n in range(known[0] + 1, known[-1]) if known else ():
        words, figures = runs[n]
        if not figures or labels.find(words) or squeeze(words) in read:
            continue
        if len(figures) == 1 and label_key(words) in labels.groups and labels.find(runs[n + 1][0]):
            continue  # （三）不予公开 | 1 | 属于国家秘密: the row's number, in a cell of its own
        if _is_name(words, labels, others) and not _is_half(runs, n, labels):
            printed = " ".join(map(squeeze, figures))
            found.append(finding("row_unknown", id_, label=squeeze(words), printed=printed))
    return found


def runs_of(tables: Sequence[Table], labels: Labels) -> Iterator[tuple[str, list[str]]]:
    """Words of the tables, and the numbers printed up to the next words.

    Words right of a label in its own row stand where a figure should: they are a damaged one.
    """
    words, figures = "", list[str]()
    for row in (row for table in tables for row in table.rows):
        is_labelled = False
        for cell in row:
            text = cell.text
            if not looks_like_figure(text):
                is_label = labels.find(text) is not None
                if is_labelled and not is_label:
                    continue
                is_labelled = is_labelled or is_label
                yield words, figures
                words, figures = text, []
            elif text.isdecimal() or read_number(text)[0] is CellState.REPORTED:
                figures.append(text)
    yield words, figures


def _is_name(words: str, labels: Labels, others: Sequence[Labels]) -> bool:
    letters = core(words)
    if len(letters) < LEAST_LETTERS or letters.isdigit():
        return False
    return not any(each.find(words) for each in (labels, *others))


def _is_half(runs: Sequence[tuple[str, list[str]]], n: int, labels: Labels) -> bool:
    """Whether the words are a piece of a label, or make one with the words beside them."""
    words = runs[n][0]
    letters = core(words)
    if any(letters in label for label in labels.exact):
        return True
    above, below = runs[n - 1][0], runs[n + 1][0]
    joined = ([] if labels.find(above) else [above + words]) + (
        [] if labels.find(below) else [words + below]
    )
    return any(labels.find(text) for text in joined)
