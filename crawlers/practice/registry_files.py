"""Registry files of the practice province: the crawler is pointed at it like at any other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crawlers.practice.model import Site
from crawlers.practice.render import list_url


def write_registry(sites: Iterable[Site], folder: Path) -> Path:
    """One `<region>.toml` per region with a `[[column]]` per site; older files are overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    regions: dict[str, list[Site]] = {}
    for site in sites:
        regions.setdefault(site.region, []).append(site)
    for region, members in regions.items():
        head = f"# Practice sites of {region}, served by `nianbao practice serve`.\n"
        text = "\n".join([head, *map(_column, members)])
        (folder / f"{region}.toml").write_text(text, "utf-8")
    return folder


def _column(site: Site) -> str:
    values: dict[str, str | int | None] = {
        "id": site.id,
        "agency": site.agency,
        "level": site.level,
        "division": site.division,
        "family": site.family,
        "list_url": list_url(site),
        "first_year": site.first_year,
        "last_year": site.last_year,
        "reason": site.reason,
    }
    lines = (f"{key} = {_literal(v)}" for key, v in values.items() if v is not None)
    return "\n".join(["[[column]]", *lines, ""])


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'
