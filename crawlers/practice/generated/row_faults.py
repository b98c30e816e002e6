"""What can be wrong with a list: `ROW_FAULTS`, each a function of its rows.

`asked` is how many of its pages were given since the site went up: a list may change meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from crawlers.practice.generated.layouts import article_path, twin_paths
from crawlers.practice.generated.model import Column, Entry
from crawlers.practice.generated.rows import correction, number_of, report
from crawlers.practice.generated.sites import column_at, sites

Rows = list[Entry]
LATE_PLACE = 99
"""Number, in place of a year, of a paper that comes while the list is read."""
DAY = timedelta(days=1)


def without(rows: Rows, column: Column, asked: int, *, year: int) -> Rows:
    """The report on a year is not there: not yet, or not any more; its page answers 404."""
    return [entry for entry in rows if not (entry.kind == "report" and entry.year == year)]


def corrected(rows: Rows, column: Column, asked: int, *, year: int) -> Rows:
    """Three figures of a report are other ones, at the same address."""
    return [
        replace(entry, revision=entry.revision + 1)
        if entry.kind == "report" and entry.year == year
        else entry
        for entry in rows
    ]


def corrected_elsewhere(rows: Rows, column: Column, asked: int, *, year: int) -> Rows:
    """The report stands in the list a second time, corrected, at an address of its own."""
    return [*rows, correction(column, year)]


def clone(rows: Rows, column: Column, asked: int, *, host: str = "www.hengchuan.invalid") -> Rows:
    """A row leads to a host that copies reports and alters them; .invalid never resolves."""
    first = report(column, column.site.plan.years[-1])
    number = number_of(column.agency.number, LATE_PLACE, "paper2")
    return [*rows, replace(first, number=number, kind="paper2", href=f"http://{host}/1.html")]


def many_agencies(rows: Rows, column: Column, asked: int) -> Rows:
    """The list names the reports of other agencies too, on this host and on the next site's."""
    site = column.site
    every = sites(site.plan)
    place = next(n for n, other in enumerate(every) if other.id == site.id)
    following = every[(place + 1) % len(every)]
    others = [(site, n) for n in site.agencies if n != column.agency.number]
    found = list(rows)
    for owner, number in [*others, (following, following.agencies[0])]:
        other = column_at(owner, number)
        assert other is not None
        for year in site.plan.years:
            entry = report(other, year)
            url = other.site.base_url + article_path(other, entry)
            found.append(replace(entry, href=url))
    return found


def shifts(rows: Rows, column: Column, asked: int) -> Rows:
    """A row comes in at the top when the first page has been read: the last of it is read twice."""
    return rows if asked < 1 else [_late(rows, column), *rows]


def shrinks(rows: Rows, column: Column, asked: int) -> Rows:
    """The top row goes when the first page has been read: a row of the second is never seen."""
    return rows if asked < 1 else rows[1:]


def _late(rows: Rows, column: Column) -> Entry:
    newest = max(entry.published for entry in rows) + DAY
    number = number_of(column.agency.number, LATE_PLACE, "paper")
    return Entry("paper", 2000 + LATE_PLACE, "本栏目更新说明", newest, number)


def cut_short(rows: Rows, column: Column, asked: int, *, rows_given: int = 8) -> Rows:
    """The list says how many rows there are, and gives fewer."""
    return rows[:rows_given]


def twins(rows: Rows, column: Column, asked: int) -> Rows:
    """Each page stands in the list a second time, by its address for telephones or for print."""
    return [
        *rows,
        *(replace(e, href=path) for e in rows for path in twin_paths(column, e)),
    ]


def session_ids(rows: Rows, column: Column, asked: int) -> Rows:
    """Each visit gets addresses of its own."""
    mark = f";jsessionid={asked:032X}"
    return [replace(entry, mark=mark) for entry in rows]


ROW_FAULTS: dict[str, Callable[..., Rows]] = {
    function.__name__: function
    for function in (
        without,
        corrected,
        corrected_elsewhere,
        clone,
        many_agencies,
        shifts,
        shrinks,
        cut_short,
        twins,
        session_ids,
    )
}
