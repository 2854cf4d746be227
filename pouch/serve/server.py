"""A small static server for the preview: it answers as a static host does, for this machine only.

Three things differ from a host, in the response alone and never in a file: nothing is cached, every HTML page gets a
script that reloads it when it would look different, and banners tell of drafts and faults (`notices`).

Who may ask is decided in `local`.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from pouch.digests import digest
from pouch.engine.preview.facts import PreviewFacts
from pouch.pages.host_files import ATOM, JSON_FEED, RSS
from pouch.serve.local import LocalHandler, LocalServer
from pouch.serve.notices import STYLESHEET, Notices
from pouch.tables import table, text

EVENTS = "/.pouch/events"
SCRIPT = "/.pouch/reload.js"
_HEARTBEAT = 15.0  # seconds between comments on the event stream, which fail once the tab is closed
_FIRST_BUILD = 60.0  # seconds to wait for a file, such as a feed, that the first build may still make

TYPES: dict[str, str] = table("pouch.serve", "media_types")
"""Endings → media types: Python's own table depends on the machine and lacks feeds."""
_FEEDS = {
    ("feed", ".xml"): RSS,
    ("mentions", ".xml"): RSS,
    ("atom", ".xml"): ATOM,
    ("feed", ".json"): JSON_FEED,
    ("opml", ".xml"): TYPES[".opml"],
}
"""Feeds are recognised by their names: feed.xml, feed.fr.xml, feed-3.xml, atom.xml, feed.json."""


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


def path_below(prefix: str, path: str) -> str:
    """The file of a page at `path` (percent-encoded), relative to the folder: "briefings/x/index.html"."""
    relative = "/".join(filter(None, unquote(path.removeprefix(prefix)).split("/")))
    if path.endswith("/"):
        return f"{relative}/index.html".lstrip("/")
    return relative


class Answer(NamedTuple):
    """The response to one request, without the reload script."""

    status: HTTPStatus
    body: bytes
    kind: str
    location: str = ""  # of a redirect
    reloads: bool = False  # a page that comes again by itself


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
        self.unwritten: Callable[[str], bytes | None] = lambda _: None
        """The bytes of a file that a build has yet to write, by path; None for any other."""
        self.early: Callable[[str], Answer | None] = lambda _: None
        """The answer for a page that the first build has not made yet, by path."""
        self.open_pages = Counter[str]()
        """The addresses that browsers show now."""
        self.rebuilds = 0
        self._look = 0
        self.built = threading.Event()
        """Set unless the first build of a preview is running."""
        self.built.set()
        self.rebuilt = threading.Condition()
        super().__init__(bind, port, Handler)

    def newest_bytes(self, file: Path) -> bytes:
        """A file's bytes, or those that this build or the next will write. Raises OSError."""
        path = file.relative_to(self.folder).as_posix()
        newest = self.newest.get(path)
        if newest is None:
            newest = self.unwritten(path)
        return file.read_bytes() if newest is None else newest

    def reload(self, *, look: bool = False) -> None:
        """Make the open pages that would look different now load themselves again; all of them for a new `look`."""
        with self.rebuilt:
            self.built.set()
            self._look += look
        self.compare_open_pages()

    def compare_open_pages(self) -> None:
        """Make the open pages that would look different now load themselves again; the first build may go on."""
        with self.rebuilt:
            self.rebuilds += 1
            self.rebuilt.notify_all()

    def wait_for_rebuild(self, after: int, seconds: float) -> None:
        """Return once there was a rebuild after that number, or after so many seconds."""
        with self.rebuilt:
            self.rebuilt.wait_for(lambda: self.rebuilds != after, timeout=seconds)

    def answer(self, path: str) -> Answer:
        """The response to a request for `path` (percent-encoded, no query)."""
        notices = self.notices
        address = unquote(path.removeprefix(self.prefix))
        if self.live and (page := notices.page(address)) is not None:
            return Answer(HTTPStatus.OK, page.encode(), TYPES[".html"])
        target = self._target(path)
        if target is None and not self.built.is_set() and path.startswith(f"{self.prefix}/"):
            if not path.endswith("/") and "." not in path.rpartition("/")[2]:
                return Answer(HTTPStatus.MOVED_PERMANENTLY, b"", "", f"{quote(unquote(path))}/")
            if (early := self.early(path_below(self.prefix, path))) is not None:
                return early
            # Not a page: a feed, or a part of the search index.
            self.built.wait(_FIRST_BUILD)
            target = self._target(path)
        if isinstance(target, str):
            return Answer(HTTPStatus.MOVED_PERMANENTLY, b"", "", quote(unquote(target)))
        status = HTTPStatus.OK if target else HTTPStatus.NOT_FOUND
        file = target or self.folder / "404.html"
        try:
            body, kind = self.newest_bytes(file), media_type(file)
        except OSError:
            # There has been no successful build yet, or the file has just been pruned.
            if notices.failure:
                return Answer(HTTPStatus.SERVICE_UNAVAILABLE, notices.faults().encode(), TYPES[".html"])
            body = b"<!doctype html><html><head></head><body><p>404 Not Found</p></body></html>\n"
            kind = TYPES[".html"]
        if self.live and kind.startswith("text/html"):
            body = with_banner(body, notices.banner(address))
        return Answer(status, body, kind)

    def _target(self, path: str) -> Path | str | None:
        """As `resolve`, for files that a build has yet to write too."""
        target = resolve(self.folder, self.prefix, path)
        if target is None and path.startswith(f"{self.prefix}/"):
            below = path_below(self.prefix, path)
            if below in self.newest or self.unwritten(below) is not None:
                return self.folder / below
            if not path.endswith("/") and self.unwritten(f"{below}/index.html") is not None:
                return f"{path}/"
        return target

    def stamp(self, answer: Answer) -> str:
        """A digest of what a page shows: a page with another one has to be loaded again."""
        return digest(b"%d %d " % (answer.status, self._look) + answer.body).hex()

    @contextmanager
    def shows(self, path: str) -> Iterator[None]:
        """Note that a browser shows the page at `path` while the block runs."""
        below = path_below(self.prefix, path)
        self.open_pages[below] += 1
        try:
            yield
        finally:
            self.open_pages[below] -= 1
            self.open_pages += Counter()


