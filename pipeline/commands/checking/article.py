"""One report as part of the page: whose it is, what was found, and the report itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.commands.checking.checked import Checked, Remark
from pipeline.commands.checking.layout import load_frames
from pipeline.commands.checking.marks import Marks, marks_of
from pipeline.commands.checking.markup import Markup, join, tag
from pipeline.commands.checking.spots import PARTS, UNNAMED, pieces_quoted
from pipeline.commands.checking.tables import local_block, table_block
from pipeline.commands.checking.text import HINT, MESSAGE_LENGTH, SHOULD, verdict_line
from pipeline.commands.checking.verdicts import NAMED
from pipeline.commands.checking.words import SEVERITIES, Language, Words, visible
from pipeline.forms.sections import load_sections
from pipeline.model import Report, Section

UNKNOWN = Words("未识别", "not known")
FACTS = (Words("单位", "agency"), Words("报告年度", "report year"), Words("发布日期", "published"))
FINDINGS = Words("检查结果", "Findings")
BODY = Words("报告", "The report")
SAME_CAUSE = Words("同一处原因，见", "the same cause, see")
LINE = Words("源文件第 {line} 行", "line {line}")
MISSING = Words("（没有找到这一部分的标题）", "(no such heading on the page)")


def article(result: Checked, number: int, language: Language) -> Markup:
    """The `number`-th file of the page."""
    report = result.report
    at = f"r{number}"
    if report is None:
        title = tag("h1", result.file)
        said = result.error.said(language) if result.error else ""
        error = tag("p", said, class_="unread error")
        return tag("article", title, error, id=at)
    marks = marks_of(result, report, number, language)
    return tag(
        "article",
        _head(result, report, marks),
        _findings(result, marks),
        tag("h2", BODY.said(language)),
        tag("div", *_body(report, marks), class_="body"),
        id=at,
    )


def _head(result: Checked, report: Report, marks: Marks) -> Markup:
    language = marks.language
    published = report.published_on.isoformat() if report.published_on else None
    year = str(report.report_year) if report.report_year else None
    values = (report.agency, year, published)
    known = [
        tag("div", tag("dt", word.said(language)), tag("dd", value or UNKNOWN.said(language)))
        for word, value in zip(FACTS, values, strict=True)
    ]
    links = join(*(marks.links(part) for part in PARTS))
    title = report.title or UNKNOWN.said(language)
    return tag(
        "header",
        tag("p", result.file, class_="file"),
        tag("h1", title, links, id=marks.anchor("title")),
        tag("dl", *known),
    )


def _findings(result: Checked, marks: Marks) -> Markup:
    language = marks.language
    said = verdict_line(result.standing, language)
    told: dict[int, int] = {}
    items = [_finding(remark, n, marks, told) for n, remark in enumerate(result.remarks, 1)]
    listed = tag("ol", *items) if items else Markup("")
    heading = tag("h2", FINDINGS.said(language))
    return tag("section", heading, tag("p", said, class_="counts"), listed, class_="findings")


def _finding(remark: Remark, number: int, marks: Marks, told: dict[int, int]) -> Markup:
    """`told`: hint -> the finding that said it."""
    finding, language = remark.finding, marks.language
    said = finding.message_zh if language == "zh" else finding.message_en
    where = "title" if finding.where in PARTS else finding.where
    badge = tag("b", SEVERITIES[finding.severity].said(language), class_="badge")
    line = LINE.said(language).format(line=remark.spot.line) if remark.spot.line else ""
    link = tag("a", remark.spot.said(language), href=f"#{marks.anchor(where)}")
    text = tag("p", badge, " ", link, " ", tag("small", line), " ", tag("code", finding.code))
    first = told.setdefault(id(remark.hint), number) if remark.hint else number
    notes = [
        tag("p", visible(said, MESSAGE_LENGTH), class_="message"),
        *_notes(remark, marks, None if first == number else first),
    ]
    at = marks.finding_anchor(number)
    return tag("li", text, *notes, id=at, class_=finding.severity.value)


def _notes(remark: Remark, marks: Marks, told: int | None) -> Iterator[Markup]:
    """`told` is the finding that gives the same hint already."""
    language = marks.language
    if remark.formula:
        yield _note(SHOULD, remark.formula.said(language), language)
    if remark.hint and told:
        link = tag("a", str(told), href=f"#{marks.finding_anchor(told)}")
        yield _note(HINT, join(SAME_CAUSE.said(language), " ", link), language)
    elif remark.hint:
        suspects = remark.hint.trail.explaining[:NAMED]
        links = [
            tag("a", marks.spots.cell(s.where).at.said(language), href=f"#{marks.anchor(s.where)}")
            for s in suspects
        ]
        spaced = [part for link in links for part in (" → ", link)]
        yield _note(HINT, join(remark.hint.text.said(language), *spaced), language)


def _note(word: Words, said: str, language: Language) -> Markup:
    return tag("p", tag("span", word.said(language), class_="word"), " ", said, class_="note")


def _body(report: Report, marks: Marks) -> Iterator[Markup]:
    """Sections as printed with their tables; what the page lacks stands where it should."""
    frames = load_frames()
    printed = [section.id for section in report.sections]
    left = dict.fromkeys(report.forms)
    for section in report.sections:
        yield _section(section, marks)
        for table in [t for t in left if t in frames and frames[t].section == section.id]:
            del left[table]
            yield table_block(report, table, marks)
    yield from (table_block(report, table, marks) for table in left)
    yield from local_block(report, marks)
    for id_, (label, _) in load_sections(older=True).items():
        if id_ not in printed and marks.severity(f"section.{id_}"):
            yield _missing(id_, label, marks)


def _section(section: Section, marks: Marks) -> Markup:
    where = f"section.{section.id}"
    unnamed = UNNAMED.get(section.id)
    heading = section.heading or (f"（{unnamed.said(marks.language)}）" if unnamed else section.id)
    title = tag("h3", heading, marks.links(where), class_="unnamed" if not section.heading else "")
    found = marks.numbered.get(where, ())
    quotes = [text for _, remark in found for text in pieces_quoted(remark.finding)]
    lines = [tag("p", _quoted(line, quotes)) for line in section.text.split("\n") if line]
    return tag("section", title, *lines, id=marks.anchor(where), class_=marks.severity(where))


def _quoted(line: str, quotes: Sequence[str]) -> Markup:
    """A paragraph with the words marked that findings quote from it."""
    for number, quote in enumerate(quotes):
        before, found, after = line.partition(quote) if quote else (line, "", "")
        if found:
            rest = quotes[number + 1 :]
            return join(_quoted(before, rest), tag("mark", found), _quoted(after, rest))
    return join(line)


def _missing(id_: str, label: str, marks: Marks) -> Markup:
    where = f"section.{id_}"
    title = tag("h3", label, marks.links(where))
    words = tag("p", MISSING.said(marks.language))
    return tag("section", title, words, id=marks.anchor(where), class_="missing")
