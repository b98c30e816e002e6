"""One stored page -> Document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median_low

from lxml.etree import _Element as Element

from pipeline.extract.blocks import copy_blocks, page_blocks
from pipeline.extract.body import body_lines, lines_inside, report_root
from pipeline.extract.carried import carried_article
from pipeline.extract.charset import decode
from pipeline.extract.embedded import embedded_article, embedded_title
from pipeline.extract.fields import INDEX_ROWS, page_fields
from pipeline.extract.furniture import ends_page, fields_in_cells, fields_in_line, is_furniture
from pipeline.extract.grid import is_cut
from pipeline.extract.limits import LIMITS, as_much_as_is_read
from pipeline.extract.lines import Line, page_lines
from pipeline.extract.pinyin import without_readings
from pipeline.extract.plain import is_markdown
from pipeline.extract.radicals import MAY_HOLD, RADICAL, WITHOUT, without_radicals
from pipeline.extract.repeats import ANCHOR, Folded, fold_repeats, only_in
from pipeline.extract.text import tight
from pipeline.extract.tree import body_of, parse_tree
from pipeline.findings import finding
from pipeline.forms.sections import section_of
from pipeline.model import Block, Document, Finding, PageFields, Paragraph, Table

BOLD = re.compile(r"\*\*[^*\n]{1,200}\*\*")

WORDS = re.compile("[一-鿿]{2}")
"""What a page number has not."""

LONGEST_HEAD = 40
"""Blocks above the first heading; below are links to reports of other years, where it is lost."""

LEAST_TOOLS = 3
"""Lines of a toolbar in a text; one may be a line of the report that sounds like one."""


def extract_html(body: bytes) -> Document:
    """An HTML page as served; never fails, what could not be read is a finding."""
    printed, charset, lost = decode(body)
    text, readings = without_readings(printed)
    text, damages = _with_characters(body, text, charset)
    findings = _charset_findings(charset, lost) + _reading_findings(readings) + damages
    tree, is_cut = parse_tree(text)
    page = None if tree is None else next(tree.iterchildren("body"), None)
    if tree is None or page is None:
        return Document(PageFields(), (), 1, charset, (*findings, finding("page_empty", "page")))
    lines, overflows = page_lines(page)
    fields = page_fields(tree, lines)
    root = report_root(lines)
    if root is None and (article := _kept_apart(page, text)) is not None:
        (lines, overflows), root = page_lines(article), article
        fields = _with_title(fields, text)
    elif root is not None and not any(lines_inside([line for line in lines if line.grid], root)):
        lines, overflows = page_lines(page, keep_blanks=True)
    inside = body_lines(lines, root)
    folded = fold_repeats(page_blocks(inside))
    copies = folded.copies if root is None else max(folded.copies, _copies(folded, lines))
    if copies > folded.copies:
        folded = replace(folded, only_in_copies=_elsewhere(folded, lines, inside))
    findings += (
        _cut_findings(is_cut or overflows)
        + _table_findings(inside)
        + _copy_findings(folded, copies)
    )
    return Document(fields, _without_page_end(folded.blocks), copies, charset, findings)


def extract_text(body: bytes) -> Document:
    """A plain text or Markdown copy of a page."""
    printed, charset, lost = decode(body)
    whole, readings = without_readings(printed)
    whole, damages = _with_characters(body, whole, charset)
    text = as_much_as_is_read(whole)
    blocks = copy_blocks(text)
    fields = _text_fields(blocks)
    folded = fold_repeats([block for block in blocks if not _is_furniture(block)])
    findings = _charset_findings(charset, lost) + _reading_findings(readings) + damages
    findings += _cut_findings(len(text) < len(whole))
    findings += _copy_findings(folded, folded.copies)
    findings += _leftovers(text, blocks)
    return Document(fields, _without_page_end(folded.blocks), folded.copies, charset, findings)


def _with_characters(body: bytes, text: str, charset: str) -> tuple[str, tuple[Finding, ...]]:
    """The text without radicals, and a finding where it had some."""
    if charset == WITHOUT or not MAY_HOLD.search(body):
        return text, ()
    if not (sample := RADICAL.search(text)):
        return text, ()
    mended, count = without_radicals(text)
    return mended, (finding("radicals_in_text", "page", count=count, sample=sample[0]),)


def _kept_apart(page: Element, text: str) -> Element | None:
    """The body of an article that the page carries in an element or as a JSON string."""
    if (carried := carried_article(page)) is not None:
        return carried
    article = embedded_article(text)
    return body_of(article) if article else None


def _with_title(fields: PageFields, text: str) -> PageFields:
    title = embedded_title(text)
    return replace(fields, titles=(title, *fields.titles)) if title else fields


def _is_furniture(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_furniture(block.text)


def _copies(folded: Folded, lines: Sequence[Line]) -> int:
    """How often the body's long paragraphs stand on the page, copies in other elements too."""
    printed = Counter(tight(line.text) for line in lines if len(line.text) >= ANCHOR)
    blocks = (b for b in folded.blocks if isinstance(b, Paragraph) and len(b.text) >= ANCHOR)
    long = [tight(block.text) for block in blocks]
    counts = [printed[key] for key in long if len(key) >= ANCHOR]
    return max(median_low(counts), 1) if counts else 1


