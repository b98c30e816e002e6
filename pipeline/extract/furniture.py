"""Which lines are page furniture, and what they say about the page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pipeline.extract.text import LONGEST_LABEL, squeeze, tight
from pipeline.forms.characters import simplified
from pipeline.remembered import remembered


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("pipeline.extract").joinpath("furniture.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _data()["lines"][name]))


@cache
def _field_of_label() -> dict[str, str]:
    return {label: field for field, labels in _data()["fields"].items() for label in labels}


DATE_BEFORE = re.compile(
    r"(20\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s\d{1,2}:\d\d(?::\d\d)?)?)\s?(?:信息)?来源"
)
"""2024年01月26日 来源：某局: a date that needs no label."""

TRADITIONAL = ("時間", "發布", "發佈", "來源", "發文", "機構")
"""Of the labels in traditional characters what tells them."""


@cache
def _marks() -> tuple[str, ...]:
    return (*_field_of_label(), *TRADITIONAL)


@cache
def _label_in_line() -> re.Pattern[str]:
    labels = "|".join(sorted(_field_of_label(), key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d])({labels})\s*[:：]")


@cache
def _value_end() -> re.Pattern[str]:
    """What follows a value in an info line: 【打印】, （字体：大 中 小）, 浏览次数."""
    return re.compile("[【（(]|" + "|".join(_data()["lines"]["value_ends"]))


@remembered(8192)  # each line of a page is asked more than once
def is_furniture(line: str) -> bool:
    """Whether the line is a toolbar, an info line, a pager: never prose of a report."""
    return _pattern("furniture").fullmatch(tight(line)) is not None


def ends_page(line: str) -> bool:
    """Whether the page's footer begins with the line."""
    return _pattern("page_end").fullmatch(tight(line)) is not None


def fields_in_line(line: str) -> dict[str, str]:
    """`发布时间：2020-01-20 来源：办公室` -> published and source, raw; empty for other lines."""
    if ":" not in line and "：" not in line:
        return {}
    if not any(map(line.__contains__, _marks())):  # prose has colons too
        return {}
    text = simplified(squeeze(line))
    if date := DATE_BEFORE.match(text):
        text = text[date.end(1) :].lstrip()
    labels = list(_label_in_line().finditer(text))
    ends = [*(label.start() for label in labels[1:]), len(text)]
    found: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=False):
        value = _value_end().split(text[label.end() : end])[0].strip(" |•")
        if value:
            found.setdefault(_field_of_label()[label[1]], value)
    return found if date is None else {"published": date[1], **found}


@remembered(4096, LONGEST_LABEL)
def _bare(label: str) -> str:
    return tight(simplified(label)).rstrip(":：")


def fields_in_cells(cells: list[str]) -> dict[str, str]:
    """An index table's cells in reading order -> the fields whose label stands before a value."""
    found: dict[str, str] = {}
    labels = _field_of_label()
    for label, value in pairwise(cells):
        if label.isdigit() or not value:
            continue
        name = labels.get(_bare(label))
        if name and _bare(value) not in labels:
            found.setdefault(name, squeeze(simplified(value)))
    return found
