"""`nianbao sites`: the registry looked at, checked, and a site looked at before it is crawled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import EXIT_FAILED, Registry, places_here
from pipeline.errors import NianbaoError

if TYPE_CHECKING:
    from crawlers.registry import ReportColumn
    from crawlers.scout.model import Scouted
    from pipeline.commands.places import Places

sites = typer.Typer(
    help="The registry of report columns, and a look at sites.", no_args_is_help=True
)

LegacyTls = Annotated[
    bool,
    typer.Option("--legacy-tls", help="Speak TLS as old servers do, this once: others can read it"),
]


@sites.command("list")
def list_(
    *,
    region: Annotated[
        str | None, typer.Option(help="41_henan, or 41 for all of the province")
    ] = None,
    status: Annotated[str | None, typer.Option(help="unprobed, working, moved, ...")] = None,
    family: Annotated[str | None, typer.Option(help="A CMS family: trs, ucap, ...")] = None,
    level: Annotated[str | None, typer.Option(help="province, county_department, ...")] = None,
    registry: Registry = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
) -> None:
    """List the report columns of the registry. Exit 1 if none is as asked."""
    from pipeline.commands.show import console  # noqa: PLC0415
    from pipeline.commands.sites_shown import columns_table, no_such_column  # noqa: PLC0415

    wanted = {"status": status, "family": family, "level": level}
    every = _columns(places_here(registry))
    columns = [c for c in every if _is_asked_for(c, region, wanted)]
    if not columns:
        raise NianbaoError(no_such_column(every, {"region": region, **wanted}))
    if not jsonl:
        console().print(columns_table(columns))
        return
    for column in columns:
        values = column.model_dump(mode="json", exclude_none=True)
        typer.echo(json.dumps(values, ensure_ascii=False))


@sites.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of registry files; default: packaged")
    ] = None,
) -> None:
    """Check every row of a registry. Exit 1 on problems, each with its file and row."""
    from crawlers.hours import today_in_china  # noqa: PLC0415
    from crawlers.registry import inspect_registry  # noqa: PLC0415
    from pipeline.commands.sites_checked import place_problems  # noqa: PLC0415

    place = places_here(folder).registry
    registry, wrong = inspect_registry(place)
    columns = [column for region in registry.values() for column in region]
    problems = [*map(str, wrong), *place_problems(columns, today_in_china().year)]
    for problem in problems:
        typer.echo(problem)
    typer.echo(
        f"{place}: {len(registry)} regions, {len(columns)} rows read, {len(problems)} problems",
        err=True,
    )
    if problems:
        raise typer.Exit(EXIT_FAILED)


@sites.command()
def probe(
    column: Annotated[str, typer.Argument(help="Id of a column, or the address of a list page")],
    registry: Registry = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="What was seen, as one JSON object.")
    ] = False,
    legacy_tls: LegacyTls = False,
) -> None:
    """Ask for one list page, once, and show what a crawl would follow. Exit 1 if it was not had."""
    from pipeline.commands.scouting import column_asked  # noqa: PLC0415
    from pipeline.commands.scouting import probe as look  # noqa: PLC0415
    from pipeline.commands.show import console  # noqa: PLC0415
    from pipeline.commands.sites_shown import list_table, refusals_said, said_of  # noqa: PLC0415

    places = places_here(registry)
    columns = _columns(places)
    scouted = look(places, column, columns, legacy_tls=legacy_tls)
    row, seen = column_asked(column, columns), scouted.seen
    if seen is None:
        for line in refusals_said(scouted):
            typer.echo(line, err=True)
        _say_standing(scouted, row)
        raise typer.Exit(EXIT_FAILED)
    if jsonl:
        typer.echo(json.dumps(seen.model_dump(mode="json"), ensure_ascii=False))
        return
    if seen.rows:
        console().print(list_table(seen))
    for line in said_of(scouted, seen, columns):
        typer.echo(line)
    _say_standing(scouted, row)


@sites.command()
def discover(
    url: Annotated[str, typer.Argument(help="Address of a site's home page, or of any page of it")],
    pages: Annotated[
        int, typer.Option(min=1, help="Pages to ask for at most; two seconds each")
    ] = 30,
    registry: Registry = None,
    legacy_tls: LegacyTls = False,
) -> None:
    """Walk from a home page to report columns; print registry rows to review. Exit 1 if none."""
    from crawlers.hours import today_in_china  # noqa: PLC0415
    from pipeline.commands.scouting import discover as look  # noqa: PLC0415
    from pipeline.commands.scouting import rows_to_review  # noqa: PLC0415
    from pipeline.commands.show import console  # noqa: PLC0415
    from pipeline.commands.sites_shown import candidates_table, refusals_said  # noqa: PLC0415

    places = places_here(registry)

    def say(page: str) -> None:
        typer.echo(f"  {page}", err=True)

    scouted = look(places, url, pages, say, legacy_tls=legacy_tls)
    for line in refusals_said(scouted):
        typer.echo(line, err=True)
    if scouted.candidates:
        console().print(candidates_table(scouted))
    rows = rows_to_review(scouted, _columns(places), today_in_china())
    for row in rows:
        typer.echo(row)
    if not rows:
        typer.echo(f"no report column found on {scouted.asked} pages from {url}", err=True)
        raise typer.Exit(EXIT_FAILED)


def _say_standing(scouted: Scouted, row: ReportColumn | None) -> None:
    """The lines that a probe is worth in the registry, to be reviewed."""
    from crawlers.hours import today_in_china  # noqa: PLC0415
    from crawlers.scout.drafts import standing  # noqa: PLC0415

    if lines := standing(scouted, today_in_china()):
        place = f"row {row.id} of {row.region}.toml" if row else "the row that is to be written"
        typer.echo(f"\n# for {place}, if you agree:\n{lines}", nl=False)


def _columns(places: Places) -> list[ReportColumn]:
    from crawlers.registry import load_registry  # noqa: PLC0415

    return [column for region in load_registry(places.registry).values() for column in region]


def _is_asked_for(column: ReportColumn, region: str | None, wanted: dict[str, str | None]) -> bool:
    if (
        region is not None
        and region != column.region
        and not column.region.startswith(f"{region}_")
    ):
        return False
    asked: Iterable[tuple[str, str | None]] = wanted.items()
    return all(value in {None, str(getattr(column, name))} for name, value in asked)
