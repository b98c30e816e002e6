"""Addresses of lists and articles: written from an agency or a row, and read back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache

from crawlers.practice.generated.model import Agency, Entry

FIRST_CODE = 6_600_000
"""Column numbers of seven digits, as LonSun and Hanweb have them."""

WORDS: Mapping[str, str] = {
    "slug": r"[a-z]+(?P<slug>\d+)",
    "code": r"(?P<code>66\d{5})",
    "branch": r"5f(?P<branch>[0-9a-f]{6})",
    "uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8000-(?P<uuid>\d{12})",
    "credit": r"11\d{6}(?P<credit>\d{8})[0-9X][0-9A-Z]",
    "number": r"(?P<number>\d{8,9})",
    "hex32": r"[0-9a-f]{22}(?P<hex32>[0-9a-f]{10})",
    "hex24": r"[0-9a-f]{14}(?P<hex24>[0-9a-f]{10})",
    "article_uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9000-(?P<article_uuid>\d{12})",
    "year": r"(?P<year>20\d\d)",
    "page": r"(?P<page>\d{1,3})",
    "before": r"(?P<before>\d{1,3})",
    "below": r"(?P<below>\d{1,3})",
}
"""What stands for a word of an address; dates are not read, only compared."""
READERS: Mapping[str, Callable[[str], int]] = {
    "code": lambda text: int(text) - FIRST_CODE,
    "branch": lambda text: int(text, 16),
    "hex32": lambda text: int(text, 16),
    "hex24": lambda text: int(text, 16),
}
OWNERS = ("slug", "code", "branch", "uuid", "credit")
NUMBERS = ("number", "hex32", "hex24", "article_uuid")
WORD = re.compile(r"\\\{(\w+)\\\}")


@cache
def _pattern(address: str) -> re.Pattern[str]:
    plain = re.escape(address)
    return re.compile(WORD.sub(lambda word: WORDS.get(word[1], r"\d+"), plain))


def read_address(address: str, path: str) -> dict[str, int] | None:
    """The numbers that a path of this shape carries; null if it has another shape."""
    found = _pattern(address).fullmatch(path)
    if found is None:
        return None
    return {word: READERS.get(word, int)(text) for word, text in found.groupdict().items()}


def owner_in(numbers: Mapping[str, int]) -> int | None:
    """The number of the agency among those read."""
    return next((numbers[word] for word in OWNERS if word in numbers), None)


def article_in(numbers: Mapping[str, int]) -> int | None:
    """The number of the article among those read."""
    return next((numbers[word] for word in NUMBERS if word in numbers), None)


def agency_words(agency: Agency) -> dict[str, str | int]:
    """The words of an address that name an agency."""
    mark = _digest(f"column {agency.number}")
    return {
        "slug": agency.slug,
        "code": FIRST_CODE + agency.number,
        "branch": f"5f{agency.number:06x}",
        "uuid": f"{mark[:8]}-{mark[8:12]}-4{mark[12:15]}-8000-{agency.number:012}",
        "credit": agency.credit_code,
    }


def entry_words(entry: Entry) -> dict[str, str | int]:
    """The words of an address that name an article and its date."""
    day, mark = entry.published, _digest(f"article {entry.number}")
    return {
        "number": entry.number,
        "year": entry.year,
        "hex32": f"{mark[:22]}{entry.number:010x}",
        "hex24": f"{_seconds(day):08x}{mark[:6]}{entry.number:010x}",
        "article_uuid": f"{mark[:8]}-{mark[8:12]}-4{mark[12:15]}-9000-{entry.number:012}",
        "y": day.year,
        "m": day.month,
        "d": day.day,
        "mm": f"{day:%m}",
        "dd": f"{day:%d}",
        "ym": f"{day:%Y%m}",
        "ymd": f"{day:%Y%m%d}",
    }


def _seconds(day: datetime) -> int:
    return int(day.timestamp())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
