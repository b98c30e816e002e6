"""The whole province on loopback: `with serve() as province: ...`."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from crawlers.practice.answers import answer
from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import (
    DOWN,
    Faults,
    check_faults,
    faulty_answer,
    faulty_site,
)
from crawlers.practice.library import load_sites
from crawlers.practice.listener import Asked, Doorman, Listener
from crawlers.practice.model import PracticeError, Site
from crawlers.practice.registry_files import write_registry
from crawlers.practice.render import list_url, report_url

PORT_TRIES = 20
"""A free port of one address may be taken at another; that so many are is out of the question."""


class Province:
    """Sites being served; made by `serve`, stopped at the end of its `with` block.

    `requests` is the log of all sites in order of arrival; `registry` the folder of registry files.
    """

    def __init__(
        self, sites: Iterable[Site], port: int, faults: Mapping[str, Faults], registry: Path | None
    ) -> None:
        self._sites = {site.id: site for site in sites}
        self._faults: dict[str, dict[str, Mapping[str, object]]] = {id_: {} for id_ in self._sites}
        self._listeners: dict[str, Listener] = {}
        self._doorman = Doorman()
        self._seen: dict[str, Counter[str]] = {}
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.requests: list[Asked] = []
        for column, wanted in faults.items():
            check_faults(wanted)
            self._faults[self._known(column)] = dict(wanted)
        self.port = self._listen(port)
        self._sites = {id_: replace(s, port=self.port) for id_, s in self._sites.items()}
        for column, wanted in self._faults.items():
            if DOWN in wanted:
                self.stop(column)
        if registry is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="practice-registry-")
            registry = Path(self._temporary.name)
        self.registry = write_registry(self._sites.values(), registry)

    def _known(self, column: str) -> str:
        if column not in self._sites:
            raise PracticeError(
                f"no site {column!r} is served; there are: {', '.join(sorted(self._sites))}"
            )
        return column

    def _listen(self, port: int) -> int:
        """Open every site on one port; 0 looks for a port that is free at every address."""
        for _ in range(PORT_TRIES if port == 0 else 1):
            chosen = port
            try:
                for column in self._sites:
                    chosen = self._open(column, chosen)
            except OSError as error:
                self._close_all()
                reason = error
                continue
            return chosen
        raise PracticeError(
            f"port {port} cannot be had on every practice address ({reason}); "
            "stop what uses it, or ask for port 0"
        )

    def _open(self, column: str, port: int) -> int:
        host = self._sites[column].host
        listener = Listener((host, port), lambda asked: self._give(column, asked), self._log)
        self._listeners[column] = listener
        self._doorman.watch(listener)
        return listener.server_port

    def _log(self, asked: Asked) -> None:
        self.requests.append(asked)

    def _give(self, column: str, asked: Request) -> Answer:
        faults = dict(self._faults[column])
        seen = self._seen.setdefault(column, Counter())
        given = answer(self.site(column), asked.target)
        return faulty_answer(given, faults, asked.target, seen)

    @property
    def columns(self) -> tuple[str, ...]:
        """Ids of the sites, regions in order."""
        return tuple(self._sites)

    def site(self, column: str) -> Site:
        """A site as it is served now, its data faults included."""
        return faulty_site(self._sites[self._known(column)], self._faults[column])

    def url(self, column: str) -> str:
        """The first list page of a column."""
        return list_url(self._sites[self._known(column)])

    def report_url(self, column: str, year: int) -> str:
        """A report's own page."""
        return report_url(self._sites[self._known(column)], year)

    def stop(self, column: str) -> None:
        """The site refuses connections until `start`; stopping twice is the same as once."""
        if listener := self._listeners.pop(self._known(column), None):
            self._doorman.leave(listener)

    def start(self, column: str) -> None:
        """The site answers again, at the same address and port."""
        if self._known(column) not in self._listeners:
            self._open(column, self.port)

    def fault(self, column: str, name: str, **options: object) -> None:
        """Switch a fault on while the sites run."""
        check_faults({name: options})
        self._faults[self._known(column)][name] = options
        if name == DOWN:
            self.stop(column)

    def faults(self, column: str) -> tuple[str, ...]:
        """Names of the faults that are on."""
        return tuple(self._faults[self._known(column)])

    def mend(self, column: str, name: str) -> None:
        """Switch a fault off again."""
        self._faults[self._known(column)].pop(name, None)
        if name == DOWN:
            self.start(column)

    def _close_all(self) -> None:
        for column in list(self._listeners):
            self.stop(column)

    def close(self) -> None:
        """Stop every site and drop the registry if it was a temporary one."""
        self._close_all()
        self._doorman.stop()
        if self._temporary is not None:
            self._temporary.cleanup()

    def __enter__(self) -> Province:
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


def serve(
    port: int = 0,
    regions: Iterable[str] | None = None,
    faults: Mapping[str, Faults] | None = None,
    registry_folder: Path | None = None,
) -> Province:
    """Serve the province: every site answers when this returns.

    Args:
        port: one for all addresses; 0 takes a free one.
        regions: registry file stems such as `41_henan`; all if not given.
        faults: column -> fault -> options: `{"yunjiang_sgj": {"slow": {"seconds": 2}}}`.
        registry_folder: where registry files go; else a folder that vanishes with the province.
    """
    wanted = None if regions is None else set(regions)
    sites = [site for site in load_sites() if wanted is None or site.region in wanted]
    if not sites:
        known = ", ".join(sorted({site.region for site in load_sites()}))
        raise PracticeError(f"no practice region among {sorted(wanted or ())}; there are: {known}")
    return Province(sites, port, faults or {}, registry_folder)
