"""The base of every server for this machine: it answers nobody who asks for another host, and no other site's pages.

A page of another site must not read drafts, through DNS rebinding or otherwise. So a request is refused if its Host is
neither the address that was bound nor a name of this machine (421, RFC 9110, section 15.5.20), or if its Origin is
another site (403).
"""

from __future__ import annotations

import io
import ipaddress
import socket
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from pouch.errors import EnvironmentFault

_TIMEOUT = 20.0  # seconds in which a client sends its whole request, and takes each part of the answer
MOST_CONNECTIONS = 500
"""Connections at once, each with a thread; further ones are closed. A browser opens six, and one for each tab."""


class LocalServer(ThreadingHTTPServer):
    """A server with a thread for each connection."""

    daemon_threads = True
    request_queue_size = 128  # connections that wait to be accepted
    allow_reuse_address = True

    def __init__(self, bind: str, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        """Port 0 takes a free one. Raises EnvironmentFault if the port cannot be bound."""
        self.bind = bind
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        try:
            super().__init__((bind, port), handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise EnvironmentFault(f"cannot serve on {bind}:{port}: {why}; try another --port") from error

    @property
    def address(self) -> str:
        """The address of the server, without a trailing slash: "http://127.0.0.1:8000"."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def serves_host(self, host: str | None) -> bool:
        """Whether a request's Host header names this server: the bound address, or this machine.

        A server that is bound to all addresses can be asked by any IP address, but by no other name.
        """
        name = urlsplit(f"//{host or ''}").hostname or ""
        if name in ("localhost", self.bind) or name.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or self.bind in ("0.0.0.0", "::")  # noqa: S104  # the user chose it with --bind

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, unless there are too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer; then another connection may be opened."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore browsers that close the connection during an answer."""


class _Request(io.RawIOBase):
    """A client's request, read within a time for all of it: one that sends a byte now and then is cut off too."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection = connection
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Raises TimeoutError at the end of the time."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request takes too long")
        self._connection.settimeout(left)
        try:
            return self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(self._seconds)


class LocalHandler(BaseHTTPRequestHandler):
    """A handler that refuses what comes from elsewhere."""

    server: LocalServer
    timeout = _TIMEOUT
    sys_version = ""
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def setup(self) -> None:
        """Read the request within its time."""
        super().setup()
        self.rfile = io.BufferedReader(_Request(self.connection, self.timeout))

    def refusal(self) -> HTTPStatus | None:
        """Why a request is not answered: it makes no sense, asks for another host, or comes from another site."""
        try:
            allowed = self.server.serves_host(self.headers.get("Host"))
            urlsplit(self.path)
        except ValueError:
            # A bracket without its pair: urllib takes it for half an IPv6 address.
            return HTTPStatus.BAD_REQUEST
        if not allowed:
            return HTTPStatus.MISDIRECTED_REQUEST
        # A request of no page: browsers then send no Origin.
        origin = self.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.headers.get("Host"):
            return HTTPStatus.FORBIDDEN
        return None

    def refuse(self, status: HTTPStatus) -> None:
        """Answer with a status and its name."""
        self.send(status, f"{status.value} {status.phrase}\n".encode(), "text/plain; charset=utf-8")

    def send(
        self, status: HTTPStatus, body: bytes, kind: str, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Answer with a body, which nobody caches."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is http.server's
        """Print nothing: the terminal shows faults in the content."""
