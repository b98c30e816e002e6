"""Is the page an annual report at all? Decided by what it holds; its title alone proves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.text import SENTENCE, tight
from pipeline.findings import finding
from pipeline.forms.characters import simplified
from pipeline.forms.sections import is_older, load_sections
from pipeline.model import (
    Block,
    CellState,
    Document,
    Figure,
    Finding,
    Image,
    Paragraph,
    ReportKind,
    Section,
    Table,
)
from pipeline.parse.dates import read_year
from pipeline.parse.identity import SEPARATORS, SUBJECT, agency_in_title
from pipeline.parse.opening import speaks_as_report

ENOUGH_MARKS = 4
"""Of the seven. Notices, interpretations and site reports seen have three at most."""

ENOUGH_SECTIONS = 4
"""Of the six; under the title of a report they are enough, without any title all are."""

ENOUGH_CHAPTERS = 3
"""Of those before 2019, which agencies worded and left out as they liked."""

MARKS = {
    "统计期限": re.compile(r"统计(?:数据)?的?(?:期限|时间)"),
    "第二十条第（一）项": re.compile(r"第二十条第[(（]?[一1][)）]?项"),
    "本年新收政府信息公开申请": re.compile(r"本年新收政府信息公开申请"),
    "行政复议与行政诉讼的表头": re.compile(r"行政复议.{0,20}行政诉讼.{0,80}结果维持"),
    "条例": re.compile(r"信息公开条例"),
}
"""What the forms and their preface print and other papers do not; headings and title make seven."""

ANOTHER_PAPER = re.compile(
    r"通知|报告制度|报告格式|解读|图解|一图|读懂|说明$|指南|要点|办法|模板|填报|征求|报表|季度"
)
"""What makes of a report's title the name of another paper."""

ABOUT_REPORTS = re.compile(r"公开|年度|年报|报告|报表")
"""通知公告 alone is the name of a column, not of the paper in it."""


OLD_SUBJECT = re.compile(r"信息公开条例|主动公开|申请公开|公开申请")
"""What a report before 2019 speaks of, however it is worded: it had no form to follow."""


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of paper the page is, and what had to be said about it."""

    kind: ReportKind
    findings: tuple[Finding, ...] = ()


def genre_of(
    document: Document,
    title: str | None,
    sections: Sequence[Section],
    figures: Iterable[Figure],
    year: int | None,
    *,
    listed: bool = False,
) -> Genre:
    """Tell a report from the papers that stand beside it in the same list.

    A statutory figure on a page that is not called by another name is enough. Else the marks of
    the forms are counted: a notice prints the forms empty, an interpretation talks about them.

    Args:
        document: the page.
        title: of its titles the one that names a report, if any does.
        sections: as read from it.
        figures: of its statutory tables.
        year: the year reported on; before 2019 there were no six sections and no three tables.
        listed: the list that leads here calls it a report, where the page's own title says nothing.
    """
    named = _named(title, document.fields.titles)
    is_named = listed if named is None else named
    has_any = has_figures(figures)
    kind = ReportKind.BEFORE_2019 if is_older(year) else ReportKind.REPORT
    if has_any and named is not False:
        return Genre(kind)
    text = simplified(tight("".join(_texts(document.blocks))))
    marks = _marks(text, sections, is_named=is_named)
    if is_named and is_older(year) and _is_old(text, sections):
        return Genre(ReportKind.BEFORE_2019)
    if len(marks) >= ENOUGH_MARKS and (has_any or named is not False):
        return Genre(ReportKind.REPORT)
    enough = ENOUGH_SECTIONS if is_named else len(load_sections())
    is_full = named is not False and _headings(sections) >= enough
    if is_full or (named is not False and _is_begun(text, sections, is_named=is_named)):
        return Genre(kind)
    if is_named and not SENTENCE.search(text):
        return _elsewhere(document.blocks, marks)
    return _other(marks)


def has_figures(figures: Iterable[Figure]) -> bool:
    """Whether any cell of a statutory table is filled in."""
    return any(map(_is_printed, figures))


def _is_printed(figure: Figure) -> bool:
    """Whether somebody filled the cell in, be it that its column cannot be told."""
    if figure.state is CellState.UNREADABLE:
        return any(letter.isdigit() for letter in figure.raw or "")
    return figure.state is CellState.REPORTED


def _named(title: str | None, titles: Sequence[str]) -> bool | None:
    """Whether the page calls itself a report; null: its titles name neither that nor another.

    Menus are headlines on some pages: 政府信息公开指南 and 政府信息公开年报, without agency or
    year, say nothing of the page.
    """
    if title is not None and (read_year(title) or agency_in_title(title)):
        return ANOTHER_PAPER.search(simplified(tight(title))) is None
    first = next((each for each in titles if not SENTENCE.search(each)), "")
    words = simplified(tight(SEPARATORS.split(first)[0]))
    return False if ABOUT_REPORTS.search(words) and ANOTHER_PAPER.search(words) else None


def _marks(text: str, sections: Sequence[Section], *, is_named: bool) -> list[str]:
    marks = [name for name, pattern in MARKS.items() if pattern.search(text)]
    if _headings(sections) >= ENOUGH_SECTIONS:
        marks.append("六部分标题")
    return [*marks, "标题"] if is_named else marks


def _headings(sections: Sequence[Section]) -> int:
    return len({section.id for section in sections} & set(load_sections()))


def _chapters(sections: Sequence[Section]) -> int:
    return len({section.id for section in sections} & set(load_sections(older=True)))


def _is_old(text: str, sections: Sequence[Section]) -> bool:
    return _chapters(sections) >= ENOUGH_CHAPTERS or bool(OLD_SUBJECT.search(text))


def _is_begun(text: str, sections: Sequence[Section], *, is_named: bool) -> bool:
    """Whether the page is what is left of a report: its opening and a chapter, the rest cut off."""
    is_headed = _chapters(sections) > 0
    return is_headed and SUBJECT in text and (is_named or speaks_as_report(sections))


def _elsewhere(blocks: Sequence[Block], marks: Sequence[str]) -> Genre:
    """A title and no prose: the report is a picture, or a file that the page leads to."""
    if any(isinstance(block, Table) for block in blocks):
        return _other(marks)
    shown = any(isinstance(block, Image) for block in blocks)
    return Genre(
        ReportKind.REPORT, (finding("report_is_image" if shown else "report_not_on_page", "page"),)
    )


def _other(marks: Sequence[str]) -> Genre:
    values = {"marks": "、".join(marks) or "无", "count": len(marks), "enough": ENOUGH_MARKS}
    return Genre(ReportKind.OTHER, (finding("not_a_report", "page", **values),))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Table(rows=rows):
                yield from (cell.text for row in rows for cell in row)
            case Image():
                pass
