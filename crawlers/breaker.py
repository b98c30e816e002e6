"""A circuit breaker per host: after a challenge, or failures in a row, the host is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field

# How many answers of a kind in a row make a host be left for this crawl. A challenge is meant for
# us: asking on is what gets an address blocked for days. A refusal by status may be about one page
# (an article that was withdrawn), two in a row are not. Failures: answers take 3-15 s on county
# hosts and one in five is lost; five in a row, each retried, mean that nobody is there.
STRIKES = {
    "js_challenge": 1,
    "slider": 1,
    "cookie_loop": 1,
    "rate_limit": 1,
    "parked": 1,
    "hijacked": 1,
    "waf": 2,
    "failure": 5,
}


@dataclass(slots=True)
class Breaker:
    """What the hosts of one crawl have answered lately."""

    left: dict[str, str] = field(default_factory=dict)
    """Host -> why it is left for the rest of the crawl."""
    _row: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Host -> the kind of its last answers, and how many in a row."""

    def good(self, host: str) -> None:
        """A page, or an error that only says that one page is not there."""
        self._row.pop(host, None)

    def bad(self, host: str, kind: str, what: str) -> bool:
        """Count a challenge, a refusal or a failure; true where the host is left because of it.

        `what` tells people what was seen; kinds without strikes say nothing about the host.
        """
        if kind not in STRIKES:
            self.good(host)
            return False
        before, count = self._row.get(host, (kind, 0))
        count = count + 1 if before == kind else 1
        self._row[host] = (kind, count)
        if count < STRIKES[kind] or host in self.left:
            return False
        times = f" {count} times in a row" if count > 1 else ""
        self.left[host] = f"{what}{times}"
        return True
