"""The whole province on loopback: `with serve() as province: ...`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

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
from crawlers.practice.listener import Asked
from crawlers.practice.model import PracticeError, Site
from crawlers.practice.registry_files import write_registry
from crawlers.practice.render import list_url, report_url
from crawlers.practice.served import Served


class Province(Served):
    """Sites being served; made by `serve`, stopped at the end of its `with` block.

    `requests` is the log of all sites in order of arrival; `registry` the folder of registry files.
    """

    def __init__(
        self, sites: Iterable[Site], port: int, faults: Mapping[str, Faults], registry: Path | None
    ) -> None:
        self._sites = {site.id: site for site in sites}
        self._faults: dict[str, dict[str, Mapping[str, object]]] = {id_: {} for id_ in self._sites}
        self._seen: dict[str, Counter[str]] = {}
        self.requests: list[Asked] = []
        for column, wanted in faults.items():
            check_faults(wanted)
            self._faults[self._known(column)] = dict(wanted)
        hosts = {id_: site.host for id_, site in self._sites.items()}
        super().__init__(hosts, port, self.requests.append)
        self._sites = {id_: replace(s, port=self.port) for id_, s in self._sites.items()}
        for column, wanted in self._faults.items():
            if DOWN in wanted:
                self.stop(column)
        folder = self._registry_folder(registry)
        self.registry = write_registry(self._sites.values(), folder)

    def _known(self, column: str) -> str:
        if column not in self._sites:
            raise PracticeError(
                f"no site {column!r} is served; there are: {', '.join(sorted(self._sites))}"
            )
        return column

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
        self._leave(self._known(column))

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
