"""Where a scout goes: to one list, or from a home page towards report columns. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from crawlers.addresses import column_key
from crawlers.blocked import is_root
from crawlers.families import FAMILIES
from crawlers.families.base import Ask
from crawlers.hosts import allow_list, host_of
from crawlers.scout.look import look_at
from crawlers.scout.model import Candidate, Refusal, Scouted, ScoutRequest, SeenList
from crawlers.scout.scoring import candidates, is_accepted, site_meta, ways

HOME_INSTEAD = "blocked:home (the home page came in its place)"


class Walk(Protocol):
    """Asks and answers; the spider does the asking."""

    def begin(self) -> Iterator[Ask]:
        """The first requests."""

    def answered(self, asked: Ask, landed: Ask, text: str) -> Iterator[Ask]:
        """What to ask for next, after a page came; redirects may have led elsewhere."""

    def refused(self, refusal: Refusal) -> Iterator[Ask]:
        """What to ask for next, after a page did not come."""

    def scouted(self, crawl: str, asked: int) -> Scouted:
        """What was seen."""


@dataclass
class Probe:
    """One list page, asked for once."""

    request: ScoutRequest
    seen: SeenList | None = None
    meta: dict[str, str] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def begin(self) -> Iterator[Ask]:
        """The family knows what a column's address asks for."""
        yield FAMILIES[self.request.family].first(self.request.url)

    def answered(self, asked: Ask, landed: Ask, text: str) -> Iterator[Ask]:
        """Nothing further; a list whose address leads to the home page is not there."""
        if is_root(landed.url) and not is_root(asked.url):
            yield from self.refused(Refusal(url=asked.url, why=HOME_INSTEAD, is_gone=True))
            return
        hosts = allow_list((*self.request.hosts, *self.request.links_to))
        self.seen, self.meta = look_at(text, landed, self.request, hosts), site_meta(text)

    def refused(self, refusal: Refusal) -> Iterator[Ask]:
        """Nothing further."""
        self.refusals.append(refusal)
        yield from ()

    def scouted(self, crawl: str, asked: int) -> Scouted:
        """The list, or why it was not had."""
        return Scouted(
            request=self.request,
            crawl=crawl,
            asked=asked,
            seen=self.seen,
            meta=self.meta,
            refusals=tuple(self.refusals),
        )


@dataclass
class Discovery:
    """The way from a home page to report columns of the same host, likeliest links first."""

    request: ScoutRequest
    found: dict[str, Candidate] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    _waiting: list[tuple[int, str]] = field(default_factory=list)
    """Score and address of what was not asked for yet."""
    _asked: set[str] = field(default_factory=set)
    """Column keys of what was asked for."""

    def begin(self) -> Iterator[Ask]:
        """The page that was given."""
        self._asked.add(column_key(self.request.url))
        yield Ask(self.request.url)

    def answered(self, asked: Ask, landed: Ask, text: str) -> Iterator[Ask]:
        """Note what the page links to, then ask for the likeliest page not seen yet."""
        self.meta = self.meta or site_meta(text)
        is_column = self._look(asked, landed, text)
        for candidate in candidates(text, landed.url, below=is_column):
            self._note(candidate)
        for rank, url in enumerate(ways(text, landed.url)):
            self._wait(-rank, url)
        yield from self._next()

    def refused(self, refusal: Refusal) -> Iterator[Ask]:
        """Go on elsewhere."""
        self.refusals.append(refusal)
        yield from self._next()

    def scouted(self, crawl: str, asked: int) -> Scouted:
        """Columns first, then what was only linked to."""
        order = sorted(self.found.values(), key=lambda c: (not c.is_column, -c.score, c.url))
        return Scouted(
            request=self.request,
            crawl=crawl,
            asked=asked,
            candidates=tuple(order),
            meta=self.meta,
            refusals=tuple(self.refusals),
        )

    def _look(self, asked: Ask, landed: Ask, text: str) -> bool:
        """Read a candidate's page as a list; whether it is a column, by its link or its rows."""
        candidate = self.found.get(column_key(asked.url))
        if candidate is None:
            return False
        hosts = allow_list((*self.request.hosts, *self.request.links_to))
        seen = look_at(text, landed, self.request, hosts)
        self.found[column_key(asked.url)] = candidate.model_copy(update={"seen": seen})
        for name, url in seen.columns:
            evidence = (f"column below {candidate.text or candidate.url}",)
            self._note(
                Candidate(
                    url=url,
                    text=name,
                    score=candidate.score,
                    evidence=evidence,
                    found_on=asked.url,
                )
            )
        return is_accepted(candidate.score) or bool(seen.reports)

    def _note(self, candidate: Candidate) -> None:
        key = column_key(candidate.url)
        known = self.found.get(key)
        if known is None:
            self.found[key] = candidate
            self._wait(candidate.score, candidate.url)
        elif known.score < candidate.score:
            self.found[key] = candidate.model_copy(update={"seen": known.seen})

    def _wait(self, score: int, url: str) -> None:
        if host_of(url) in self.request.hosts and column_key(url) not in self._asked:
            self._waiting.append((score, url))

    def _next(self) -> Iterator[Ask]:
        """One page at a time: what the last one said decides which is the likeliest."""
        self._waiting.sort(key=lambda pair: pair[0])
        while self._waiting and len(self._asked) < self.request.most_pages:
            _, url = self._waiting.pop()
            if column_key(url) not in self._asked:
                self._asked.add(column_key(url))
                yield Ask(url)
                return


def walk_of(request: ScoutRequest) -> Walk:
    """The walk that a request asks for."""
    return Probe(request) if request.task == "probe" else Discovery(request)
