"""Which hosts may be asked: official ones, and this machine for practice."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class AllowList:
    """Hosts by name, and whole domains (`.henan.gov.cn`); everything else is outside."""

    hosts: frozenset[str]
    below: tuple[str, ...] = ()

    def __contains__(self, host: str) -> bool:
        """Whether a host, without port, may be asked."""
        return host in self.hosts or bool(self.below and host.endswith(self.below))


def allow_list(names: Iterable[str]) -> AllowList:
    """Names as registry rows have them: a host, or a domain that begins with a point."""
    given = frozenset(names)
    below = frozenset(name for name in given if name.startswith("."))
    return AllowList(given - below, tuple(sorted(below)))


def host_of(url: str) -> str:
    """The host of an address, without port; empty where there is none."""
    return urlsplit(url).hostname or ""


def is_government(host: str) -> bool:
    """Below `.gov.cn`: clone hosts republish reports with altered text under other names."""
    return host.endswith(".gov.cn")


def is_loopback(host: str) -> bool:
    """An address of this machine, where the practice province lives."""
    address = address_of(host)
    return address is not None and address.is_loopback


def address_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The host as an address; null where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
