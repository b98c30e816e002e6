"""Files that cannot be read: what they are, and what to do with them instead."""

from __future__ import annotations

from pathlib import Path

from pipeline.commands.checking.words import Words
from storage.media import media_type

MISSING = Words("没有这个文件。请核对路径和文件名。", "no such file: look at its path and name")
TOO_LARGE = Words("文件超过 {limit} 字节。", "larger than {limit} bytes")
OTHER = Words("只能检查 {kinds} 文件。", "not one of {kinds}")
WORD = Words(
    "Word、WPS 文档不能直接检查。请打开文档，另存为网页（*.htm、*.html），再检查另存的文件。",
    "a document of Word or WPS: open it, save it as a web page (*.htm, *.html), check that file",
)
ARCHIVED = Words(
    "单个文件网页（*.mht）不能直接检查。请改存为“筛选过的网页”（*.htm），再检查另存的文件。",
    "a web page in a single file: save it as a filtered web page (*.htm) instead, check that file",
)
PRINTED = Words(
    "PDF、OFD 文件还不能读取。请用原稿另存为网页；没有原稿的，把全文连同表格复制到文本文件"
    "（*.txt），再检查。",
    "PDF and OFD are not read yet: save the original as a web page; without it, copy the whole "
    "text with its tables into a text file (*.txt), check that file",
)
SHEET = Words(
    "电子表格不能检查。请检查年度报告全文，存为网页（*.htm、*.html）或文本文件（*.txt）。",
    "a spreadsheet: check the whole report, saved as a web page (*.htm, *.html) or text (*.txt)",
)

WHAT_TO_DO = {
    **dict.fromkeys(("doc", "docx", "wps", "wpt", "rtf", "odt", "ole2"), WORD),
    **dict.fromkeys(("mht", "mhtml"), ARCHIVED),
    **dict.fromkeys(("pdf", "ofd"), PRINTED),
    **dict.fromkeys(("xls", "xlsx", "et"), SHEET),
}
"""By the suffix of a name without its dot, or by what the bytes are."""


def of_name(path: Path, kinds: str) -> Words:
    """Why a file with such a name is not read; `kinds` are the suffixes of those that are."""
    known = WHAT_TO_DO.get(path.suffix.lower().removeprefix("."))
    return known or OTHER.filled(kinds=kinds)


def of_bytes(body: bytes) -> Words | None:
    """Why a file is not read though it is called a page; None: it may be one."""
    return WHAT_TO_DO.get(media_type(body) or "")


def is_document(path: Path) -> bool:
    """Whether somebody may take the file for a report that is checked with its folder."""
    return path.suffix.lower().removeprefix(".") in WHAT_TO_DO
