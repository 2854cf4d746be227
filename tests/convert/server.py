"""A web server on 127.0.0.1 that answers what a test tells it to, and misbehaves on purpose."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Answers = Mapping[str, Answer | Callable[[Mapping[str, str]], Answer]]
"""By path: the answer, or a function of the request's headers that gives it."""

BOMB = gzip.compress(bytes(60_000_000))
"""60 MB of nothing in 60 KB."""


@contextmanager
def serve(answers: Answers, asked: list[str] | None = None) -> Iterator[str]:
    """The server's address while the block runs. /drip, /slow-headers, /endless and /broken-off misbehave.

    `asked` gets what was asked for.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # Whoever asked may have had enough.
            with suppress(OSError):
                self._answer()

        def _answer(self) -> None:
            if asked is not None:
                asked.append(self.path)
            path = self.path.partition("?")[0]
            if path == "/slow-headers":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for letter in repeat(b"x"):
                    self.wfile.write(letter)
                    time.sleep(0.05)
            planned = answers.get(path, (404, {}, b""))
            status, headers, body = planned(dict(self.headers)) if callable(planned) else planned
            if path in ("/drip", "/endless", "/broken-off"):
                status, headers = 200, {"Content-Type": "text/html"}
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if path == "/broken-off":
                self.send_header("Content-Length", "1000")
            self.end_headers()
            if path == "/broken-off":
                self.wfile.write(b"<html>")
            elif path == "/drip":
                for letter in repeat(b"x"):
                    self.wfile.write(letter)
                    time.sleep(0.05)
            elif path == "/endless":
                for block in repeat(b"x" * 65536):
                    self.wfile.write(block)
            else:
                self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the name is the class's
            """A test's output is the test's."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
