"""The `nianbao` command: declared here, done in `pipeline.commands`."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import NianbaoError

app = typer.Typer(
    name="nianbao",
    help="政府信息公开工作年度报告 as data: crawl, read, check, load, export.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

EXIT_FAILED = 1
"""Something that was asked for could not be done, or a check found errors."""

Files = Annotated[list[Path], typer.Argument(help="Files or folders: .html .htm .txt .md")]


class Language(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


@app.command()
def read(
    files: Files,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
) -> None:
    """Read report pages to the cell. Exit 1 if a file could not be read."""
    from pipeline.commands.files import expand, read_files  # noqa: PLC0415
    from pipeline.commands.show import console, report_table  # noqa: PLC0415
    from pipeline.jsonl import report_object  # noqa: PLC0415

    failed, reports = False, []
    for result in read_files(expand(files)):
        if result.report is None:
            failed = True
            typer.echo(result.error, err=True)
        elif jsonl:
            line = json.dumps(report_object(result.report, str(result.path)), ensure_ascii=False)
            typer.echo(line)
        else:
            reports.append((result.path, result.report))
    if reports:
        console().print(report_table(reports))
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def check(
    files: Files,
    language: Annotated[Language, typer.Option("--language", help="Of messages.")] = Language.ZH,
) -> None:
    """Check reports, before or after publication. Exit 1 on errors."""
    from pipeline.commands.files import expand, read_files  # noqa: PLC0415
    from pipeline.commands.show import console, finding_line, summary_line  # noqa: PLC0415
    from pipeline.model import Severity  # noqa: PLC0415

    failed, reports, out = False, [], console()
    for result in read_files(expand(files)):
        if result.report is None:
            failed = True
            typer.echo(result.error, err=True)
            continue
        reports.append(result.report)
        for finding in result.report.findings:
            failed = failed or finding.severity is Severity.ERROR
            out.print(finding_line(result.path, finding, language))
    typer.echo(summary_line(reports), err=True)
    if failed:
        raise typer.Exit(EXIT_FAILED)


def main() -> None:
    """Run the command; our own errors are one line for people, never a traceback."""
    try:
        app()
    except NianbaoError as error:
        typer.echo(f"nianbao: {error}", err=True)
        sys.exit(EXIT_FAILED)
