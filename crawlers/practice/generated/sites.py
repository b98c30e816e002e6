"""Which sites a generated province has, and the registry that points at them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crawlers.practice.generated.layouts import layouts, list_path
from crawlers.practice.generated.model import REGION, Column, GeneratedSite, Plan
from crawlers.practice.generated.names import MOST_AGENCIES, agency
from crawlers.practice.model import PracticeError

HOSTS_OF_A_BLOCK = 250


def sites(plan: Plan) -> tuple[GeneratedSite, ...]:
    """The sites, families in turn; agencies are spread evenly over them."""
    if not 0 < plan.size <= MOST_AGENCIES:
        raise PracticeError(
            f"a province of {plan.size} agencies cannot be made; sizes go from 1 to {MOST_AGENCIES}"
        )
    names = plan.layouts or tuple(layouts())
    if unknown := set(names) - set(layouts()):
        raise PracticeError(
            f"no family {', '.join(sorted(unknown))}; there are: {', '.join(layouts())}"
        )
    count = max(min(len(names), plan.size), -(-plan.size // plan.largest_site))
    drawn = [names[number % len(names)] for number in range(count)]
    return tuple(
        _site(number, count, drawn[:number].count(layout), layout, plan)
        for number, layout in enumerate(drawn)
    )


def _site(number: int, count: int, again: int, layout: str, plan: Plan) -> GeneratedSite:
    block, place = divmod(number, HOSTS_OF_A_BLOCK)
    return GeneratedSite(
        id=f"{layout}{again or ''}",
        layout=layout,
        host=f"127.98.{block}.{place + 1}",
        agencies=range(number * plan.size // count, (number + 1) * plan.size // count),
        plan=plan,
    )


def column_at(site: GeneratedSite, number: int | None) -> Column | None:
    """The column of an agency; null if the site has no such agency."""
    if number is None or number not in site.agencies:
        return None
    return Column(f"{site.layout}_{number:05}", site, agency(number))


def columns(site: GeneratedSite) -> Iterator[Column]:
    """The columns of a site, one at a time."""
    return (c for number in site.agencies if (c := column_at(site, number)) is not None)


def write_registry(found: tuple[GeneratedSite, ...], folder: Path, region: str = REGION) -> Path:
    """A registry file with a row per column; it is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{region}.toml").open("w", encoding="utf-8") as file:
        file.write("# Generated practice sites, served by `nianbao practice serve`.\n")
        for site in found:
            file.writelines(_row(column) for column in columns(site))
    return folder


def _row(column: Column) -> str:
    site, agency = column.site, column.agency
    return f"""
[[column]]
id = "{column.id}"
agency = "{agency.name}"
level = "{agency.level}"
division = "{agency.division}"
family = "{layouts()[site.layout].family}"
list_url = "{site.base_url}{list_path(column)}"
first_year = {site.plan.years[0]}
"""
