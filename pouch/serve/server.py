"""A small static server for the preview: what a static host does with the built site, on this machine only.

Two things differ from a host, in the response alone and never in a file: nothing is cached, and every HTML
page gets a script that loads it again after a rebuild.
"""

from __future__ import annotations

import threading
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlsplit

from pouch.errors import EnvironmentFault

EVENTS = "/.pouch/events"
SCRIPT = "/.pouch/reload.js"
# Opened at once, while the page's own policy, a meta element further down, does not yet apply. The query is that of the
# script: the number of the rebuild that the page shows.
_RELOAD = (
    b"const shown = new URL(document.currentScript.src).search;\n"
    b'new EventSource("%s" + shown).onmessage = () => location.reload();\n' % EVENTS.encode()
)
_HEARTBEAT = 15.0  # seconds between signs of life, by which a closed tab is noticed

# A table of our own: Python's follows the machine's, and knows no feeds.
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".opml": "text/x-opml; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".xsl": "text/xsl; charset=utf-8",
}
# Feeds are told by their names: feed.xml, feed.fr.xml, feed-3.xml, atom.xml, feed.json.
_FEEDS = {
    ("feed", ".xml"): "application/rss+xml; charset=utf-8",
    ("mentions", ".xml"): "application/rss+xml; charset=utf-8",
    ("atom", ".xml"): "application/atom+xml; charset=utf-8",
    ("feed", ".json"): "application/feed+json; charset=utf-8",
    ("opml", ".xml"): TYPES[".opml"],
}


def media_type(file: Path) -> str:
    """The Content-Type of a published file, by its name."""
    stem = file.name.split(".", 1)[0].split("-", 1)[0]
    return _FEEDS.get((stem, file.suffix)) or TYPES.get(file.suffix, "application/octet-stream")


def resolve(folder: Path, prefix: str, path: str) -> Path | str | None:
    """What a request for `path` (percent-encoded, no query) gets from `folder`.

    The file to send, the address to redirect to, or None where nothing stands. `prefix` is the path of
    SITEURL, "" or "/archive": the site stands below it, as it will on its host.
    """
    if not path.startswith(f"{prefix}/"):
        return f"{prefix}/" if path in ("/", prefix) else None
    names = unquote(path.removeprefix(prefix)).split("/")
    if any(name == ".." or "\\" in name or "\0" in name for name in names):
        return None
    file = folder.joinpath(*filter(None, names))
    if file.is_dir():
        if not path.endswith("/"):
            return f"{path}/"
        file /= "index.html"
    elif path.endswith("/"):
        return None
    return file if file.is_file() else None


class Server(ThreadingHTTPServer):
    """Serves `folder` below `prefix`; `faults` is said where nothing could be built yet.

    `live`: whether HTML pages get the reload script; without it, every answer is the file's own bytes.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, bind: str, port: int, folder: Path, prefix: str, *, live: bool = True) -> None:
        """Raises EnvironmentFault where the port cannot be had; 0 takes a free one."""
        self.live = live
        self.folder = folder
        self.prefix = prefix
        self.faults = ""
        self.rebuilds = 0
        self.rebuilt = threading.Condition()
        try:
            super().__init__((bind, port), Handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise EnvironmentFault(f"cannot serve on {bind}:{port}: {why}; try another --port") from error

    @property
    def address(self) -> str:
        """Where the preview's root stands, without a trailing slash: "http://127.0.0.1:8000"."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def reload(self) -> None:
        """Tell every open page that there is something new."""
        with self.rebuilt:
            self.rebuilds += 1
            self.rebuilt.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in mid-answer is no news."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: Server
    server_version = "pouch-serve"
    sys_version = ""
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"
    _own: ClassVar = {SCRIPT: (_RELOAD, TYPES[".js"])}

    def do_GET(self) -> None:
        """A file, a redirect, the site's own 404 page, or the events of the reload script."""
        path, query = urlsplit(self.path)[2:4]
        if path == EVENTS:
            self._events(query)
            return
        if path in self._own:
            self._send(HTTPStatus.OK, *self._own[path])
            return
        # Asked before the file is read: a page that is older than it says is loaded once too often, never too seldom.
        shown = self.server.rebuilds
        found = resolve(self.server.folder, self.server.prefix, path)
        if isinstance(found, str):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(unquote(found)))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        file = found or self.server.folder / "404.html"
        try:
            body, kind = file.read_bytes(), media_type(file)
        except OSError:
            # Nothing was ever built, or the file has just been pruned.
            status = HTTPStatus.SERVICE_UNAVAILABLE if self.server.faults else HTTPStatus.NOT_FOUND
            said = escape(self.server.faults or "404 Not Found")
            body = f"<!doctype html><html><head></head><body><pre>{said}</pre></body></html>\n".encode()
            kind = TYPES[".html"]
        if self.server.live and kind.startswith("text/html"):
            tag = f'<head><script src="{SCRIPT}?{shown}"></script>'
            body = body.replace(b"<head>", tag.encode(), 1)
        self._send(status, body, kind)

    do_HEAD = do_GET  # noqa: N815  # the name is http.server's

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _events(self, query: str) -> None:
        """Server-sent events (HTML Living Standard, section 9.2): one message when a build is done.

        `query` is the number of the rebuild that the page shows; a later one may be done already.
        """
        shown = int(query) if query.isdecimal() else self.server.rebuilds
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        while True:
            with self.server.rebuilt:
                new = self.server.rebuilt.wait_for(lambda: self.server.rebuilds != shown, timeout=_HEARTBEAT)
            self.wfile.write(b"data: rebuilt\n\n" if new else b": still here\n\n")
            self.wfile.flush()
            if new:
                return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is http.server's
        """Say nothing: the terminal is for faults in the content."""
