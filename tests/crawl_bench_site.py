"""Sites for the crawl benchmark: fast enough that the crawler is what is measured."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

from crawlers.practice.library import load_site
from crawlers.practice.render import render_report
from tests.crawl_town import column, listing, row

YEARS = range(2016, 2026)
HOSTS = 32
REGION = "99_bench"
PAGE_BYTES = 60_000
"""Real report pages have 30-120 KB."""


@dataclass(frozen=True, slots=True)
class Served:
    """What came over the wire so far."""

    requests: Any
    bytes: Any

    def take(self) -> tuple[int, int]:
        """Requests and body bytes since the last time."""
        taken = (self.requests.value, self.bytes.value)
        self.requests.value = self.bytes.value = 0
        return taken


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Sites being served: `columns` columns with a report for each of `YEARS`."""

    registry: Path
    urls: tuple[str, ...]
    served: Served

    @property
    def pages(self) -> int:
        """Lists and reports."""
        return len(self.urls) * (1 + len(YEARS))


def template() -> str:
    """A report page of the practice province, with as much of a menu as real pages have."""
    site = load_site("henan_yjglt")
    page = render_report(site.reports[0], site).decode(site.charset)
    rows = int((PAGE_BYTES - len(page.encode())) / len(menu_row(0).encode()))
    return page.replace("</body>", f"<ul>{''.join(map(menu_row, range(rows)))}</ul></body>")


def menu_row(number: int) -> str:
    """Each with letters of its own: what repeats would cost the archive nothing."""
    name = hashlib.md5(bytes(str(number), "ascii")).hexdigest()
    return f"<li><a href='/zwgk/{name}.html'>政务公开{name[:8]}</a></li>"


class Page(asyncio.Protocol):
    """GET over a kept connection, with ETags."""

    body = ""
    counters: tuple[Synchronized[int], Synchronized[int]]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.waiting = transport, b""

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head, self.waiting = self.waiting[:end], self.waiting[end + 4 :]
            self.answer(head)

    def answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode()
        body = self.page(path)
        tag = f'"{hashlib.md5(path.encode()).hexdigest()}"'
        status = "200 OK" if body else "404 Not Found"
        if body and f"If-None-Match: {tag}".encode() in head:
            status, body = "304 Not Modified", b""
        lines = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nETag: {tag}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.transport.write(lines.encode() + body)
        requests, size = self.counters
        requests.value += 1
        size.value += len(body)

    def page(self, path: str) -> bytes:
        kind, _, name = path.strip("/").partition("/")
        if kind == "list":
            title = "年政府信息公开工作年度报告"
            rows = (row(f"/report/{name}/{y}.html", f"青禾县{name}{y}{title}") for y in YEARS)
            return listing(*rows).encode()
        return (
            self.body.replace("<title>", f"<title>{name}", 1).encode() if kind == "report" else b""
        )


def serve(hosts: list[str], port: int, ready: Any, *counters: Any) -> None:
    """The process of the sites."""
    kind = type("Bound", (Page,), {"body": template(), "counters": counters})

    async def main() -> None:
        await asyncio.get_running_loop().create_server(kind, hosts, port, backlog=256)
        ready.set()
        await asyncio.Event().wait()

    asyncio.run(main())


@contextmanager
def benchmark(folder: Path, columns: int, port: int) -> Iterator[Benchmark]:
    """Serve so many columns on loopback, from a process of its own."""
    hosts = [f"127.81.0.{n + 1}" for n in range(HOSTS)]
    urls = tuple(f"http://{hosts[n % HOSTS]}:{port}/list/{n}" for n in range(columns))
    registry = folder / f"registry{columns}"
    registry.mkdir(parents=True)
    rows = [column(f"c{n}", url, first_year=2016) for n, url in enumerate(urls)]
    (registry / f"{REGION}.toml").write_text("\n".join(rows), "utf-8")
    ready = multiprocessing.Event()
    counters = (multiprocessing.Value("q", 0), multiprocessing.Value("q", 0))
    process = multiprocessing.Process(target=serve, args=(hosts, port, ready, *counters))
    process.start()
    try:
        assert ready.wait(30), "the sites did not come up"
        yield Benchmark(registry, urls, Served(*counters))
    finally:
        process.kill()
        process.join()