class Handler(LocalHandler):
    """Answers GET and HEAD."""

    server: Server
    server_version = "pouch-serve"
    _own: ClassVar = {SCRIPT: "reload.js", STYLESHEET: "preview.css"}

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
            name = self._own[path]
            self.send(HTTPStatus.OK, text("pouch.serve", name).encode(), media_type(Path(name)))
            return
        answer = self.server.answer(path)
        if answer.location:
            self.send_response(answer.status)
            self.send_header("Location", answer.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = answer.body
        if self.server.live and answer.kind.startswith("text/html") and not answer.reloads:
            script = f'<head><script src="{SCRIPT}?{self.server.stamp(answer)}"></script>'
            body = body.replace(b"<head>", script.encode(), 1)
        self.send(answer.status, body, answer.kind)

    do_HEAD = do_GET  # noqa: N815  # the name is http.server's

    def _events(self, query: str) -> None:
        """Server-sent events (HTML Living Standard, section 9.2): one message when the page would look different.

        `query` is the digest of what the page shows, and its path; a later build may be done already.
        """
        shown, slash, path = query.partition("/")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        with self.server.shows(slash + path):
            # Read before the page: at worst it is compared once too often, never too seldom.
            rebuilds = self.server.rebuilds
            while self.server.stamp(self.server.answer(slash + path)) == shown:
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
                self.server.wait_for_rebuild(rebuilds, _HEARTBEAT)
                rebuilds = self.server.rebuilds
        self.wfile.write(b"data: rebuilt\n\n")


def with_banner(body: bytes, banner: str) -> bytes:
    """A page with a banner at its beginning, and the banner's styles."""
    if not banner:
        return body
    start = body.find(b">", body.find(b"<body")) + 1
    body = body[:start] + banner.encode() + body[start:]
    return body.replace(b"<head>", f'<head><link rel="stylesheet" href="{STYLESHEET}">'.encode(), 1)
