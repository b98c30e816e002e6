"""The practice data: sites and reports from `data/<region>/*.toml`, checked as they are read."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from crawlers.practice.accidents import ACCIDENTS
from crawlers.practice.families import FAMILIES
from crawlers.practice.forms import DATA, cells
from crawlers.practice.model import (
    Entry,
    KnownError,
    Mishap,
    Notice,
    PracticeError,
    PracticeReport,
    Section,
    Site,
)
from crawlers.practice.schema import NoticeData, ProseData, ReportData, SiteData

TABLES = ("t2", "t3", "t4")


@cache
def load_sites() -> tuple[Site, ...]:
    """Every site of the province with its entries, newest first; ports are not known yet."""
    folders = sorted(path.parent for path in DATA.glob("*/sites.toml"))
    return tuple(site for folder in folders for site in _region(folder))


def load_site(column: str) -> Site:
    """The site of a column id."""
    for site in load_sites():
        if site.id == column:
            return site
    known = ", ".join(site.id for site in load_sites())
    raise PracticeError(f"no practice site {column!r}; there are: {known}")


def _region(folder: Path) -> Iterator[Site]:
    rows = [ReportData.model_validate(row) for path in _files(folder) for row in _reports(path)]
    for data in _toml(folder / "sites.toml")["site"]:
        site = SiteData.model_validate(data)
        entries: list[Entry] = [_report(row, site, folder) for row in rows if row.site == site.id]
        entries += [_notice(row, site) for row in site.notice]
        entries.sort(key=lambda entry: entry.published, reverse=True)
        plain = site.model_dump(exclude={"notice"})
        yield Site(**plain, region=folder.name, entries=tuple(entries))


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.toml")) if path.name != "sites.toml"]


def _toml(path: Path) -> dict[str, list[dict[str, object]]]:
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def _reports(path: Path) -> list[dict[str, object]]:
    return _toml(path)["report"]


def _notice(row: NoticeData, site: SiteData) -> Notice:
    path = FAMILIES[site.family].article_path(site.column, row.published, row.number or row.title)
    return Notice(row.title, row.published, row.paragraphs, path, row.href)


def _report(row: ReportData, site: SiteData, folder: Path) -> PracticeReport:
    forms = row.forms or (dict.fromkeys(TABLES, row.form) if row.form else {})
    prose = _filled(row, folder)
    family, key = FAMILIES[site.family], row.number or f"{site.id} {row.report_year}"
    return PracticeReport(
        title=row.title,
        agency=row.agency,
        report_year=row.report_year,
        forms=forms,
        figures=figures_of(row, forms),
        printed=row.printed,
        published=row.published,
        preamble=prose.preamble,
        sections=tuple(Section(part.heading, part.blocks) for part in prose.section),
        closing=prose.closing,
        accidents=tuple(mishap_of(data, row.title) for data in row.accident),
        errors=tuple(KnownError(**data) for data in row.error),
        link_text=row.link_text or row.title,
        index_number=row.index_number,
        source=row.source,
        path=family.article_path(site.column, row.published, key),
    )


def _filled(row: ReportData, folder: Path) -> ProseData:
    """The report's own prose, or the shared prose it names with its facts filled in."""
    if row.prose is None:
        return row
    facts = {"year": str(row.report_year), "next_year": str(row.report_year + 1), **row.facts}
    text = (folder / "prose" / f"{row.prose}.toml").read_text("utf-8")
    return ProseData.model_validate(tomllib.loads(text.format_map(facts)))


def figures_of(row: ReportData, forms: Mapping[str, str]) -> dict[str, Decimal]:
    """Figures by cell id; a cell that the form does not have is a mistake in the data."""
    flat = {
        f"{table}.{line}.{column}": value
        for table, lines in row.figures.items()
        for line, columns in lines.items()
        for column, value in columns.items()
    }
    unknown = (set(flat) | set(row.printed)) - set(cells(forms))
    if unknown:
        raise PracticeError(f"{row.title}: no such cell on its form: {', '.join(sorted(unknown))}")
    return flat


def mishap_of(data: Mapping[str, object], title: str) -> Mishap:
    """An accident whose name and options are known; the message names what is there instead."""
    name = str(data["name"])
    options = {key: value for key, value in data.items() if key != "name"}
    if name not in ACCIDENTS:
        known = ", ".join(sorted(ACCIDENTS))
        raise PracticeError(f"{title}: no accident {name!r}; there are: {known}")
    try:
        inspect.signature(ACCIDENTS[name]).bind(None, **options)
    except TypeError as error:
        raise PracticeError(f"{title}: accident {name}: {error}") from error
    return Mishap(name, options)
