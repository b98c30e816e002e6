"""Files in, findings out: as text, as JSON or as one page."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Literal, TypeVar

from rich.console import Console
from rich.text import Text

from pipeline.commands.checking.article import article
from pipeline.commands.checking.beside import beside
from pipeline.commands.checking.checked import Checked, Standing, checked
from pipeline.commands.checking.objects import checked_object
from pipeline.commands.checking.page import page
from pipeline.commands.checking.text import (
    file_lines,
    left_out_line,
    summary_line,
    summary_table,
)
from pipeline.commands.checking.words import Language
from pipeline.commands.files import expand, left_out, read_files
from pipeline.commands.show import WIDE, console
from storage.atomic import replacing

T = TypeVar("T")

Format = Literal["text", "json", "html"]


def check_files(
    files: Sequence[Path],
    form: Format,
    language: Language,
    output: Path | None,
    last_year: Path | None = None,
) -> list[Standing]:
    """Check files and folders, show what is found, and say how each file stands.

    Text and JSON appear file by file; `output` is written whole or not at all.
    """
    paths = expand(files)
    standings: list[Standing] = []
    read = beside(read_files(paths), last_year) if last_year else read_files(paths)
    results = _counted(map(checked, read), standings)
    if form == "text":
        _text(results, standings, language, output)
    elif form == "json":
        _json(results, output)
    else:
        articles = [article(result, n, language) for n, result in enumerate(results, 1)]
        _write(page(articles, standings, language), output)
    if form != "text":
        sys.stderr.write(f"{summary_line(standings, language)}\n")
    if others := left_out(files):
        sys.stderr.write(f"{left_out_line(others, language)}\n")
    return standings


def output_problem(output: Path | None, files: Iterable[Path]) -> str | None:
    """Why `output` cannot be written, known before a thousand files are read; None: it can."""
    if output is None:
        return None
    if output.is_dir():
        return f"{output} is a folder: name a file in it"
    if not output.absolute().parent.is_dir():
        return f"there is no folder {output.absolute().parent}"
    if output.exists() and any(p.exists() and output.samefile(p) for p in expand(files)):
        return f"{output} is itself among the files to check and would be lost: name another"
    return None


def _counted(results: Iterable[Checked], standings: list[Standing]) -> Iterator[Checked]:
    """Results unchanged; how they stand is kept, they are not: a folder may hold thousands."""
    for result in results:
        standings.append(result.standing)
        yield result


def _text(
    results: Iterable[Checked],
    standings: list[Standing],
    language: Language,
    output: Path | None,
) -> None:
    drawn = StringIO()
    out = console() if output is None else Console(file=drawn, width=WIDE, highlight=False)
    blocks = ([*file_lines(result, language), Text("")] for result in results)
    for block in blocks if output else _after_the_bar(blocks):
        for line in block:
            out.print(line, soft_wrap=True)
    if len(standings) > 1:
        out.print(summary_table(standings, language))
        out.print(Text(summary_line(standings, language)), soft_wrap=True)
    if output:
        _write(drawn.getvalue(), output)


def _json(results: Iterable[Checked], output: Path | None) -> None:
    lines = (f"{json.dumps(checked_object(r), ensure_ascii=False)}\n" for r in results)
    if output:
        _write("".join(lines), output)
        return
    for line in _after_the_bar(lines):
        sys.stdout.write(line)


def _after_the_bar(items: Iterable[T]) -> Iterable[T]:
    """At a terminal, wait: lines printed through a progress bar leave its remains among them."""
    return list(items) if sys.stdout.isatty() else items


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    with replacing(output) as file:
        file.write(text.encode("utf-8"))