def _elsewhere(folded: Folded, lines: Sequence[Line], inside: Sequence[Line]) -> tuple[str, ...]:
    """What a copy in another element prints otherwise: between its first and last known line."""
    own = {id(line) for line in inside}
    known = {tight(b.text) for b in folded.blocks if isinstance(b, Paragraph)}
    after = max((n for n, line in enumerate(lines) if id(line) in own), default=0) + 1
    shared = [
        n
        for n, line in enumerate(lines)
        if n >= after and len(line.text) >= ANCHOR and tight(line.text) in known
    ]
    copy = page_blocks(lines[shared[0] : shared[-1] + 1]) if shared else []
    return (*folded.only_in_copies, *only_in(copy, folded.blocks))


def _without_page_end(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Cut the footer: what follows the first page-end line after the last section heading."""
    headings = [n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and section_of(b.text)]
    start = headings[-1] if headings else 0
    for number in range(start, len(blocks)):
        block = blocks[number]
        if isinstance(block, Paragraph) and ends_page(block.text):
            return tuple(blocks[:number])
    return tuple(blocks)


def _text_fields(blocks: Sequence[Block]) -> PageFields:
    """Titles are the lines above the first section heading; an index table may stand there too."""
    found: dict[str, str] = {}
    head: list[str] = []
    for block in blocks[:LONGEST_HEAD]:
        if isinstance(block, Table) and len(block.rows) <= INDEX_ROWS:
            cells = [cell.text for row in block.rows for cell in row]
            found = {**fields_in_cells(cells), **fields_in_line("  ".join(cells)), **found}
            continue
        if not isinstance(block, Paragraph) or section_of(block.text):
            break
        head.append(block.text)
        found = {**fields_in_line(block.text), **found}
    found = {**fields_in_cells(head), **found}  # a label on one line, its value on the next
    if title := found.get("title"):
        head.append(title)
    return PageFields(
        titles=tuple(head),
        published=found.get("published"),
        source=found.get("source"),
        index_number=found.get("index_number"),
        document_number=found.get("document_number"),
    )


def _charset_findings(charset: str, lost: int) -> tuple[Finding, ...]:
    return (finding("characters_lost", "page", count=lost, charset=charset),) if lost else ()


def _reading_findings(count: int) -> tuple[Finding, ...]:
    return (finding("readings_in_text", "page", count=count),) if count else ()


def _cut_findings(is_cut: bool) -> tuple[Finding, ...]:
    return (finding("page_cut", "page", **LIMITS),) if is_cut else ()


def _table_findings(lines: Iterable[Line]) -> tuple[Finding, ...]:
    cut = [line for line in lines if line.table is not None and is_cut(line.table, line.grid)]
    return tuple(finding("table_cut", "page", rows=len(line.grid)) for line in cut)


def _leftovers(text: str, blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """Marks of Markdown in a text that is none, and words of a toolbar: not meant to be there."""
    bold = BOLD.findall(text)
    tools = [
        block.text
        for block in blocks
        if isinstance(block, Paragraph) and _is_furniture(block) and WORDS.search(block.text)
    ]
    found: list[Finding] = []
    if bold and not is_markdown(text):
        found.append(finding("markup_left", "page", count=len(bold), text=bold[0][:30]))
    if len(tools) >= LEAST_TOOLS:
        samples = "、".join(f"“{tool[:12]}”" for tool in dict.fromkeys(tools[:3]))
        found.append(finding("toolbar_in_text", "page", count=len(tools), samples=samples))
    return tuple(found)


def _copy_findings(folded: Folded, copies: int) -> tuple[Finding, ...]:
    notes = (finding("body_repeated", "page", copies=copies),) if copies > 1 else ()
    extra = [text for text in folded.only_in_copies if not (is_furniture(text) or ends_page(text))]
    if not extra:
        return notes
    return (*notes, finding("copies_differ", "page", count=len(extra), text=extra[0][:60]))
