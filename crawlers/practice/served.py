"""Sites on loopback addresses of their own, all on one port, with a registry that names them."""

from __future__ import annotations

import tempfile
from abc import abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path

from crawlers.practice.exchange import Answer, Request
from crawlers.practice.listener import Asked, Doorman, Listener
from crawlers.practice.model import PracticeError
from storage.closing import Closing

PORT_TRIES = 20
"""A free port of one address may be taken at another; that so many are is out of the question."""


class Served(Closing):
    """Sites being served until `close`, or to the end of a `with` block."""

    def __init__(self, hosts: Mapping[str, str], port: int, log: Callable[[Asked], None]) -> None:
        """Open every site of `hosts` (id -> address); port 0 takes a free one."""
        self._hosts = dict(hosts)
        self._log = log
        self._listeners: dict[str, Listener] = {}
        self._doorman = Doorman()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.port = self._listen(port)

    @abstractmethod
    def _give(self, site: str, asked: Request) -> Answer:
        """What a site answers."""

    def _registry_folder(self, given: Path | None) -> Path:
        """The folder for the registry; one that vanishes with the sites where none is given."""
        if given is not None:
            return given
        self._temporary = tempfile.TemporaryDirectory(prefix="practice-registry-")
        return Path(self._temporary.name)

    def _listen(self, port: int) -> int:
        """Open every site on one port; 0 looks for a port that is free at every address."""
        for _ in range(PORT_TRIES if port == 0 else 1):
            chosen = port
            try:
                for site in self._hosts:
                    chosen = self._open(site, chosen)
            except OSError as error:
                self._close_all()
                reason = error
                continue
            return chosen
        self._doorman.stop()
        raise PracticeError(
            f"port {port} cannot be had on every practice address ({reason}); "
            "stop what uses it (`make dev` and `nianbao practice serve` do), or name another with "
            "--port"
        )

    def _open(self, site: str, port: int) -> int:
        address = (self._hosts[site], port)
        listener = Listener(address, lambda asked: self._give(site, asked), self._log)
        self._listeners[site] = listener
        self._doorman.watch(listener)
        return listener.server_port

    def _leave(self, site: str) -> None:
        """Refuse connections to the site; twice is the same as once."""
        if listener := self._listeners.pop(site, None):
            self._doorman.leave(listener)

    def _close_all(self) -> None:
        for site in list(self._listeners):
            self._leave(site)

    def close(self) -> None:
        """Stop every site and drop the registry if it was a temporary one."""
        self._close_all()
        self._doorman.stop()
        if self._temporary is not None:
            self._temporary.cleanup()
