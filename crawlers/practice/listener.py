"""HTTP servers of the sites: HTTP/1.1 with keep-alive and conditional requests."""

from __future__ import annotations

import selectors
import socket
import socketserver
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from crawlers.practice.exchange import Answer, Request

IDLE_SECONDS = 20.0
"""A keep-alive connection is dropped after this; Scrapy pools idle ones far longer."""
POLL_SECONDS = 0.02
PIECES = 40
"""A body that drips comes in so many pieces."""
BACKLOG = 64
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: closing sends a reset."""


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
    """One address: it takes connections once a `Doorman` watches it."""

    daemon_threads = True
    request_queue_size = BACKLOG
    allow_reuse_address = True
    timeout = 0

    def __init__(
        self,
        address: tuple[str, int],
        give: Callable[[Request], Answer],
        log: Callable[[Asked], None],
    ) -> None:
        self.give = give
        self.log = log
        self.connections: set[socket.socket] = set()
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server who we are, as the base class would."""
        socketserver.TCPServer.server_bind(self)
        host, self.server_port = self.server_address[:2]
        self.server_name = str(host)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, as crawlers do on a page that drips, is no error of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def close(self) -> None:
        """Refuse connections from now on and close those that are open."""
        self.server_close()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was quicker
                continue


class Doorman:
    """One thread that takes the connections of any number of listeners."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._lock = threading.Lock()
        self._watched: set[Listener] = set()
        self._open = True
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def watch(self, listener: Listener) -> None:
        """Take its connections from now on."""
        with self._lock:
            self._watched.add(listener)
            self._selector.register(listener, selectors.EVENT_READ, listener)

    def leave(self, listener: Listener) -> None:
        """Take no more of them, and cut those that are open."""
        with self._lock:
            self._watched.discard(listener)
            self._selector.unregister(listener)
            listener.close()

    def stop(self) -> None:
        """End the thread; listeners are left first."""
        self._open = False
        self._thread.join()
        self._selector.close()

    def _serve(self) -> None:
        while self._open:
            for key, _ in self._selector.select(POLL_SECONDS):
                with self._lock:
                    if key.data in self._watched:
                        key.data.handle_request()


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
        size = int(self.headers.get("Content-Length", "0"))
        asked = Request(self.command, self.path, dict(self.headers.items()), self.rfile.read(size))
        answer = self.server.give(asked)
        if answer.status == 200 and self.command != "POST" and self._has(answer):
            answer = Answer(304, "", b"", answer.headers)
        if answer.cut is not None and answer.cut < 0:
            self._break(answer.status)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self._send(answer)

    do_HEAD = do_POST = do_GET  # noqa: N815

    def _send(self, answer: Answer) -> None:
        """The body: whole, piece by piece, or broken off."""
        body = answer.body[: answer.cut]
        step = max(1, len(body) // PIECES) if answer.pause else max(1, len(body))
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            if answer.pause:
                self.wfile.flush()
                time.sleep(answer.pause)
        if answer.cut is not None:
            self.wfile.flush()
            self._break(None)

    def _break(self, status: int | None) -> None:
        """Reset the connection; a request that got no status line is written down here."""
        if status is not None:
            self._log(0)
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

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
        self._log(code)

    def _log(self, code: int) -> None:
        agent, host = self.headers.get("User-Agent", ""), str(self.server.server_address[0])
        moment = datetime.now(UTC)
        self.server.log(Asked(moment, host, self.command, self.path, agent, code))

    def log_message(self, *args: object) -> None:
        """Say nothing; `log` has it all."""
