"""Values that a page's script prints: JSON, or the near-JSON of JavaScript."""

from __future__ import annotations

import json
import re
from typing import Any

BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)\s*:")
SINGLE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")


def json_object(text: str) -> dict[str, Any]:
    """The object that a text is; empty where it is none, or nested deeper than anybody writes."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def literal_after(text: str, mark: re.Pattern[str]) -> dict[str, Any]:
    """The object that begins where `mark` ends; empty where none can be read there."""
    found = mark.search(text)
    return literal_at(text, found.end()) if found else {}


def literal_at(text: str, start: int) -> dict[str, Any]:
    """The object that begins at `start`, quotes and names of keys as JavaScript allows them."""
    literal = text[start : _closing(text, start)]
    return json_object(literal) or json_object(_as_json(literal))


def _as_json(text: str) -> str:
    quoted = SINGLE_QUOTED.sub(lambda found: json.dumps(found[1], ensure_ascii=False), text)
    return BARE_KEY.sub(r'\1"\2":', quoted)


def _closing(text: str, start: int) -> int:
    """Just after the brace that closes the one at `start`; strings are passed over."""
    depth, quote, escaped = 0, "", False
    for place in range(start, len(text)):
        sign = text[place]
        if quote:
            quote = quote if escaped or sign != quote else ""
            escaped = sign == "\\" and not escaped
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign == "{") - (sign == "}")
            if depth == 0:
                return place + 1
    return len(text)
