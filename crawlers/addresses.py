"""What an address says by its shape: article or list, its date, and whose second face it is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:s?html?|jhtml|aspx?|jsp|php)$")
"""What a server gives for the folder itself."""
SLASHES = re.compile(r"/{2,}")
ROUTES = ("/", "!")
"""How a fragment begins that names a page of a script and no place on one."""
RECENT = 1_000
"""Addresses remembered: each row of a list page is asked about several times."""
FILES = {"file", "file_dated"}
"""Of the dialects, those of PDF and the like."""
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Article:
    """An address shaped like an article's. `date` is `2025-01-14`, `2025-01` or `2025`."""

    dialect: str
    family: str | None
    """The CMS family that builds such addresses; null where several do."""
    date: str | None = None
    date_means: str | None = None
    """`published`, `created` (later than published after a migration) or `report_year`."""


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    family: str | None
    pattern: re.Pattern[str]
    date: str | None


@dataclass(frozen=True, slots=True)
class _Dialects:
    articles: tuple[_Shape, ...]
    lists: tuple[_Shape, ...]
    twins: tuple[tuple[re.Pattern[str], str], ...]
    dropped: frozenset[str]
    faces: tuple[str, ...]


def article_of(url: str) -> Article | None:
    """What an article's address says; null: it is not shaped like one."""
    places = _places(url)
    if len(places) == 1 and places[0].endswith("/"):
        return None  # a folder, as half of the links of a page are
    for shape in _dialects().articles:
        if found := next(filter(None, map(shape.pattern.search, places)), None):
            date = _date(found.groupdict()) if shape.date else None
            return Article(shape.name, shape.family, date, shape.date if date else None)
    return None


def is_file(url: str) -> bool:
    """Whether an address is a document's that is no page, by its ending."""
    article = article_of(url)
    return article is not None and article.dialect in FILES


def is_list_address(url: str) -> bool:
    """Whether an address is shaped like a column's; articles come first where both would fit."""
    if article_of(url) is not None:
        return False
    return any(s.pattern.search(place) for s in _dialects().lists for place in _places(url))


@lru_cache(maxsize=RECENT)
def main_address(url: str) -> str:
    """The address of the main page that `url` is a second face of; `url` itself where it is none.

    Mobile, printed and session-bound addresses become that of the page that visitors of the site
    get; `./` and `..` are resolved, fragments dropped unless a script finds the page by them.
    """
    parts = urlsplit(url)
    path = SLASHES.sub("/", parts.path) or "/"
    for pattern, main in _dialects().twins:
        path = pattern.sub(main, path)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name not in _dialects().dropped]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    fragment = parts.fragment if parts.fragment.startswith(ROUTES) else ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), _resolved(path), query, fragment))


@lru_cache(maxsize=RECENT)
def page_key(url: str) -> str:
    """Equal for all addresses of one page: scheme, `www.` and `wap.`, index pages do not count.

    A key to compare by, not an address to ask for.
    """
    parts = urlsplit(main_address(url))
    host = (parts.hostname or "").rstrip(".")
    first, _, rest = host.partition(".")
    bare = rest if first in _dialects().faces and "." in rest else host
    port = "" if parts.port in {None, DEFAULT_PORTS.get(parts.scheme)} else f":{parts.port}"
    path = INDEX_PAGE.sub("/", parts.path)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    route = f"#{parts.fragment}" if parts.fragment else ""
    return f"{bare}{port}{path}{'?' if query else ''}{query}{route}"


def column_key(url: str) -> str:
    """`page_key` for list addresses, of which the fragment counts (`annualreport#2629`)."""
    fragment = urldefrag(url).fragment
    return (
        page_key(url)
        if fragment.startswith(ROUTES) or not fragment
        else f"{page_key(url)}#{fragment}"
    )


def _places(url: str) -> tuple[str, ...]:
    """What patterns look at: path and query, then the path alone (`….html?isMobile=true`)."""
    parts = urlsplit(url)
    return (f"{parts.path}?{parts.query}", parts.path) if parts.query else (parts.path,)


def _resolved(path: str) -> str:
    """Without `.` and `..`, as a browser asks for it."""
    return urlsplit(urljoin("http://x/", path)).path


def _date(groups: dict[str, str | None]) -> str | None:
    if ms := groups.get("ms"):
        return datetime.fromtimestamp(int(ms) / 1000, UTC).date().isoformat()
    if seconds := groups.get("s"):
        return datetime.fromtimestamp(int(seconds, 16), UTC).date().isoformat()
    parts = [part for name in "ymd" if (part := groups.get(name))]
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])]) if parts else None


@cache
def _dialects() -> _Dialects:
    data = tomllib.loads(Path(__file__).with_name("dialects.toml").read_text("utf-8"))
    return _Dialects(
        articles=tuple(map(_shape, data["article"])),
        lists=tuple(map(_shape, data["list"])),
        twins=tuple((re.compile(row["pattern"]), row["main"]) for row in data["twin"]),
        dropped=frozenset(data["query"]["dropped"]),
        faces=tuple(data["host"]["faces"]),
    )


def _shape(row: dict[str, Any]) -> _Shape:
    return _Shape(row["name"], row.get("family"), re.compile(row["pattern"]), row.get("date"))
