"""The files that a report page links to, and its images that may be tables. Pure functions."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from parsel import Selector, SelectorList

# The report seen with most attachments has 6; scanned reports print a page an image, up to 12.
MOST_ATTACHMENTS = 40
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a page links to; `name` is what the page prints, else the file's own name."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Rules:
    """`attachments.toml`."""

    file: re.Pattern[str]
    ends: re.Pattern[bytes]
    """The endings of files, in the bytes of a page in small letters."""
    hints: tuple[bytes, ...]
    bodies: str
    not_a_table: re.Pattern[str]
    least_width: int


def may_have_attachments(body: bytes) -> bool:
    """False: the page has none. Looked for in its bytes, which is much faster than parsing it."""
    rules, small = _rules(), body.lower()
    # From the end: Python does that three times as fast as `in`.
    if any(small.rfind(hint) >= 0 for hint in rules.hints):
        return True
    return rules.ends.search(small) is not None


def attachments(html: str, url: str) -> tuple[Attached, ...]:
    """The attachments of a page in page order, each address once."""
    rules = _rules()
    if html.lstrip().startswith("{"):
        return _in_json(html, url)
    page = Selector(html, type="html")
    body = page.css(rules.bodies) or page.css("body") or page
    links = [_link(anchor, url) for anchor in page.css("a[href]")]
    images = [_image(image, url) for image in body.css("img[src]") if _may_be_table(image, rules)]
    found = [link for link in links if rules.file.search(link.url)] + images
    unique = {one.url: one for one in reversed(found) if _is_web(one.url)}
    return tuple(reversed(unique.values()))[:MOST_ATTACHMENTS]


def _in_json(text: str, url: str) -> tuple[Attached, ...]:
    """Of an article that comes as JSON: in the HTML it holds, and where it names files itself."""
    try:
        strings = list(_strings(json.loads(text)))
    except ValueError:
        return ()
    inside = [one for html in strings if "<" in html for one in attachments(html, url)]
    files = [_attached(s, url, "") for s in strings if "<" not in s and "/" in s]
    named = [one for one in files if _rules().file.search(one.url)]
    return tuple({one.url: one for one in (*inside, *named)}.values())[:MOST_ATTACHMENTS]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _strings(one)


def _link(anchor: Selector, url: str) -> Attached:
    printed = " ".join(_texts(anchor.xpath(".//text()")).split())
    return _attached(anchor.attrib["href"], url, printed or anchor.attrib.get("title", ""))


def _image(image: Selector, url: str) -> Attached:
    return _attached(image.attrib["src"], url, image.attrib.get("alt", "").strip())


def _attached(href: str, url: str, name: str) -> Attached:
    target = urldefrag(urljoin(url, href.strip())).url
    return Attached(target, name or unquote(urlsplit(target).path.rsplit("/", 1)[-1]))


def _texts(found: SelectorList[Selector]) -> str:
    return "".join(found.getall())


def _may_be_table(image: Selector, rules: Rules) -> bool:
    width = NUMBER.match(image.attrib.get("width", ""))
    if width is not None and int(width[0]) < rules.least_width:
        return False
    return not rules.not_a_table.search(image.attrib["src"])


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"}


@cache
def _rules() -> Rules:
    content = tomllib.loads((Path(__file__).parent / "attachments.toml").read_text("utf-8"))
    ends = "|".join(content["extensions"])
    end = rf"\.({ends})(?=$|[?#&\"'\s>])"
    return Rules(
        file=re.compile("|".join([end, *content["endpoints"]]), re.IGNORECASE),
        ends=re.compile(end.encode()),
        hints=tuple(hint.encode() for hint in ["<img", *content["hints"]]),
        bodies=", ".join(content["bodies"]),
        not_a_table=re.compile(content["not_a_table"]),
        least_width=content["least_width"],
    )
