"""The statutory tables as the official form lays them out, with what the page prints."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.commands.checking.cells import CELL_LENGTH
from pipeline.commands.checking.layout import Frame, load_frames
from pipeline.commands.checking.marks import Marks
from pipeline.commands.checking.markup import Markup, join, tag
from pipeline.commands.checking.sheets import STYLES, sheet_of
from pipeline.commands.checking.words import Language, Words, form_table, table_name, visible
from pipeline.extract.text import squeeze
from pipeline.model import LocalFigure, Report

LOCAL = Words("本地增设的行和列", "Rows and columns added locally")
LOCAL_HEADS = (
    Words("内容", "label"),
    Words("列", "column"),
    Words("单位", "unit"),
    Words("印着", "printed"),
)

NOT_THERE = Words("页面上没有这张表。", "This table is not on the page.")
FORM = Words("（{form} 年格式）", " (form of {form})")


def table_block(report: Report, table: str, marks: Marks) -> Markup:
    """A table with its caption; one that the page lacks leaves an empty frame that says so."""
    form = form_table(report.forms.get(table), table)
    frame = load_frames().get(table, Frame("", ""))
    said = FORM.said(marks.language).format(form=form.form) if form else ""
    name = f"{table_name(table).said(marks.language)} {frame.title}{said}"
    caption = join(name, marks.links(table))
    at = marks.anchor(table)
    if form is None:
        return _missing(caption, at, marks.severity(table), marks.language)
    rows = STYLES[frame.style](sheet_of(form, frame, marks))
    drawn = tag("table", tag("caption", caption), *rows, class_=f"form {table}")
    return tag("div", drawn, id=at, class_="scroll")


def _missing(caption: Markup, at: str, severity: str, language: Language) -> Markup:
    words = tag("p", NOT_THERE.said(language))
    head = tag("p", caption, class_="caption")
    return tag("div", head, words, id=at, class_=f"missing {severity}".strip())


def local_block(report: Report, marks: Marks) -> Iterator[Markup]:
    """The rows and columns that the page adds to the forms, one figure a line; or nothing."""
    if not report.local:
        return
    heads = tag("tr", *(tag("th", word.said(marks.language)) for word in LOCAL_HEADS))
    rows = [_local_row(figure, marks) for figure in report.local]
    caption = tag("caption", LOCAL.said(marks.language))
    yield tag("div", tag("table", caption, heads, *rows, class_="local"), class_="scroll")


def _local_row(figure: LocalFigure, marks: Marks) -> Markup:
    row, _, number = figure.id.rpartition(".")
    is_first = number == "1"
    links = marks.links(row) if is_first else ""
    raw = visible(squeeze(figure.raw), CELL_LENGTH)
    words = (figure.column or "", figure.unit or "", raw)
    label = tag("td", figure.label, links, id=marks.anchor(row) if is_first else None)
    return tag("tr", label, *(tag("td", word) for word in words))
