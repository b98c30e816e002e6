"""Findings as a compiler gives them: file, line, place, what stands there, what should hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os.path import commonpath, relpath
from pathlib import Path

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from pipeline.commands.checking.checked import Checked, Remark, Standing, file_line
from pipeline.commands.checking.spots import RAW_LENGTH
from pipeline.commands.checking.words import SEVERITIES, Language, Words, visible
from pipeline.commands.files import NAMED
from pipeline.commands.show import STYLES, plain_table
from pipeline.model import Severity

MESSAGE_LENGTH = 400
"""Characters of a sentence: a page can put a megabyte into a cell that the sentence quotes."""

PRINTED = Words("印着", "printed")
SHOULD = Words("应当", "should be")
HINT = Words("疑点", "hint")
SAME_HINT = Words("与上一条同源", "same cause as above")
CLEAN = Words("没有发现问题。", "nothing found.")
ADVICE = {
    Severity.ERROR: Words(
        "请先核对错误之处，改正后再发布。",
        "Look into the errors first, and publish when they are mended.",
    ),
    Severity.WARNING: Words(
        "没有发现错误；请核对警告之处。", "No errors; the warnings should be looked into."
    ),
    Severity.NOTE: Words(
        "没有错误和警告；提示仅供参考，数字照常读取。",
        "No errors or warnings; the notes do not touch how the figures are read.",
    ),
}
"""By the gravest finding: severities stand in the order error, warning, note."""

ALL = Words("共 {count} 个文件", "{count} files")
LEFT_OUT = Words(
    "另有 {count} 个文件没有检查：{names}。Word、WPS 文档请先另存为网页（*.htm、*.html）。",
    "{count} other files were not checked: {names}. Save documents as web pages (*.htm) first.",
)
UNREAD = Words("未读", "not read")
PASSED = Words("通过", "passed")
FAILED = Words("有错误", "errors")


def file_lines(result: Checked, language: Language) -> Iterator[Text]:
    """A file's block: a heading, a line and its notes for each finding, the counts."""
    if result.report is None:
        word = SEVERITIES[Severity.ERROR].said(language)
        error = result.error.said(language) if result.error else ""
        yield Text.assemble(f"{result.file}: ", (word, STYLES[Severity.ERROR]), f": {error}")
        return
    standing = result.standing
    yield Text(heading(standing), "bold")
    told: set[int] = set()
    for remark in result.remarks:
        yield _first_line(result, remark, language)
        yield from _notes(remark, told, language)
    yield Text(f"{result.file}: {verdict_line(standing, language)}", "bold")


def verdict_line(standing: Standing, language: Language) -> str:
    """How many findings of which weight, and what is to be done about them."""
    if not any(standing.counts.values()):
        return CLEAN.said(language)
    worst = next(kind for kind, count in standing.counts.items() if count)
    return f"{counts(standing.counts, language)} {ADVICE[worst].said(language)}"


def heading(standing: Standing) -> str:
    """Whose report of which year, as far as the page says."""
    year = str(standing.report_year) if standing.report_year else ""
    said = " ".join(part for part in (visible(standing.agency or "", RAW_LENGTH), year) if part)
    return f"── {standing.file}{f'  {said}' if said else ''}"


def counts(kinds: dict[Severity, int], language: Language) -> str:
    """`3 个错误，1 个警告，0 个提示`."""
    if language == "zh":
        return "，".join(f"{n} 个{SEVERITIES[kind].zh}" for kind, n in kinds.items()) + "。"
    return ", ".join(f"{n} {SEVERITIES[kind].en}{'s' * (n != 1)}" for kind, n in kinds.items())


def _first_line(result: Checked, remark: Remark, language: Language) -> Text:
    finding = remark.finding
    said = finding.message_zh if language == "zh" else finding.message_en
    return Text.assemble(
        f"{file_line(remark, result.file)} ",
        (SEVERITIES[finding.severity].said(language), STYLES[finding.severity]),
        f": {remark.spot.said(language)}: {visible(said, MESSAGE_LENGTH)} ",
        (f"[{finding.code}]", "dim"),
    )


def _notes(remark: Remark, told: set[int], language: Language) -> Iterator[Text]:
    if remark.spot.shown:
        printed = visible(remark.spot.shown.said(language), RAW_LENGTH)
        yield _note(PRINTED, printed, language)
    if remark.formula:
        yield _note(SHOULD, remark.formula.said(language), language)
    if remark.hint:
        again = id(remark.hint) in told
        told.add(id(remark.hint))
        text = SAME_HINT if again else remark.hint.text
        yield _note(HINT, text.said(language), language)


def _note(word: Words, said: str, language: Language) -> Text:
    return Text.assemble("    ", (word.said(language), "cyan"), f": {said}")


def summary_table(standings: Sequence[Standing], language: Language) -> Table:
    """A row per file; for more than one file."""
    words = ("文件 单位 年度 错误 警告 提示 结果", "file agency year errors warnings notes result")
    table = plain_table(*words[language != "zh"].split())
    table.columns[0].overflow = "fold"  # names may differ at their ends alone
    table.columns[0].no_wrap = False
    for name, each in zip(short_names(standings), standings, strict=True):
        year = str(each.report_year) if each.report_year else "-"
        agency = visible(each.agency or "-", RAW_LENGTH)
        numbers = [str(n) if each.is_read else "-" for n in each.counts.values()]
        said = Text(outcome(each).said(language), "" if each.is_ok else STYLES[Severity.ERROR])
        table.add_row(Text(name), Text(agency), year, *numbers, said)
    table.columns[-1].min_width = max(cell_len(w.said(language)) for w in (UNREAD, PASSED, FAILED))
    return table


def short_names(standings: Sequence[Standing]) -> list[str]:
    """The files without the folder that holds them all: a row of the summary has little room."""
    files = [each.file for each in standings]
    folder = commonpath([Path(file).absolute().parent for file in files])
    return [relpath(file, folder) for file in files]


def left_out_line(files: Sequence[Path], language: Language) -> str:
    """The documents of a folder that were not checked."""
    names = ("、" if language == "zh" else ", ").join(visible(path.name) for path in files[:NAMED])
    more = "" if len(files) <= NAMED else " …"
    return LEFT_OUT.filled(count=len(files), names=names + more).said(language)


def outcome(standing: Standing) -> Words:
    """通过 means: read, without errors."""
    if not standing.is_read:
        return UNREAD
    return PASSED if standing.is_ok else FAILED


def summary_line(standings: Sequence[Standing], language: Language) -> str:
    """Files, findings of each severity, and how many files could not be read."""
    totals = {kind: sum(each.counts[kind] for each in standings) for kind in Severity}
    unread = sum(not each.is_read for each in standings)
    files = ALL.said(language).format(count=len(standings))
    said = f"{files}{'：' if language == 'zh' else ': '}{counts(totals, language)}"
    if not unread:
        return said
    return f"{said}{unread} 个文件无法读取。" if language == "zh" else f"{said}, {unread} not read"
