"""A small static server for the preview: it answers as a static host does, for this machine only.

Three things differ from a host, in the response alone and never in a file: nothing is cached, every HTML page gets a
script that reloads it after a rebuild, and banners tell of drafts and faults (`notices`).

Who may ask is decided in `local`.
"""

from __future__ import annotations

import threading
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, unquote, urlsplit

from pouch.engine.previewing import PreviewFacts
from pouch.serve.local import LocalHandler, LocalServer
from pouch.serve.notices import STYLES, STYLESHEET, Notices

EVENTS = "/.pouch/events"
SCRIPT = "/.pouch/reload.js"
# It runs at once, before the page's own policy, a meta element further down, applies. The query is that of the script:
# the number of the rebuild that the page shows.
_RELOAD = (
    b"const shown = new URL(document.currentScript.src).search;\n"
    b'new EventSource("%s" + shown).onmessage = () => location.reload();\n' % EVENTS.encode()
)
_HEARTBEAT = 15.0  # seconds between comments on the event stream, which fail once the tab is closed
_FIRST_BUILD = 60.0  # seconds to wait for a page that the first build may still make

# Python's own table depends on the machine and lacks feeds.
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
# Feeds are recognised by their names: feed.xml, feed.fr.xml, feed-3.xml, atom.xml, feed.json.
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
    """The answer of `folder` to a request for `path` (percent-encoded, no query).

    It is the file to send, the address to redirect to, or None for an address that does not exist. `prefix` is the path
    of SITEURL, "" or "/archive", below which the site is served.
    """
    if not path.startswith(f"{prefix}/"):
        return f"{prefix}/" if path in ("/", prefix) else None
    names = unquote(path.removeprefix(prefix)).split("/")
    if any(name == ".." or "\\" in name or "\0" in name for name in names):
        return None
    file = folder.joinpath(*filter(None, names))
    try:
        if file.is_dir():
            if not path.endswith("/"):
                return f"{path}/"
            file /= "index.html"
        elif path.endswith("/"):
            return None
        return file if file.is_file() else None
    except (OSError, ValueError):
        # A name that the file system refuses, such as one that is too long.
        return None


class Server(LocalServer):
    """Serves `folder` below `prefix`, with the banners of `notices`.

    `live`: whether HTML pages get the reload script and banners; without it, every answer is the file's own bytes.
    """

    def __init__(self, bind: str, port: int, folder: Path, prefix: str, *, live: bool = True) -> None:
        """Port 0 takes a free one. Raises EnvironmentFault if the port cannot be bound."""
        self.live = live
        self.folder = folder
        self.prefix = prefix
        self.notices = Notices(PreviewFacts(), prefix)
        self.newest: dict[str, bytes] = {}
        """Pages that are newer than their files, by path below the folder."""
        self.rebuilds = 0
        self.built = threading.Event()
        """Set unless the first build of a preview is running."""
        self.built.set()
        self.rebuilt = threading.Condition()
        super().__init__(bind, port, Handler)

    def newest_bytes(self, file: Path) -> bytes:
        """A file's bytes, or those that the next build will write. Raises OSError."""
        newest = self.newest.get(file.relative_to(self.folder).as_posix())
        return file.read_bytes() if newest is None else newest

    def reload(self) -> None:
        """Make every open page load itself again."""
        with self.rebuilt:
            self.built.set()
            self.rebuilds += 1
            self.rebuilt.notify_all()


class Handler(LocalHandler):
    """Answers GET and HEAD."""

    server: Server
    server_version = "pouch-serve"
    _own: ClassVar = {SCRIPT: (_RELOAD, TYPES[".js"]), STYLESHEET: (STYLES, TYPES[".css"])}

    def do_GET(self) -> None:  # noqa: N802  # the name is http.server's
        """A file, a redirect, the site's own 404 page, or the events of the reload script."""
        if (refusal := self.refusal()) is not None:
            self.refuse(refusal)
            return
        path, query = urlsplit(self.path)[2:4]
        if path == EVENTS:
            self._events(query)
            return
        if path in self._own:
            self.send(HTTPStatus.OK, *self._own[path])
            return
        # Read before the file: at worst a page reloads once too often, never too seldom.
        shown, notices = self.server.rebuilds, self.server.notices
        address = unquote(path.removeprefix(self.server.prefix))
        if self.server.live and (page := notices.page(address)) is not None:
            self._send_page(HTTPStatus.OK, page.encode(), shown, "")
            return
        target = resolve(self.server.folder, self.server.prefix, path)
        if target is None and not self.server.built.is_set():
            # A page that the first build has not made yet, unless it makes none.
            self.server.built.wait(_FIRST_BUILD)
            target = resolve(self.server.folder, self.server.prefix, path)
        if isinstance(target, str):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(unquote(target)))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status = HTTPStatus.OK if target else HTTPStatus.NOT_FOUND
        file = target or self.server.folder / "404.html"
        try:
            body, kind = self.server.newest_bytes(file), media_type(file)
        except OSError:
            # There has been no successful build yet, or the file has just been pruned.
            if notices.failure:
                self._send_page(HTTPStatus.SERVICE_UNAVAILABLE, notices.faults().encode(), shown, "")
                return
            body = b"<!doctype html><html><head></head><body><p>404 Not Found</p></body></html>\n"
            kind = TYPES[".html"]
        if self.server.live and kind.startswith("text/html"):
            self._send_page(status, body, shown, notices.banner(address))
        else:
            self.send(status, body, kind)

    do_HEAD = do_GET  # noqa: N815  # the name is http.server's

    def _send_page(self, status: HTTPStatus, body: bytes, shown: int, banner: str) -> None:
        """A page with the reload script and a banner at its beginning."""
        added = f'<head><script src="{SCRIPT}?{shown}"></script>'
        if banner:
            added += f'<link rel="stylesheet" href="{STYLESHEET}">'
            start = body.find(b">", body.find(b"<body")) + 1
            body = body[:start] + banner.encode() + body[start:]
        self.send(status, body.replace(b"<head>", added.encode(), 1), TYPES[".html"])

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
