"""Names that resolve to addresses of the inside are refused: a crawl must not reach in there."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred

from crawlers.refused import RefusedError


class InsideAddressError(RefusedError):
    """A public name resolves to a private, loopback, link-local or reserved address."""


def check_address(name: str, address: str) -> str:
    """The address, if it is one of the public internet or was itself asked for by the registry.

    A literal address in a registry row is a decision (the practice province, and hosts that have
    no name); a name that leads inside is an accident or an attack.
    """
    if address != name and not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise InsideAddressError(f"{name} resolves to {address}, which is not a public address")
    return address


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, with the answer looked at before anybody connects to it."""

    def getHostByName(  # noqa: N802 - Twisted's name
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        """The address of a name."""
        found = super().getHostByName(name, timeout)
        found.addCallback(lambda address: check_address(name, str(address)))
        return found
