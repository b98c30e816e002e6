"""Requests that our manners do not let out, each with the status its column gets."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawlers.summary import ColumnStatus


class RefusedError(IgnoreRequest):
    """A request that is not made; `status` is what a column becomes whose list it was."""

    status = ColumnStatus.UNREACHED


class OutsideAllowListError(RefusedError):
    """A redirect or link leads to a host that the registry does not name."""


class RobotsRefusedError(RefusedError):
    """robots.txt forbids the page."""

    status = ColumnStatus.ROBOTS


class RobotsUnreachableError(RefusedError):
    """No robots.txt could be had, so nothing may be asked (RFC 9309, 2.3.1.4)."""


class HostLeftError(RefusedError):
    """The host was left: too many failures, or it asked to be left for longer than we wait."""


class HostChallengedError(HostLeftError):
    """The host was left after a challenge or refusals."""

    status = ColumnStatus.BLOCKED


class OutOfHoursError(RefusedError):
    """The host is crawled at other hours only."""

    status = ColumnStatus.OUT_OF_HOURS
