"""One site's HTTP server: HTTP/1.1 with keep-alive and conditional requests."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from crawlers.practice.faults import Answer

IDLE_SECONDS = 20.0
"""A keep-alive connection is dropped after this; Scrapy pools idle ones far longer."""
STOP_POLL_SECONDS = 0.02
BACKLOG = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the site's log has it."""

    time: datetime
    host: str
    method: str
    path: str
    """Path and query."""
    user_agent: str
    status: int


class Listener(ThreadingHTTPServer):
    """Listens from construction on; `stop` also cuts the connections that are open."""

    daemon_threads = True
    request_queue_size = BACKLOG
    allow_reuse_address = True

    def __init__(
        self,
        address: tuple[str, int],
        give: Callable[[str], Answer],
        log: Callable[[Asked], None],
    ) -> None:
        self.give = give
        self.log = log
        self.connections: set[socket.socket] = set()
        super().__init__(address, Handler)
        self._thread = threading.Thread(
            target=self.serve_forever, args=(STOP_POLL_SECONDS,), daemon=True
        )
        self._thread.start()

    def server_bind(self) -> None:
        """Bind without asking a name server who we are, as the base class would."""
        socketserver.TCPServer.server_bind(self)
        host, self.server_port = self.server_address[:2]
        self.server_name = str(host)

    def stop(self) -> None:
        """Refuse connections from now on and close those that are open."""
        self.shutdown()
        self._thread.join()
        self.server_close()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was quicker
                continue


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD of one site."""

    protocol_version = "HTTP/1.1"
    server_version = "practice"
    sys_version = ""
    timeout = IDLE_SECONDS
    wbufsize = -1  # head and body in one packet; else Nagle's algorithm costs 40 ms a page
    server: Listener

    def setup(self) -> None:
        """Remember the connection, so that `stop` can cut it."""
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        """Forget the connection."""
        self.server.connections.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        """Answer a request, with 304 where the client has the page already."""
        answer = self.server.give(self.path)
        if answer.status == 200 and self._has(answer):
            answer = Answer(304, "", b"", answer.headers)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_GET  # noqa: N815

    def _has(self, answer: Answer) -> bool:
        """Whether the client's copy is current; a tag outweighs a date (RFC 9110, 13.2.2)."""
        if tags := self.headers.get("If-None-Match"):
            wanted = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return tags.strip() == "*" or answer.headers.get("ETag") in wanted
        since, changed = self.headers.get("If-Modified-Since"), answer.headers.get("Last-Modified")
        if not since or not changed:
            return False
        try:
            return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
        except ValueError:
            return False

    def send_response(self, code: int, message: str | None = None) -> None:
        """Start the answer and write the request down."""
        super().send_response(code, message)
        agent, host = self.headers.get("User-Agent", ""), str(self.server.server_address[0])
        moment = datetime.now(UTC)
        self.server.log(Asked(moment, host, self.command, self.path, agent, code))

    def log_message(self, *args: object) -> None:
        """Say nothing; `log` has it all."""
