"""The registry and what was seen of a site, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from rich.table import Table

from crawlers.addresses import column_key
from crawlers.registry import ReportColumn
from crawlers.scout.model import Scouted, SeenList
from crawlers.summary import VERIFIED
from pipeline.commands.show import plain_table

NO_STYLE, PASSED_OVER = "", "dim"


def no_such_column(columns: Sequence[ReportColumn], wanted: Mapping[str, str | None]) -> str:
    """What was asked for, and what the registry has of it."""
    asked = {name: value for name, value in wanted.items() if value is not None}
    for name, value in asked.items():
        there = sorted({str(getattr(column, name)) for column in columns})
        if not any(each == value or each.startswith(f"{value}_") for each in there):
            return f"no column of {name} {value!r}; there are: {', '.join(there)}"
    said = ", ".join(f"{name} {value}" for name, value in asked.items())
    return f"no column of the registry is all of this: {said}"


def columns_table(columns: Iterable[ReportColumn]) -> Table:
    """A row per column: whose, how read, since when, how it stands."""
    columns = list(columns)
    table = plain_table("column", "agency", "level", "family", "years", "status", "list")
    table.columns[0].min_width = max((len(column.id) for column in columns), default=0)
    for column in columns:
        years = str(column.only_year or f"{column.first_year}-{column.last_year or ''}")
        names = (column.id, column.agency, column.level, column.family)
        table.add_row(*names, years, column.status, column.list_url)
    return table


def list_table(seen: SeenList) -> Table:
    """A row per row of the list, and what a crawl would make of it."""
    table = plain_table("follow", "year", "published", "text", "why not")
    for row in seen.rows:
        follow = "yes" if row.why_not is None else "no"
        years = " ".join(map(str, row.years))
        style = NO_STYLE if row.why_not is None else PASSED_OVER
        cells = (follow, years, row.published or "", row.text, row.why_not or "")
        table.add_row(*cells, style=style)
    return table


def refusals_said(scouted: Scouted) -> Iterator[str]:
    """Why pages were not had, and what to do about it."""
    for refusal in scouted.refusals:
        yield f"{refusal.url}: {refusal.why}"
    parts = urlsplit(scouted.request.url)
    if any(refusal.line for refusal in scouted.refusals):
        yield "To look at it all the same, once: --legacy-tls"
    elif any(refusal.is_gone for refusal in scouted.refusals) and scouted.seen is None:
        home = f"{parts.scheme}://{parts.netloc}/"
        yield f"It is not there any more. Where it may stand now: nianbao sites discover {home}"


def said_of(scouted: Scouted, seen: SeenList, columns: Sequence[ReportColumn]) -> Iterator[str]:
    """The list in a few lines: family, counts, what comes after and below it."""
    known = {column_key(column.list_url): column.id for column in columns}
    yield f"list      {seen.url}"
    yield f"family    {seen.family}, {f'mark of {seen.mark}' if seen.mark else 'no mark found'}"
    if seen.note:
        yield f"          {seen.note}"
    promised = f" of {seen.total} that the site promises" if seen.total is not None else ""
    if scouted.certificate not in {None, VERIFIED}:
        yield f"TLS       the certificate does not verify: {scouted.certificate}"
    yield f"rows      {len(seen.rows)}{promised}, {len(seen.reports)} are reports"
    if seen.is_article:
        yield "          the column is itself the report"
    for url in seen.more:
        yield f"next      {url}"
    for text, url in seen.columns:
        there = known.get(column_key(url))
        yield f"below     {text} {url}{f' ({there})' if there else ''}"


def candidates_table(scouted: Scouted) -> Table:
    """A row per link that may lead to a report column, and what speaks for it; `?`: not asked."""
    table = plain_table("column", "score", "reports", "family", "text", "evidence", "address")
    for candidate in scouted.candidates:
        seen = candidate.seen
        reports = "" if seen is None else str(len(seen.reports))
        style = NO_STYLE if candidate.is_column else PASSED_OVER
        table.add_row(
            "yes" if candidate.is_column else "no" if seen else "?",
            str(candidate.score),
            reports,
            seen.family if seen else "",
            candidate.text,
            "; ".join(candidate.evidence),
            candidate.url,
            style=style,
        )
    return table
