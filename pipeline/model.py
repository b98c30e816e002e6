"""What travels along the path: Capture, Document, Report and their parts. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pipeline.values import value


class CellState(StrEnum):
    """What stands in a cell of a statutory table. Only `REPORTED` carries a value."""

    REPORTED = "reported"
    """A number is printed; a printed 0 is reported."""
    BLANK = "blank"
    """The cell is there and holds nothing but white space."""
    SLASH = "slash"
    """`/` or its full-width form."""
    DASH = "dash"
    """`-`, `—` or another dash standing alone."""
    NONE = "none"
    """无."""
    UNREADABLE = "unreadable"
    """Something is printed, but which number of which column cannot be said."""
    ABSENT = "absent"
    """The table's form has the cell, the page prints no such row or column."""
    NOT_ON_FORM = "not_on_form"
    """Another form of the same table has the cell, the form of this page has not."""


class Severity(StrEnum):
    """How much a finding weighs: an `ERROR` makes a figure doubtful, a `NOTE` explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Scope(StrEnum):
    """Whose disclosure work a report counts."""

    AGENCY = "agency"
    """The reporting agency alone."""
    REGION = "region"
    """All agencies of a government's region, summed up by that government."""


@value
class Finding:
    """Something a reader of the report must know; the page itself is never corrected.

    `where` is a cell id (`t3.granted.total`), a row (`t3.granted`), a table (`t3`), or the part of
    the document that is meant (`title`, `page`, `section.problems`).
    """

    code: str
    severity: Severity
    where: str
    message_zh: str
    message_en: str


NO_TABLE = 0
"""Number of the table that stands for lines of text: real tables count from 1."""


class Place(NamedTuple):
    """Where a figure stands: table, row and column count from 1 on the page as printed.

    `NO_TABLE`: the figures stand in lines of their own, and `row` counts those of the text.
    `line` is the line of the source file where that is known; null in pages served as one line.
    """

    table: int
    row: int
    column: int
    line: int | None = None


class Cell(NamedTuple):
    """One cell of a table as printed; white space at both ends is gone, nothing else is.

    A tuple, because a page has some 500 of them.
    """

    text: str
    row: int
    """From 1, of the grid as a browser draws it."""
    column: int
    """From 1; a cell that spans several columns stands in the first."""
    line: int | None = None
    """Of the source file."""


@value
class Paragraph:
    """A paragraph or heading of the body, one line of text."""

    text: str


@value
class Table:
    """A table of the body as an exact grid; `number` counts from 1 in page order.

    A row holds its own cells only: what a span covers from above or the left is not repeated.
    """

    number: int
    rows: tuple[tuple[Cell, ...], ...]
    gaps: tuple[int, ...] = ()
    """Rows of a text's table that follow an empty line."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image inside the body: in this genre often a table that somebody scanned."""

    source: str
    alt: str


Block = Paragraph | Table | Image


@value
class PageFields:
    """What the page prints about itself, raw and apart; null where it prints nothing."""

    titles: tuple[str, ...] = ()
    """Every candidate: headline, ArticleTitle, 名称, the title element; most specific first."""
    published: str | None = None
    """PubDate of the government meta tags, else the 发布日期 of the index table or info line."""
    source: str | None = None
    """来源 / 发布机构 / ContentSource."""
    index_number: str | None = None
    """索引号."""
    document_number: str | None = None
    """文号."""
    meta: tuple[tuple[str, str], ...] = ()
    """The government meta tags (SiteName, SiteIDCode, ColumnName, ...) in page order."""


@value
class Document:
    """A page freed of its furniture: blocks in page order, each body once."""

    fields: PageFields
    blocks: tuple[Block, ...]
    body_copies: int
    """How often the body stood on the page; the copies after the first are not in `blocks`."""
    charset: str
    """The encoding that decoded the bytes, whatever the label said."""
    findings: tuple[Finding, ...] = ()


@value
class Figure:
    """One cell of a statutory table. `value` is null unless `state` is reported.

    `id` is a code of the field's code list, `<table>.<row>.<column>`. Counts are whole 件 unless
    the indicator's unit says otherwise; money is 万元 as printed, never rounded.
    """

    id: str
    value: Decimal | None
    raw: str | None
    """The text as printed; null where there is no such cell on the page."""
    state: CellState
    place: Place | None
    read_by: str | None = None
    """The strategy that found the cell: `grid`, `sequence`, `runs`; null where none did."""


@dataclass(frozen=True, slots=True)
class LocalFigure:
    """A figure of a row or column that an agency adds to a statutory table; no form has it.

    `id` numbers the added rows of a page, `t2x.<row>.<figure>`, `s14x.<row>.<figure>`, and
    `s08x.<row>.<figure>` where a place has statistics of its own: it says
    where on this page, not what; what it counts is its `label`. An added column of an official row
    has that row's code, `s14x.received.1`.
    """

    id: str
    label: str
    column: str | None
    """Heading of its column; null where the row does not say which column it stands in."""
    unit: str | None
    """As printed; null: none is."""
    value: Decimal | None
    raw: str
    state: CellState
    place: Place


