"""`nianbao agencies`: whose reports there are, and the names that nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import places_here
from pipeline.errors import NianbaoError

if TYPE_CHECKING:
    from storage.warehouse.series import AgencySeries

agencies = typer.Typer(help="Agencies through their names, and names to look at.")


@agencies.command("list")
def list_(
    name: Annotated[str | None, typer.Option(help="Part of a name, or an id")] = None,
) -> None:
    """List agencies with their names and the years of their reports. Exit 1 if there is none."""
    from pipeline.commands.show import console, plain_table  # noqa: PLC0415

    found = _series(name, unreviewed=False)
    if not found:
        raise NianbaoError("the warehouse has no such agency: `nianbao status` says what it holds")
    table = plain_table("agency", "names and report years", "")
    for each in found:
        names = (f"{n} {_years(years)}" for n, years in each.years.items())
        table.add_row(each.id, "；".join(names), "" if each.reviewed else "to review")
    console().print(table)


@agencies.command()
def review() -> None:
    """Print a row of decision for each name that no list knows, to be completed by a person."""
    found = _series(None, unreviewed=True)
    for line in review_rows(found, date.today()):  # noqa: DTZ011 - a day on a person's desk
        typer.echo(line)
    count = len(found)
    typer.echo(f"{count} to review; put completed rows into $NIANBAO_AGENCIES", err=True)


def review_rows(found: Iterable[AgencySeries], today: date) -> Iterable[str]:
    """TOML: what is known of each agency, and what a person has to say."""
    for each in found:
        for name, years in each.years.items():
            yield f"# {each.url or 'no current report'}"
            yield "[[agency]]"
            yield f'# id = "{each.id}"  # another agency\'s id where this is one of its names'
            yield f'name = "{name}"'
            yield f'division = "{each.division or ""}"'
            yield 'level = ""'
            yield f"# report years {_years(years)}"
            yield 'reason = ""'
            yield f"decided = {today}"
            yield ""


def _series(name: str | None, *, unreviewed: bool) -> list[AgencySeries]:
    from storage.warehouse.engine import warehouse_at  # noqa: PLC0415
    from storage.warehouse.series import series  # noqa: PLC0415

    with warehouse_at(places_here().warehouse) as engine:
        return series(engine, name, unreviewed=unreviewed)


def _years(years: tuple[int, ...]) -> str:
    return " ".join(map(str, years)) or "-"
