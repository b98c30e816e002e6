"""What can go wrong with an answer on its way out: `ANSWER_FAULTS`.

Each takes the answer and how often it has struck by now, counted from 1.
"""

from __future__ import annotations

import gzip
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.utils import formatdate
from functools import cache
from pathlib import Path

from crawlers.practice.exchange import Answer

DATA = Path(__file__).parent / "data"
HTML = "text/html; charset=utf-8"
LABELS = ("charset=utf-8", 'charset="utf-8"')
BOMB_BLOCK, BLANKS = bytes(1 << 20), b" " * (1 << 20)


@cache
def shells() -> Mapping[str, Mapping[str, object]]:
    """Kind -> status, body and headers of what stands in place of a page."""
    return tomllib.loads((DATA / "shells.toml").read_text("utf-8"))


def http_500(answer: Answer, nth: int) -> Answer:
    """A server error in place of the page."""
    return replace(answer, status=500, body=b"<html><body>Server Error</body></html>", headers={})


def slow(answer: Answer, nth: int, *, seconds: float = 1.0) -> Answer:
    """The answer comes late."""
    time.sleep(seconds)
    return answer


def slow_drip(answer: Answer, nth: int, *, seconds: float = 0.25) -> Answer:
    """The body comes in forty pieces, with a pause after each."""
    return replace(answer, pause=seconds)


def dropped(answer: Answer, nth: int, *, times: int = 0) -> Answer:
    """The connection breaks in the middle of the body; `times`: and then no more."""
    return answer if times and nth > times else replace(answer, cut=len(answer.body) // 2)


def hung_up(answer: Answer, nth: int, *, times: int = 0) -> Answer:
    """The connection breaks before a word is said."""
    return answer if times and nth > times else replace(answer, cut=-1)


def too_many(answer: Answer, nth: int, *, times: int = 1, seconds: int = 1) -> Answer:
    """429 with Retry-After, so many times; 0: for ever."""
    if times and nth > times:
        return answer
    headers = {"Retry-After": str(seconds)}
    return replace(
        answer, status=429, content_type=HTML, body=b"Too Many Requests", headers=headers
    )


def shell(answer: Answer, nth: int, *, kind: str, times: int = 0) -> Answer:
    """A challenge, a login, an error page, whatever its status; kinds: `data/shells.toml`."""
    if times and nth > times:
        return answer
    found = shells()[kind]
    headers, body = found.get("headers", {}), str(found["body"])
    assert isinstance(headers, dict)
    body += "<!-- pad -->" * int(str(found.get("pads", 0)))
    status, label = int(str(found["status"])), str(found.get("content_type", HTML))
    return replace(answer, status=status, content_type=label, body=body.encode(), headers=headers)


def rules(answer: Answer, nth: int, *, text: str, status: int = 200, html: bool = False) -> Answer:
    """Another robots.txt; `html`: it calls itself a page, as sites do that know no such file."""
    label = HTML if html else "text/plain"
    return replace(answer, status=status, content_type=label, body=text.encode(), headers={})


def wrong_charset(answer: Answer, nth: int) -> Answer:
    """Bytes in GB18030, called gb2312 by header and page."""
    if not answer.content_type.startswith("text/html"):
        return answer
    text = answer.body.decode()
    for label in LABELS:
        text = text.replace(label, label.replace("utf-8", "gb2312"))
    body = text.encode("gb18030")
    return replace(answer, content_type="text/html; charset=gb2312", body=body, headers={})


def changing_etag(answer: Answer, nth: int) -> Answer:
    """A validator that is new each time, on bytes that are not."""
    now = formatdate(time.time(), usegmt=True)
    return replace(answer, headers={"ETag": f'"{nth}"', "Last-Modified": now})


def counts_clicks(answer: Answer, nth: int) -> Answer:
    """浏览次数 in the page: other bytes at every request."""
    counter = f"<span>浏览次数：{nth}</span></body>".encode()
    return replace(answer, body=answer.body.replace(b"</body>", counter), headers={})


def gzip_unasked(answer: Answer, nth: int) -> Answer:
    """Compressed, whether the client said that it can read that or not."""
    headers = {**answer.headers, "Content-Encoding": "gzip"}
    return replace(answer, body=gzip.compress(answer.body, mtime=0), headers=headers)


def zip_bomb(answer: Answer, nth: int, *, megabytes: int = 64) -> Answer:
    """A small body that unpacks to a large one."""
    return replace(answer, body=_bomb(megabytes), headers={"Content-Encoding": "gzip"})


@cache
def _bomb(megabytes: int) -> bytes:
    return gzip.compress(BOMB_BLOCK * megabytes, mtime=0)


def huge(answer: Answer, nth: int, *, megabytes: int = 16) -> Answer:
    """A page that goes on for megabytes after its end."""
    return replace(answer, body=answer.body + BLANKS * megabytes)


def redirect(answer: Answer, nth: int, *, to: str, status: int = 302) -> Answer:
    """The way to somewhere else: a private address, a login; "": to itself, with a cookie."""
    headers = {"Location": to, "Set-Cookie": f"seen={nth}"}
    return replace(answer, status=status, body=b"", headers=headers)


def empty_body(answer: Answer, nth: int) -> Answer:
    """200, and nothing."""
    return replace(answer, body=b"", headers={})


def gone(answer: Answer, nth: int, *, status: int = 404) -> Answer:
    """An honest error: the page was there and is not any more."""
    return replace(answer, status=status, body=b"<html><body>404</body></html>", headers={})


ANSWER_FAULTS: dict[str, Callable[..., Answer]] = {
    function.__name__: function
    for function in (
        http_500,
        slow,
        slow_drip,
        dropped,
        hung_up,
        too_many,
        shell,
        rules,
        wrong_charset,
        changing_etag,
        counts_clicks,
        gzip_unasked,
        zip_bomb,
        huge,
        redirect,
        empty_body,
        gone,
    )
}
