"""A count that a line break cuts in two: read whole, or said to be doubtful, in every print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from crawlers.practice.corpus.catalogue import cases
from crawlers.practice.corpus.documents import document
from pipeline.model import Report, Severity
from pipeline.read import read_page
from tests.form_2014_support import codes, lines, read, values

CASES = {case.name: case for case in cases()}
COUNT = re.compile(r"(?<=[ >\t])\d{2,5}(?=[ <\t\n])")


def cut(text: str, with_: str) -> Iterator[str]:
    """The text with one count cut behind its first digit, for each count."""
    for count in COUNT.finditer(text):
        at = count.start() + 1
        yield text[:at] + with_ + text[at:]


def is_doubted(report: Report, cell: str) -> bool:
    """Whether an error or a warning names the cell, its row or its table."""
    parts = cell.split(".")
    places = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
    grave = (f for f in report.findings if f.severity is not Severity.NOTE)
    return any(finding.where in places for finding in grave)


@pytest.mark.parametrize(
    ("name", "break_"),
    [
        ("plain_one_line_small-2021-one_line", "\n"),
        ("plain_without_tables-2021-pre", "</p><p>"),
        ("form_2014_plain-2014-divs", "</p><p>"),
        ("form_2014_plain-2014-wrapped", "\n"),
    ],
)
def test_no_count_cut_in_two_is_wrong_in_silence(name: str, break_: str) -> None:
    own = document(CASES[name])
    kind = "text/html" if own.suffix == ".html" else "text/plain"
    cells = own.truth["cells"]
    assert isinstance(cells, dict)
    pages = list(cut(own.body.decode(), break_))
    assert len(pages) > 10
    for page in pages:
        report = read_page(page.encode(), content_type=kind)
        read_cells = {figure.id: figure.value for figure in report.figures}
        wrong = [
            id_
            for id_, true in cells.items()
            if read_cells.get(id_) != (None if true is None else Decimal(str(true)))
        ]
        assert [id_ for id_ in wrong if not is_doubted(report, id_)] == []


def test_two_figures_below_a_label_belong_to_that_label() -> None:
    cells = (
        part
        for row in lines()[1:]
        if row[2]
        for part in ([*row[:2], "6", "40"] if row[0].startswith("2.政府网站公开") else row)
    )
    report = read("".join(f"<p>{cell}</p>" for cell in cells))

    assert "channel_website" not in values(report)
    assert values(report)["channel_microblog"] == 0
    assert codes(report) == {("row_unreadable", "s14.channel_website")}
