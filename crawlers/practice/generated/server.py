"""A generated province on loopback: `with serve_generated(Plan(size=48)) as province: ...`."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
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
from crawlers.practice.listener import Asked, Doorman, Listener
from crawlers.practice.model import PracticeError

MOVED = "/xin"
"""The folder in which a site stands that moved to another one."""
PORT_TRIES = 20
LOGGED = 100_000
"""Requests remembered; older ones are forgotten, so that memory stays flat."""


class Generated:
    """Generated sites being served; made by `serve_generated`.

    `requests` is the log of the last requests to all sites; `registry` the folder of the registry.
    """

    def __init__(self, plan: Plan, registry: Path | None) -> None:
        self.requests: deque[Asked] = deque(maxlen=LOGGED)
        self._sites = {site.id: site for site in sites(plan)}
        self._states = {id_: State() for id_ in self._sites}
        self._doorman = Doorman()
        self._listeners: dict[str, Listener] = {}
        self.plan = replace(plan, port=self._listen(plan.port))
        self._sites = {id_: replace(s, plan=self.plan) for id_, s in self._sites.items()}
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        if registry is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="practice-registry-")
            registry = Path(self._temporary.name)
        self.registry = write_registry(tuple(self._sites.values()), registry)

    def _listen(self, port: int) -> int:
        """Open every site on one port; 0 looks for a port that is free at every address."""
        for _ in range(PORT_TRIES if port == 0 else 1):
            chosen = port
            try:
                for site in self._sites:
                    chosen = self._open(site, chosen)
            except OSError as error:
                self._close_all()
                reason = error
                continue
            return chosen
        raise PracticeError(
            f"port {port} cannot be had on every practice address ({reason}); "
            "stop what uses it, or ask for port 0"
        )

    def _open(self, site: str, port: int) -> int:
        host = self._sites[site].host
        listener = Listener(
            (host, port), lambda asked: self._give(site, asked), self.requests.append
        )
        self._listeners[site] = listener
        self._doorman.watch(listener)
        return listener.server_port

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
        if name == DOWN and (listener := self._listeners.pop(site, None)):
            self._doorman.leave(listener)

    def faults(self, site: str) -> tuple[str, ...]:
        """Names of the faults that are on."""
        return tuple(self._states[self.site(site).id].faults)

    def mend(self, site: str, name: str) -> None:
        """Switch it off again."""
        self._states[self.site(site).id].faults.pop(name, None)
        if name == DOWN and site not in self._listeners:
            self._open(site, self.plan.port)

    def _close_all(self) -> None:
        for listener in self._listeners.values():
            self._doorman.leave(listener)
        self._listeners.clear()

    def close(self) -> None:
        """Stop every site and drop the registry if it was a temporary one."""
        self._close_all()
        self._doorman.stop()
        if self._temporary is not None:
            self._temporary.cleanup()

    def __enter__(self) -> Generated:
        """The province itself; its sites answer already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all."""
        self.close()


def serve_generated(plan: Plan, registry_folder: Path | None = None) -> Generated:
    """Serve a generated province: every site answers when this returns.

    Args:
        plan: how large, from which seed, on which port; port 0 takes a free one.
        registry_folder: where the registry file goes; else a folder that vanishes with the sites.
    """
    return Generated(plan, registry_folder)
