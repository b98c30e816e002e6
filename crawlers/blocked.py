"""Tells a page from what stands in its place: a challenge, an error page, a shell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawlers.text import UTF8, decode_page, text_and_charset
from storage.captures import media_type

# What sites say by status alone; each was reported for gov.cn hosts. 405 is a cloud guard's answer
# to a plain GET, 412 and 521 come with a script that must run in a browser.
BY_STATUS = {
    401: "login",
    403: "waf",
    405: "waf",
    412: "js_challenge",
    429: "rate_limit",
    451: "waf",
    521: "js_challenge",
}
# The largest shells seen have 268 bytes; a list page with one row has over 2,000.
SHELL_BYTES = 600
# A page this short cannot hold a title, a body and a footer (an empty list answered 54 bytes).
EMPTY_BYTES = 60
SCRIPT_CHALLENGE = re.compile(r"\$_ts\b|__jsl_clearance|document\.cookie\s*=|请开启JavaScript")
REDIRECT = re.compile(r"""http-equiv=["']?refresh|location\s*(\.\s*(href|replace)\s*)?[=(]""", re.I)
LOCATION = re.compile(
    r"""location\s*(?:\.\s*(?:href|replace)\s*)?[=(]\s*["']([^"'\s]+)["']""", re.I
)
TITLE = re.compile(r"<title[^>]*>([^<]*)</title", re.I)
OUR_SUBJECT = "信息公开"
ROOT = re.compile(r"/?(index|default)?(\.(s?html?|jsp|aspx|php))?", re.I)
REDIRECTS = {301, 302, 303, 307, 308}
ASCII = bytes(range(128))


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of `blocked.toml`."""

    name: str
    reason: str
    title: re.Pattern[str] | None = None
    text: re.Pattern[str] | None = None
    words: tuple[str, ...] = ()
    any_word: re.Pattern[str] | None = None
    """Finds one of the words without letters and digits; who has `least` words has one of these."""
    least: int = 1
    most_bytes: int | None = None
    even_if_ours: bool = False
    of: str | None = None
    """Only pages claimed to be this are judged: `list`, `report`; null: all."""
    unless: re.Pattern[str] | None = None
    """What a page of this kind cannot hold."""

    def fits(self, text: str, title: str, size: int, chinese: str) -> bool:
        """Whether a page of that size is of this kind; `chinese` is what in it is no ASCII."""
        if self.most_bytes is not None and size > self.most_bytes:
            return False
        if self.unless is not None and self.unless.search(text):
            return False
        if self.title is not None and self.title.fullmatch(title):
            return True
        if self.text is not None and self.text.search(text):
            return True
        if self.any_word is None or self.any_word.search(chinese) is None:
            return False
        return sum(word in text for word in self.words) >= self.least


def blocked_kind(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    url: str | None = None,
    claimed: str | None = None,
) -> str | None:
    """What stands in place of the page; null: a page, or a plain error that its status tells.

    `headers` have lower-case names, `body` has its content encoding undone; `url` is what was asked
    for, `claimed` what the page is taken for (`list`, `report`). Kinds: `js_challenge`,
    `cookie_loop`, `rate_limit`, `login`, `shell`, `empty`, and those of `blocked.toml`. The archive
    adds those that need more than the text (`crawlers.archive`).
    """
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status in REDIRECTS:
        return _cookie_loop(headers, url)
    if status != 200:
        return None
    if not _is_text(headers.get("content-type"), body):
        return None
    return _standing_in(body, claimed)


def shell_target(body: bytes, url: str) -> str | None:
    """Where a shell's script leads, if that is a page of the same host: a plain redirect."""
    found = LOCATION.search(decode_page(body))
    if found is None:
        return None
    target = urljoin(url, found[1])
    same = urlsplit(target).hostname == urlsplit(url).hostname
    return target if same and target != url else None


def is_root(url: str) -> bool:
    """Whether this is the address of a host's home page."""
    parts = urlsplit(url)
    return not parts.query and ROOT.fullmatch(parts.path) is not None


def _cookie_loop(headers: Mapping[str, str], url: str | None) -> str | None:
    """A redirect to itself that hands out a cookie is a test for browsers."""
    target = headers.get("location")
    if url is None or target is None or "set-cookie" not in headers:
        return None
    return "cookie_loop" if urljoin(url, target) == url else None


def _standing_in(body: bytes, claimed: str | None) -> str | None:
    text, charset = text_and_charset(body)
    chinese, size = _chinese(body if charset == UTF8 else text.encode()), len(body)
    ours = OUR_SUBJECT in text
    found = TITLE.search(text)
    title = found[1].strip() if found else ""
    for kind in kinds():
        if kind.of is not None and kind.of != claimed:
            continue
        if (kind.even_if_ours or not ours) and kind.fits(text, title, size, chinese):
            return kind.name
    if size <= SHELL_BYTES and SCRIPT_CHALLENGE.search(text):
        return "js_challenge"
    if size <= SHELL_BYTES and REDIRECT.search(text):
        return "shell"
    return "empty" if size <= EMPTY_BYTES else None


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds that are told by their text, in the order of trying."""
    content = tomllib.loads((Path(__file__).parent / "blocked.toml").read_text("utf-8"))
    return tuple(_kind(row) for row in content["kind"])


def _kind(row: dict[str, Any]) -> Kind:
    for name in ("title", "text", "unless"):
        if name in row:
            row[name] = re.compile(row[name])
    words = tuple(row.get("words", ()))
    chinese = [word for word in words if _chinese(word.encode()) == word]
    if words and len(words) - len(chinese) >= row["least"]:
        raise ValueError(f"{row['name']}: fewer than `least` words may have letters or digits")
    any_word = re.compile("|".join(chinese)) if words else None
    return Kind(**row | {"words": words, "any_word": any_word})


def _chinese(body: bytes) -> str:
    """What is no ASCII in UTF-8: of a page a tenth, and searched in a tenth of the time."""
    return body.translate(None, ASCII).decode()


def _is_text(content_type: str | None, body: bytes) -> bool:
    """Attachments are never judged: their bytes may hold anything."""
    if media_type(body) is not None:
        return False
    if content_type is None:
        return not body or body.lstrip()[:1] == b"<"
    return any(word in content_type.lower() for word in ("html", "text", "xml"))
