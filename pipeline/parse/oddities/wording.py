"""Labels and headers of the statutory tables that are not printed as the form has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from pipeline.extract.text import core, squeeze
from pipeline.findings import finding
from pipeline.forms.model import Block
from pipeline.model import NO_TABLE, Finding
from pipeline.parse.oddities.seen import TableSeen
from pipeline.parse.select import ARTICLE, table_labels

HALF_WIDTH = re.compile(r"[(),:;](?:(?=[一-鿿])|(?<=[一-鿿].))")
INNER_BLANK = re.compile(r"[ \u00a0\u3000](?<=[一-鿿].)[ \u00a0\u3000]*[一-鿿]")
"""No line break: source code is wrapped anywhere. Both begin with the rare character: the engine
passes over the rest."""

CORNER = "勾稽关系"

FIRST_COLUMN = core("信息内容")
SPANNING = {
    "t3": ("申请人情况", "法人或其他组织"),
    "t4": ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"),
}
"""Header cells over columns."""

MOST_PIECES = 3
"""Lines of a narrow header cell."""

LIKENESS = 0.4
"""Share of common letters that makes a header cell another wording of the form's:
（万元） for （单位：万元，保留4位小数） leaves 0.6 of the whole."""


def half_width(seen: Sequence[TableSeen]) -> Iterator[Finding]:
    """Half-width punctuation in labels and headers: once for the report."""
    return _habit("punctuation_half_width", seen, HALF_WIDTH)


def inner_blanks(seen: Sequence[TableSeen]) -> Iterator[Finding]:
    """结果 维持: once for the report. A line of text holds several labels, with blanks between."""
    grids = [each for each in seen if all(table.number != NO_TABLE for table in each.tables)]
    return _habit("blanks_in_labels", grids, INNER_BLANK)


def _habit(code: str, seen: Sequence[TableSeen], odd: re.Pattern[str]) -> Iterator[Finding]:
    """One note at the first table that has it, with the first cell that shows it."""
    having = (each for each in seen if odd.search(each.text))
    found = [(each, list(filter(odd.search, each.words))) for each in having]
    if found:
        (first, texts), count = found[0], sum(len(texts) for _, texts in found)
        label = squeeze(texts[0])
        yield finding(code, first.form.id, label=label, count=count)


def brackets_lost(seen: TableSeen) -> Iterator[Finding]:
    """A whole label, or the note in the corner, that lost one of its brackets."""
    labels = table_labels(seen.form.id)
    for text in dict.fromkeys(filter(_is_unpaired, seen.words)):
        is_label = CORNER in text or labels.find(text)
        if is_label and _is_whole(text, labels.exact):
            yield finding("bracket_lost", seen.form.id, label=squeeze(text))


@lru_cache(maxsize=4096)  # the same few hundred texts stand on every page
def _is_unpaired(text: str) -> bool:
    """Whether a bracket of the text has no fellow."""
    return text.count("（") + text.count("(") != text.count("）") + text.count(")")


def _is_whole(text: str, labels: dict[str, str]) -> bool:
    """Whether the label is all there: half of one has half of its brackets."""
    words = core(text)
    return any(words.endswith(key) for key in labels) or words.endswith(core("第四项之和"))


def headers(seen: TableSeen) -> Iterator[Finding]:
    """Header cells that name a column otherwise than the form, or are split over cells."""
    count = len(seen.blocks) if seen.form.id == "t2" else 1
    headed = zip(seen.blocks[:count], seen.headers, strict=False)
    blocks = [block for block, header in headed if not header.is_official]
    above = list(_above(seen)) if len(blocks) > 1 else _above(seen)
    for block in blocks:
        printed = next(words for row, words in above if row is None or row in block.ids)
        yield from _header(seen.form.id, block, printed)


def _header(table: str, block: Block, words: Sequence[str]) -> Iterator[Finding]:
    official = _columns(block)
    over = _over_columns(table)
    printed = [text for text in words if core(text) not in over]
    keys = set(map(core, printed))
    lost = [label for key, label in official.items() if key not in keys]
    if not lost or keys.isdisjoint(official):
        return  # nothing is; or one line of text, lines in disorder: no header cell by cell
    rest = [text for text in printed if core(text) not in official and not _is_other(text)]
    pieces = {label: _pieces(label, printed) for label in lost}
    for label, found in pieces.items():
        if found:
            yield finding("header_split", table, official=label, label=" ".join(found))
    alike = [(_alike(label, rest), label) for label in lost if not pieces[label]]
    pairs = [f"“{squeeze(text)}”（{label}）" for text, label in alike if text]
    if pairs:
        yield finding("header_variant", table, pairs="、".join(pairs))


def _pieces(label: str, printed: Sequence[str]) -> Sequence[str]:
    """Neighbouring cells that make up the label; empty where none do."""
    for start in range(len(printed)):
        for end in range(start + 2, min(start + MOST_PIECES, len(printed)) + 1):
            if core("".join(printed[start:end])) == core(label):
                return printed[start:end]
    return ()


def _alike(label: str, printed: Sequence[str]) -> str | None:
    """The cell that is most like the label; None where none is."""
    scored = [(SequenceMatcher(None, core(text), core(label)).ratio(), text) for text in printed]
    best, text = max(scored, default=(0.0, None))
    return text if best >= LIKENESS else None


def _is_other(text: str) -> bool:
    return CORNER in text or ARTICLE in core(text)


def _above(seen: TableSeen) -> Iterator[tuple[str | None, list[str]]]:
    """Row, and the words between it and the row, or the article, above it; those below the last."""
    if seen.form.id == "t4":
        yield None, _behind_article(seen.words_before_figures)
        return
    labels = table_labels(seen.form.id)
    # 其他 and 总计 head columns of table 三, too.
    columns = _columns(seen.blocks[0]) if seen.form.id == "t3" else {}
    found: list[str] = []
    for text in seen.words:
        match = labels.find(text)
        if match and core(text) not in columns:
            yield match.row, _behind_article(found)
            found = []
        else:
            found.append(text)
    yield None, _behind_article(found)


def _behind_article(words: Sequence[str]) -> list[str]:
    """Those behind the last cell that names an article of the law."""
    found: list[str] = []
    for text in words:
        if ARTICLE in core(text):
            found = []
        else:
            found.append(text)
    return found


@cache
def _over_columns(table: str) -> frozenset[str]:
    """Letters of the header cells that name no column of figures."""
    return frozenset((FIRST_COLUMN, *map(core, SPANNING.get(table, ()))))


def _columns(block: Block) -> dict[str, str]:
    """Letters of a column's label -> the label, of each column."""
    return {core(column.label): column.label for column in block.columns}
