"""Which links of a page may lead to report columns, and what speaks for each: pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from parsel import Selector

from crawlers.addresses import article_of
from crawlers.families.rows import NOT_A_PAGE
from crawlers.scout.model import Candidate
from crawlers.titles import normalised

META = ("SiteName", "SiteDomain", "SiteIDCode")


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    score: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Words:
    accept: int
    doubt: int
    signs: dict[str, _Sign]
    article: int
    ways: tuple[re.Pattern[str], ...]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    names = ("exact", "named", "path", "menu", "year", "another")
    return _Words(
        data["accept"],
        data["doubt"],
        {name: _sign(name, data[name]) for name in names},
        data["article"]["score"],
        tuple(re.compile(pattern) for pattern in data["ways"]["patterns"]),
    )


def _sign(name: str, row: dict[str, Any]) -> _Sign:
    return _Sign(name, row["score"], re.compile(row["pattern"]))


def links_of(html: str, url: str) -> dict[str, str]:
    """Address -> text of every link of a page; of several texts the longest."""
    found: dict[str, str] = {}
    for anchor in Selector(html).css("a[href], area[href]"):
        href = anchor.attrib["href"].strip()
        if not href or href.lower().startswith(NOT_A_PAGE):
            continue
        target = urljoin(url, href)
        keeps_fragment = "gkmlpt" in target  # there it is the number of the column
        address = target if keeps_fragment else urldefrag(target).url
        text = normalised(anchor.attrib.get("title") or anchor.xpath("string(.)").get(default=""))
        if len(text) >= len(found.get(address, "")):
            found[address] = text
    return found


def candidates(html: str, url: str, *, below: bool = False) -> list[Candidate]:
    """Links that may lead to a report column, best first; `below`: the page is one itself."""
    scored = [
        Candidate(url=address, text=text, score=score, evidence=evidence, found_on=url)
        for address, text in links_of(html, url).items()
        for score, evidence in [score_of(text, address, url, below=below)]
        if score >= _words().doubt
    ]
    return sorted(scored, key=lambda candidate: -candidate.score)


def score_of(
    text: str, url: str, found_on: str, *, below: bool = False
) -> tuple[int, tuple[str, ...]]:
    """How much speaks for a link, and what: `exact text +60`, `path zfxxgknb +30`."""
    signs, words = _words().signs, normalised(text)
    found: list[tuple[int, str]] = []
    if signs["exact"].pattern.fullmatch(words):
        found.append((signs["exact"].score, f"text is {words}"))
    elif named := signs["named"].pattern.search(words):
        found.append((signs["named"].score, f"text has {named[0]}"))
    elif below and signs["year"].pattern.search(words):
        found.append((signs["year"].score + signs["named"].score, f"year {words} of a column"))
    place = urlsplit(url).path + "?" + urlsplit(url).query
    if path := signs["path"].pattern.search(place):
        found.append((signs["path"].score, f"address has {path[0].strip('/')}"))
    if signs["menu"].pattern.search(urlsplit(found_on).path):
        found.append((signs["menu"].score, "found in the disclosure pages"))
    if another := signs["another"].pattern.search(words):
        found.append((signs["another"].score, f"text has {another[0]}"))
    if article := article_of(url):
        found.append((_words().article, f"address of an article ({article.dialect})"))
    return sum(n for n, _ in found), tuple(f"{why} {n:+}" for n, why in found)


def is_accepted(score: int) -> bool:
    """Whether a link is a column by its looks; below that its page must name two reports."""
    return score >= _words().accept


def ways(html: str, url: str) -> list[str]:
    """Links towards report columns that are none themselves, the likeliest first."""
    ranked = [
        (rank, address)
        for address, text in links_of(html, url).items()
        for rank in [_rank(text)]
        if rank is not None and article_of(address) is None
    ]
    return [address for _, address in sorted(ranked, key=lambda pair: pair[0])]


def _rank(text: str) -> int | None:
    for rank, pattern in enumerate(_words().ways):
        if pattern.fullmatch(text):
            return rank
    return None


def site_meta(html: str) -> dict[str, str]:
    """The government meta tags that say whose site it is, where they are filled in."""
    page = Selector(html)
    found = {name: page.css(f'meta[name="{name}"]::attr(content)').get(default="") for name in META}
    return {name: value.strip() for name, value in found.items() if value.strip()}
