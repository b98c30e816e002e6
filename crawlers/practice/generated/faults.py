"""Every fault that a generated site can have, besides those of any answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from crawlers.practice.answer_faults import ANSWER_FAULTS
from crawlers.practice.faults import DOWN, Faults, check_faults
from crawlers.practice.generated.pages import Style
from crawlers.practice.generated.row_faults import ROW_FAULTS

SUFFIXES = ("pdf", "doc", "docx", "wps", "xls", "ofd", "zip")


def body_twice(style: Style) -> Style:
    """The body stands in the page a second time, for print."""
    return replace(style, copies=2)


def tables_as_images(style: Style) -> Style:
    """Somebody scanned the tables."""
    return replace(style, pictures=True)


def pdf_only(style: Style) -> Style:
    """The page holds a link to a PDF and nothing else."""
    return replace(style, pdf_only=True)


def attachments(style: Style, *, suffixes: tuple[str, ...] = SUFFIXES) -> Style:
    """Files of every kind beside the report."""
    return replace(style, attachments=tuple(suffixes))


def word_spans(style: Style) -> Style:
    """Pasted from Word: each number stands in a span of its own, so every date is split."""
    return replace(style, spans=True)


STYLE_FAULTS: dict[str, Callable[..., Style]] = {
    function.__name__: function
    for function in (body_twice, tables_as_images, pdf_only, attachments, word_spans)
}


def over_delivery(_: None) -> None:
    """jpage: more rows than were asked for."""


def under_delivery(_: None) -> None:
    """jpage: fewer rows than were asked for."""


def empty_54_bytes(_: None) -> None:
    """jpage: later rows are an empty body of 54 bytes."""


def ignores_page(_: None) -> None:
    """unitbuild: whatever page is asked for, the first one comes."""


def endless_pager(_: None) -> None:
    """There is always a next page; past the last one its rows come again."""


def year_columns(_: None) -> None:
    """The column leads to a column for each year; the reports are listed there."""


def year_moved(_: None, *, year: int, answers: str = "404") -> None:
    """A column a year, one moved; its old address `answers` 404, redirect or home (that page)."""


def calendar(_: None) -> None:
    """A calendar beside the list: each day and month a link to the list as of then, for ever."""


def single_article(_: None) -> None:
    """The column is itself the newest report."""


def home_instead(_: None, *, part: str = "article") -> None:
    """The home page, with 200, in place of the page that was asked for."""


def moved(_: None, *, to: str) -> None:
    """301 to another site of the province, where everything is, below another folder."""


PAGE_FAULTS: dict[str, Callable[..., None]] = {
    function.__name__: function
    for function in (
        over_delivery,
        under_delivery,
        empty_54_bytes,
        ignores_page,
        endless_pager,
        year_columns,
        year_moved,
        calendar,
        single_article,
        home_instead,
        moved,
    )
}


def down(_: None) -> None:
    """Nobody listens."""


FAULTS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {DOWN: down, **ANSWER_FAULTS, **ROW_FAULTS, **STYLE_FAULTS, **PAGE_FAULTS}
)
"""Name -> a function whose docstring says what it does and whose options can be given."""


def check(faults: Faults) -> None:
    """Refuse a fault that no generated site can have, and options that it does not take."""
    check_faults(faults, FAULTS)