@value
class Section:
    """One of the six statutory sections: its prose without its tables."""

    id: str
    heading: str
    """As printed."""
    text: str
    """Paragraphs joined by line breaks; empty where the section holds a table alone."""


@value
class Fact:
    """A figure stated in the prose. Never mixed with table figures.

    `id` is one of `pipeline/forms/facts.toml`. 未收到 and its like are facts of value 0.
    """

    id: str
    value: Decimal | None
    """Null: the words state the fact without a number; the qualifier is `in_words`."""
    raw: str
    """The figure as printed without its counter, no blanks, digits narrow; else the words."""
    counter: str | None
    """件, 条, 期, ... as printed; `%` for a rate; null: none is printed."""
    qualifier: str
    """`exact`, or the word that blurs the figure: 余, 多, 近, 约, 超, 以上, 左右, ..."""
    scope: str
    """`agency`, `region`, or `reviewing_authority`: cases decided about others."""
    period: str
    """`year` reported on, `prior_year`, `cumulative`, `as_of` a date, `year_start`, `planned`."""
    sentence: str
    """As printed; a sentence torn by a page break is whole again."""
    section: str
    """Id of the section that states it."""
    start: int
    """`start` and `end` cut the clause that holds the figure out of the section's stored text."""
    end: int


@dataclass(frozen=True, slots=True)
class Amendment:
    """A figure corrected by hand: what is printed, what it should be, and why."""

    agency: str
    report_year: int
    cell: str
    printed: str
    """Text of the cell; where something else stands there, the amendment is refused."""
    value: Decimal
    reason: str
    evidence: str
    """Where the right value can be seen."""
    decided_on: date
    digest: str | None = None
    """Beginning of `sha256:<hex>` of the page body; null: every wording that prints the figure."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known about a page before it is read: from the registry row and the list page."""

    agency: str | None = None
    """The agency of the report column, by its full official name."""
    report_year: int | None = None
    """The year that the link text on the list page names."""


class ReportKind(StrEnum):
    """What kind of paper a page is, by what it holds."""

    REPORT = "report"
    """The six sections and three tables of 2019, or what is left of them."""
    BEFORE_2019 = "report_before_2019"
    """A report on a year before 2019: chapters of its own, at most one list of figures."""
    OTHER = "other"
    """A notice, an interpretation, another report: nothing of it is loaded."""


@value
class Report:
    """A page read as an annual report, its findings included."""

    title: str | None
    agency: str | None
    report_year: int | None
    """The year reported on, never the year of publication."""
    scope: Scope
    published_on: date | None
    forms: dict[str, str | None]
    """`t2`, `t3`, `t4` -> the form the table follows; null: the page prints no such table.
    `s14` is there only where the page prints the list of 2014 to 2018."""
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    body_copies: int
    fields: PageFields = field(default_factory=PageFields)
    agency_id: str | None = None
    """The agency through all its names; null: nobody has looked it up."""
    agency_by: str | None = None
    """What decided: `name`, `credit_code`, `succession`; `printed_name`: no list knows it."""
    local: tuple[LocalFigure, ...] = ()
    """Rows and columns that the page adds to the forms."""
    recomputed: dict[str, Decimal] = field(default_factory=dict)
    """Cell -> what the form's sums give for it; never put in the place of the figure."""
    doubts: dict[str, Severity] = field(default_factory=dict)
    """Cell -> the gravest of the errors and warnings that concern it."""
    amended: tuple[Amendment, ...] = ()
    """Cells that were corrected by hand; their figures stay as printed too."""
    kind: ReportKind = ReportKind.REPORT


class CaptureKind(StrEnum):
    """Why a response was kept."""

    LIST = "list"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a report page links to, as it was kept with the page."""

    url: str
    name: str
    """What the page prints for the link, else the file's own name."""
    media: str
    """What its bytes are: pdf, doc, docx, xls, xlsx, ofd, zip, png...; `unknown`: none we know."""
    size: int
    digest: str
    warc: str
    offset: int
    """Where the bytes stand: of a file fetched again, the record that holds them."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One response as an agency site gave it; the index row of a WARC record.

    `fetched_at` is UTC. `digest` is `sha256:<hex>` of the body after transfer and content encoding
    were undone. `report_year` is the claim of the list page's link; null for list pages.
    """

    id: int
    crawl: str
    region: str
    column: str
    kind: CaptureKind
    report_year: int | None
    url: str
    status: int
    content_type: str | None
    fetched_at: datetime
    digest: str
    warc: str
    """Path below the captures folder."""
    offset: int
    is_new: bool
    """False: the bytes equal those of an earlier capture of the URL, kept as a `revisit`."""
    link_text: str | None = None
    vanished_at: datetime | None = None
    """Since then no list names the page, or its site says that it is gone; null: it is there."""
    media: str | None = None
    """What the bytes are where they are a file: `pdf`, `doc`...; null: a page."""
    attachments: tuple[Attachment, ...] = ()
    """The files that this page, with these bytes, links to."""


@dataclass(frozen=True, slots=True)
class CapturedDocument:
    """A document and the capture it was extracted from."""

    capture: Capture
    document: Document


@dataclass(frozen=True, slots=True)
class CapturedReport:
    """A report and the capture it was read from."""

    capture: Capture
    report: Report
