"""The `nianbao` command: declared here, done in `pipeline.commands`.

Modules are imported by the command that needs them: `nianbao read` starts in a fifth of the time
that Dagster alone takes to import.
"""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.agency_review import agencies
from pipeline.commands.archive import archive
from pipeline.commands.options import EXIT_FAILED, Registry, places_here
from pipeline.commands.practice import app as practice
from pipeline.commands.sites import sites
from pipeline.errors import NianbaoError

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.backfill import Backfilled
    from pipeline.commands.places import Cell

app = typer.Typer(
    name="nianbao",
    help="政府信息公开工作年度报告 as data: crawl, read, check, load, export.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(archive, name="captures")
app.add_typer(practice, name="practice")
app.add_typer(sites, name="sites")
app.add_typer(agencies, name="agencies")

EXIT_INTERRUPTED = 130
"""Ended by Ctrl-C: 128 and the number of the signal, as shells have it."""

PRACTICE_PORT = 8741
"""Of the practice province's sites, each on a loopback address of its own."""

UI_PORT = 3000
"""Dagster's own default."""

Files = Annotated[list[Path], typer.Argument(help="Files or folders: .html .htm .txt .md")]
Region = Annotated[str, typer.Option("--region", help="A registry file's name: 41_henan")]
Years = Annotated[str, typer.Option("--year", help="2019, 2019-2022 or 2015,2019-2021")]
Agencies = Annotated[
    list[str] | None, typer.Option("--agency", help="Column id or official name; repeatable")
]
Sample = Annotated[int | None, typer.Option(min=1, help="So many reports of each column")]
Deep = Annotated[bool, typer.Option("--deep", help="Ask for every page, not only for new ones")]
Port = Annotated[int, typer.Option("--port", help="Of the practice sites; keep it between runs")]


class Language(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


class Format(StrEnum):
    """How `nianbao check` shows what it finds."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


@app.command()
def demo(port: Port = PRACTICE_PORT) -> None:
    """Crawl a practice province on this machine and load it. Exit 1 if anything failed."""
    from pipeline.commands.standing import partition_table, partitions  # noqa: PLC0415
    from pipeline.demo import run_demo  # noqa: PLC0415

    places = places_here()
    typer.echo(f"A practice province on loopback, crawled into {places.data}", err=True)
    result = run_demo(places, port)
    _report_runs(result)
    _print(partition_table(partitions(places)))
    changed = result.changed_rows
    typer.echo(f"{changed} rows changed" if changed else "No row changed: all of it was loaded.")
    typer.echo(_next_steps(places.data))


@app.command()
def dev(
    port: Port = PRACTICE_PORT,
    ui_port: Annotated[int, typer.Option()] = UI_PORT,
    registry: Annotated[
        Path | None, typer.Option(help="Of real sites, in place of the practice province")
    ] = None,
) -> None:
    """Open the Dagster UI on the practice province, or on a registry; Ctrl-C ends it."""
    from pipeline.demo import run_dev, run_ui  # noqa: PLC0415

    typer.echo(f"Dagster UI: http://127.0.0.1:{ui_port}", err=True)
    places = places_here(registry)
    raise typer.Exit(run_ui(places, ui_port) if registry else run_dev(places, port, ui_port))


@app.command()
def crawl(
    *,
    region: Region,
    year: Years,
    registry: Registry = None,
    agency: Agencies = None,
    sample: Sample = None,
    deep: Deep = False,
) -> None:
    """Crawl a region's sites for some report years. Exit 1 if a site or page was not had."""
    from crawlers.hours import today_in_china  # noqa: PLC0415
    from pipeline.commands.crawling import (  # noqa: PLC0415
        Narrowing,
        check_years,
        crawl_region,
        parse_years,
        said_of,
        summary_table,
    )

    places, years = places_here(registry), parse_years(year)
    check_years(years, today_in_china().year)
    summary = crawl_region(places, region, years, Narrowing(agency or (), sample, deep))
    _print(summary_table(summary))
    for line in said_of(summary, places):
        typer.echo(line, err=True)
    if not summary.complete:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def backfill(
    *,
    region: Annotated[list[str] | None, typer.Option(help="Repeatable; default: all")] = None,
    year: Years = "2008-2099",
    registry: Registry = None,
    agency: Agencies = None,
    sample: Sample = None,
    deep: Deep = False,
    read_again: Annotated[bool, typer.Option(help="No crawl: read the kept pages again.")] = False,
) -> None:
    """Run the whole path over regions and years, as Dagster runs. Exit 1 if a run failed."""
    from pipeline.backfill import backfill as run  # noqa: PLC0415
    from pipeline.commands.crawling import parse_years  # noqa: PLC0415
    from pipeline.defs.partitions import closed_years  # noqa: PLC0415
    from pipeline.defs.resources import regions  # noqa: PLC0415

    places = places_here(registry)
    os.environ["NIANBAO_REGISTRY"] = str(places.registry)
    years = [y for y in parse_years(year) if y in closed_years()]
    if not years:
        first, *_, last = closed_years()
        raise NianbaoError(f"no report year in {year}: there are {first}-{last}")
    narrowing = {"agencies": agency or [], "sample": sample, "deep": deep}
    job, config = ("read_again", None) if read_again else ("nianbao", narrowing)
    try:
        result = run(region or regions(), years, job=job, crawl_config=config)
    except KeyboardInterrupt:
        typer.echo("stopped. What was fetched is kept; the same command goes on there.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    _report_runs(result)


@app.command()
def read(
    files: Files,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
) -> None:
    """Read report pages to the cell. Exit 1 if a file could not be read."""
    from pipeline.commands.files import expand, read_files  # noqa: PLC0415
    from pipeline.commands.show import report_table  # noqa: PLC0415
    from pipeline.jsonl import report_object  # noqa: PLC0415

    failed, reports = False, []
    for result in read_files(expand(files)):
        if result.report is None:
            failed = True
            typer.echo(f"{result.path}: {result.error.en if result.error else ''}", err=True)
        elif jsonl:
            line = json.dumps(report_object(result.report, str(result.path)), ensure_ascii=False)
            typer.echo(line)
        else:
            reports.append((result.path, result.report))
    if reports:
        _print(report_table(reports))
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def check(
    files: Files,
    form: Annotated[Format, typer.Option("--format", help="Of what is found.")] = Format.TEXT,
    language: Annotated[Language, typer.Option("--language", help="Of messages.")] = Language.ZH,
    output: Annotated[Path | None, typer.Option("--output", help="A file, not stdout.")] = None,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", help="The same agency's report of last year.")
    ] = None,
) -> None:
    """Check reports, before or after publication. Exit 1 on errors or an unreadable file."""
    from pipeline.commands.checking.run import check_files, output_problem  # noqa: PLC0415

    if problem := output_problem(output, files):
        raise typer.BadParameter(problem, param_hint="--output")
    standings = check_files(files, form.value, language.value, output, last_year)
    if not all(standing.is_ok for standing in standings):
        raise typer.Exit(EXIT_FAILED)


@app.command()
def status(
    region: Annotated[str | None, typer.Option(help="With --year: agency by agency")] = None,
    year: Annotated[int | None, typer.Option(help="A report year")] = None,
) -> None:
    """Say what the warehouse holds, per region and year, or agency by agency."""
    from pipeline.commands.absent import absent, absent_table  # noqa: PLC0415
    from pipeline.commands.places import Cell  # noqa: PLC0415
    from pipeline.commands.standing import (  # noqa: PLC0415
        agency_table,
        doubts_of,
        partition_table,
        partitions,
        reports_of,
    )

    if region is not None and year is not None:
        cell, places = Cell(region, year), places_here()
        here, lacking = reports_of(places, cell), absent(places, cell)
        if not (here or lacking):
            raise NianbaoError(f"nothing is known of {cell}: nianbao status shows what there is")
        if here:
            _print(agency_table(here))
        for doubt in doubts_of(places, cell):
            typer.echo(f"{doubt.agency} {doubt.place}: {doubt.message_zh}")
        if lacking:
            _print(absent_table(lacking))
        return
    rows = partitions(places_here())
    wanted = [r for r in rows if region in {None, r.region} and year in {None, r.report_year}]
    if not wanted:
        raise NianbaoError("the warehouse holds no such report: run `nianbao demo` or `backfill`")
    _print(partition_table(wanted))


@app.command()
def amendments() -> None:
    """List the figures corrected by hand. Exit 1 if one no longer fits what its page prints."""
    from pipeline.commands.amendments import (  # noqa: PLC0415
        Standing,
        amendment_lines,
    )
    from pipeline.commands.amendments import amendments as known  # noqa: PLC0415

    rows = known(places_here())
    for line in amendment_lines(rows):
        typer.echo(line)
    if any(row.standing is Standing.REFUSED for row in rows):
        raise typer.Exit(EXIT_FAILED)


@app.command()
def doctor() -> None:
    """Look whether everything is here and as it should be. Exit 1 if not."""
    from pipeline.commands.doctor import examine  # noqa: PLC0415

    failed = False
    for seen in examine(places_here()):
        failed = failed or seen.problem is not None
        mark = "✗" if seen.problem else "✓"
        typer.echo(f"{mark} {seen.subject:<12} {seen.seen}")
        if seen.problem:
            typer.echo(f"  {'':<12} {seen.problem}")
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def export(name: Annotated[str, typer.Argument(help="Which export")] = "csv") -> None:
    """Write the warehouse's current reports into files; prints their paths."""
    from pipeline.commands.steps import export as write  # noqa: PLC0415
    from storage.exports import EXPORTS  # noqa: PLC0415

    if name not in EXPORTS:
        raise NianbaoError(f"no export {name!r}; there are {', '.join(EXPORTS)}")
    for path in write(places_here(), name):
        typer.echo(path)


def _print(table: Table) -> None:
    from pipeline.commands.show import console  # noqa: PLC0415

    console().print(table)


def _report_runs(result: Backfilled) -> None:
    """Say what went wrong, and end with 1 if a run failed."""
    for check_ in result.not_passed:
        typer.echo(f"{'!' if check_.fatal else '·'} {check_.name}: {check_.description}", err=True)
    for outcome in result.outcomes:
        for error in outcome.errors:
            typer.echo(error, err=True)
        if not outcome.success:
            typer.echo(_what_is_left(outcome.first, outcome.last), err=True)
    if not result.success:
        raise typer.Exit(EXIT_FAILED)


def _what_is_left(first: Cell, last: Cell) -> str:
    return (
        f"The run of {first} to {last} failed. Pages it has kept stay kept: to read and load them "
        "all the same, run `nianbao backfill --read-again` with the same --region and --year."
    )


def _next_steps(data: Path) -> str:
    command = sys.argv[0] if "/" in sys.argv[0] else "nianbao"
    return f"""
What to do next
  {command} status --region 99_yunjiang --year 2021   agency by agency, with what is doubtful
  {command} captures page 青禾区应急管理局 2021 --output report.html   a page as it was served
  {command} check report.html   what is wrong with it; or with a report of your own
  make dev   the pipeline in the Dagster UI, at http://127.0.0.1:{UI_PORT}
The same as CSV, with its dictionary: {data / "exports" / "csv"}
"""


def main() -> None:
    """Run the command; our own errors are one line for people, never a traceback."""
    try:
        app()
    except NianbaoError as error:
        typer.echo(f"nianbao: {error}", err=True)
        sys.exit(EXIT_FAILED)


if __name__ == "__main__":
    main()
