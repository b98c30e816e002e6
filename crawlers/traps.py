"""Addresses that lead in circles: calendars, session ids, paths that grow. Pure functions."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# The longest address of a report seen has 180 characters.
LONGEST_URL = 1000
# Reports stand at most 9 folders deep (广东 `/gkmlpt/content/...`, UUID trees).
MOST_FOLDERS = 14
# A folder that repeats three times is a relative link that was resolved again and again.
MOST_REPEATS = 3
CALENDAR = re.compile(r"(?i)^(calendar|date|day|month|rili)$")
DAY = re.compile(r"^\d{4}[-/.]?\d{1,2}([-/.]?\d{1,2})?$")
SESSION_PATH = re.compile(r"(?i);(jsessionid|phpsessid|sid)=[^/?#;]*")
SESSION_NAMES = {"jsessionid", "phpsessid", "aspsessionid", "sessionid", "session_id"}


def trap(url: str) -> str | None:
    """Why an address is not followed; null: it is one like others."""
    parts = urlsplit(url)
    if len(url) > LONGEST_URL:
        return f"trap: an address of {len(url)} characters"
    folders = [folder for folder in parts.path.split("/") if folder]
    if len(folders) > MOST_FOLDERS:
        return f"trap: {len(folders)} folders deep"
    if any(folders.count(folder) >= MOST_REPEATS for folder in set(folders)):
        return "trap: a folder repeats in the path"
    if any(CALENDAR.match(name) and DAY.match(value) for name, value in parse_qsl(parts.query)):
        return "trap: a calendar"
    return None


def without_session(url: str) -> str:
    """The address without its session id, which would make every page a new one."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name.lower() not in SESSION_NAMES]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    path = SESSION_PATH.sub("", parts.path)
    return urlunsplit(parts._replace(path=path, query=query))
