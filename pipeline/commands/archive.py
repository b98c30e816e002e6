"""`nianbao captures`: is the archive whole, its index made again from the files, a page of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import places_here

archive = typer.Typer(
    help="The archive of captures: verify it, rebuild its index, take a page out."
)


@archive.command()
def verify() -> None:
    """Read every record of every WARC file, compare it with the index. Exit 1 on any problem."""
    from storage.captures import CaptureStore  # noqa: PLC0415

    with CaptureStore(places_here().captures) as store:
        problems = store.verify()
    for problem in problems:
        place = problem.warc if problem.offset is None else f"{problem.warc} byte {problem.offset}"
        typer.echo(f"{place}: {problem.what}")
    if problems:
        raise typer.Exit(1)
    typer.echo("every record is whole, every digest is right, index and files agree")


@archive.command()
def rebuild() -> None:
    """Make the index again from the WARC files alone; the old one stays as index.sqlite.old."""
    from storage.captures import rebuild_index  # noqa: PLC0415

    rebuilt = rebuild_index(places_here().captures)
    typer.echo(f"{rebuilt.captures} captures of {rebuilt.crawls} crawls")
    for name in rebuilt.torn:
        typer.echo(f"{name}: ends in the middle of a record; what is whole was taken", err=True)


@archive.command()
def page(
    report: Annotated[str, typer.Argument(help="A report_id; or an agency's name, with a year")],
    year: Annotated[int | None, typer.Argument(help="A report year")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="A file, not stdout.")] = None,
) -> None:
    """Give the page that a report of the warehouse was read from, every byte as it was served."""
    from pipeline.commands.pages import page_of  # noqa: PLC0415

    where, body = page_of(places_here(), report, year)
    if output is None:
        sys.stdout.buffer.write(body)
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise typer.BadParameter(f"{output}: {error.strerror}", param_hint="--output") from error
    typer.echo(f"{output}: {len(body)} bytes, {where.digest}, from {where.url}")
