"""A generated province on loopback: `with serve_generated(Plan(size=48)) as province: ...`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import DOWN, faulty_answer
from crawlers.practice.generated.answers import answer, listed, style_of
from crawlers.practice.generated.faults import check
from crawlers.practice.generated.layouts import article_path, list_path
from crawlers.practice.generated.model import (
    REGION,
    Column,
    Entry,
    GeneratedSite,
    KnownReport,
    Plan,
)
from crawlers.practice.generated.pages import truth_of
from crawlers.practice.generated.sites import column_at, columns, sites, write_registry
from crawlers.practice.generated.state import State
from crawlers.practice.listener import Asked
from crawlers.practice.model import PracticeError
from crawlers.practice.served import Served

MOVED = "/xin"
"""The folder in which a site stands that moved to another one."""
LOGGED = 100_000
"""Requests remembered; older ones are forgotten, so that memory stays flat."""


class Generated(Served):
    """Generated sites being served; made by `serve_generated`.

    `requests` is the log of the last requests to all sites; `registry` the folder of the registry.
    """

    def __init__(self, plan: Plan, registry: Path | None) -> None:
        self.requests: deque[Asked] = deque(maxlen=LOGGED)
        self._sites = {site.id: site for site in sites(plan)}
        self._states = {id_: State() for id_ in self._sites}
        hosts = {id_: site.host for id_, site in self._sites.items()}
        super().__init__(hosts, plan.port, self.requests.append)
        self.plan = replace(plan, port=self.port)
        self._sites = {id_: replace(s, plan=self.plan) for id_, s in self._sites.items()}
        folder = self._registry_folder(registry)
        self.registry = write_registry(tuple(self._sites.values()), folder)

    def _give(self, name: str, asked: Request) -> Answer:
        site, state = self._sites[name], self._states[name]
        to = state.options("moved", "")
        if to is not None:
            return self._redirected(str(to["to"]), asked)
        found = answer(site, self._arrived(asked), state)
        if found.status == 404:
            found = self._moved_here(name, self._arrived(asked)) or found
        return faulty_answer(found, state.faults, asked.target, state.seen)

    def _redirected(self, to: str, asked: Request) -> Answer:
        url = f"{self.site(to).base_url}{MOVED}{asked.target}"
        return Answer(301, "text/html", b"", {"Location": url})

    def _arrived(self, asked: Request) -> Request:
        return replace(asked, target=asked.target.removeprefix(MOVED))

    def _moved_here(self, name: str, asked: Request) -> Answer | None:
        """What another site of the province had, before it moved to this one."""
        for other, state in self._states.items():
            options = state.options("moved", "")
            if options is not None and options["to"] == name:
                found = answer(self._sites[other], asked, state)
                if found.status != 404:
                    return found
        return None

    @property
    def region(self) -> str:
        """The stem of its registry file."""
        return REGION

    @property
    def sites(self) -> tuple[GeneratedSite, ...]:
        """The sites, in the order of their addresses."""
        return tuple(self._sites.values())

    def site(self, name: str) -> GeneratedSite:
        """A site by its id, such as `trs`."""
        if name not in self._sites:
            raise PracticeError(f"no site {name!r}; there are: {', '.join(self._sites)}")
        return self._sites[name]

    def column(self, name: str) -> Column:
        """A column by its id, such as `trs_00002`."""
        layout, _, number = name.rpartition("_")
        for site in self._sites.values():
            if site.layout == layout and number.isdigit():
                column = column_at(site, int(number))
                if column is not None:
                    return column
        raise PracticeError(f"no column {name!r} is served")

    def columns(self) -> Iterator[Column]:
        """Every column, one at a time."""
        return (column for site in self._sites.values() for column in columns(site))

    def entries(self, column: Column) -> Iterator[tuple[str, Entry]]:
        """URL and row of everything that the column's list has now."""
        for entry in listed(column, self._states[column.site.id]).entries:
            yield column.site.base_url + article_path(column, entry), entry

    def truth(self) -> Iterator[KnownReport]:
        """The truth of every report that is served, at its own column, one at a time."""
        return (known for column in self.columns() for known in self.truth_of(column))

    def truth_of(self, column: Column) -> Iterator[KnownReport]:
        """The truth of a column's own reports, as its faults leave them."""
        state = self._states[column.site.id]
        reports = [e for e in listed(column, state).entries if e.is_report and e.href is None]
        if state.is_on("single_article", column.id):
            here = column.site.base_url + list_path(column)
            newest = truth_of(column, reports[0], style_of(column, reports[0], state))
            yield replace(newest, url=here)
            return
        for entry in reports:
            known = truth_of(column, entry, style_of(column, entry, state))
            yield replace(known, url=self._address(known.url, column))

    def _address(self, url: str, column: Column) -> str:
        """Where the page is now: a site that has moved stands at another one."""
        moved = self._states[column.site.id].options("moved", "")
        if moved is None:
            return url
        return f"{self.site(str(moved['to'])).base_url}{MOVED}{urlsplit(url).path}"

    def fault(self, site: str, name: str, **options: object) -> None:
        """Switch a fault of a site on while it runs; it starts counting anew.

        `column="trs_00002"` leaves the site's other columns alone; `FILTERS` has what more an
        answer's fault can be limited to.
        """
        check({name: options})
        state = self._states[self.site(site).id]
        state.faults[name] = options
        state.seen.pop(name, None)
        state.asked.clear()
        if name == DOWN:
            self._leave(site)

    def faults(self, site: str) -> tuple[str, ...]:
        """Names of the faults that are on."""
        return tuple(self._states[self.site(site).id].faults)

    def mend(self, site: str, name: str) -> None:
        """Switch it off again."""
        self._states[self.site(site).id].faults.pop(name, None)
        if name == DOWN and site not in self._listeners:
            self._open(site, self.plan.port)


def serve_generated(plan: Plan, registry_folder: Path | None = None) -> Generated:
    """Serve a generated province: every site answers when this returns.

    Args:
        plan: how large, from which seed, on which port; port 0 takes a free one.
        registry_folder: where the registry file goes; else a folder that vanishes with the sites.
    """
    return Generated(plan, registry_folder)
