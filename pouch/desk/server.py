"""The desk's server: pages, and answers in JSON. It listens on this machine alone.

`pouch.serve.local` refuses other hosts and other sites. Whatever changes something is a POST with a token that only
the desk's own pages can read, in a header that no form can send.
"""

from __future__ import annotations

import re
import secrets
import select
import socket
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from pouch import clock
from pouch.content.addresses import is_web_address
from pouch.convert.intake.article import Article, Refusal
from pouch.convert.intake.documents import LARGEST, read_document
from pouch.convert.intake.sources import read_sources
from pouch.desk import publishing, words
from pouch.desk.desk import Desk
from pouch.desk.sheet import Sheet
from pouch.errors import ContentError, PouchError
from pouch.lsp.completion import term_suggestions
from pouch.markdown.tags import Tag, replace_tags
from pouch.serve.local import LocalHandler, LocalServer
from pouch.serve.server import TYPES, media_type
from pouch.settings import THEME
from pouch.site import Site
from pouch.theming.assets import asset_bytes

TOKEN = "X-Pouch-Token"  # noqa: S105  # the header's name
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_OWN = {
    f"/{name}": words.PAGES / name for name in ("desk.js", "desk.css", "icon.svg", "manifest.webmanifest")
}
_OWN["/tokens.css"] = Path(THEME) / "static" / "css" / "tokens.css"
"""Files that the desk's pages load. Colours and sizes are those of Pouch's theme."""
_ENTRY = re.compile(r"/(?:entry|api/entry)/([0-9a-z-]{1,64})")
encode = msgspec.json.encode
MOST_COMPLETED = 8
"""Terms that are offered for what was typed."""


def _without_scripts(page: str) -> str:
    """A page without the scripts that it would load: it is shown in a frame that runs none."""
    loads = False

    def left_out(tag: Tag) -> str | None:
        nonlocal loads
        if tag.name != "script":
            return None
        if tag.opens:
            loads = any(name == "src" for name, _ in tag.attributes)
        return "" if loads else None

    return replace_tags(page, left_out)


class Intake(msgspec.Struct, frozen=True):
    """An article that was pasted or sent by a page: one of text, html and address alone, or html with its address."""

    text: str = ""
    html: str = ""
    address: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A request about one entry."""

    id: str
    message: str = ""  # of a commit
    paths: tuple[str, ...] = ()  # that a commit holds
    for_real: bool = False


class Save(msgspec.Struct, frozen=True):
    """A request to save a sheet."""

    sheet: Sheet
    anyway: bool = False


class DeskServer(LocalServer):
    """Serves one site's desk."""

    def __init__(self, site: Site, port: int, *, allow_private: bool = False) -> None:
        """Port 0 takes a free one; `allow_private` fetches from private addresses too.

        Raises ContentError for a faulty vocabulary, EnvironmentFault.
        """
        super().__init__("127.0.0.1", port, DeskHandler)
        self.allow_private = allow_private
        self.token = secrets.token_urlsafe(24)
        self.desk = Desk(site, self.address)
        self.evidence_turn = threading.Lock()
        """Held by the one request for evidence that is worked on. It is taken before the desk's locks, never after."""


class DeskHandler(LocalHandler):
    """Answers the browser."""

    server: DeskServer
    server_version = "pouch-desk"

    def do_GET(self) -> None:  # noqa: N802  # the name is http.server's
        """A page, a file, or what a list or an entry holds."""
        if (refusal := self.refusal()) is not None:
            self.refuse(refusal)
            return
        path, query = urlsplit(self.path)[2:4]
        desk = self.server.desk
        entry = _ENTRY.fullmatch(path)
        if path == "/":
            self._page("inbox.html")
        elif entry and path.startswith("/entry/"):
            self._page("entry.html", id=entry[1])
        elif entry:
            self._answer(lambda: desk.open(entry[1]))
        elif path == "/api/inbox":
            self._answer(lambda: {"waiting": desk.waiting(), "drafts": desk.drafts()})
        elif path == "/api/token":
            self._answer(lambda: {"token": self.server.token})
        elif path == "/api/complete":
            parameters = {name: values[-1] for name, values in parse_qs(query).items()}
            self._answer(lambda: self._completions(parameters.get("kind", ""), parameters.get("word", "")))
        elif path == "/api/published":
            word = parse_qs(query).get("word", [""])[0]
            self._answer(lambda: desk.published(word))
        elif path == "/api/terms":
            self._answer(self._terms)
        elif path in _OWN:
            file = _OWN[path]
            self.send(HTTPStatus.OK, file.read_bytes(), media_type(file), _HEADERS)
        elif path.startswith("/site/"):
            self._asset(unquote(path.removeprefix("/site/")))
        else:
            self.refuse(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815  # likewise

    def do_POST(self) -> None:  # noqa: N802  # likewise
        """Something that is to be read or done."""
        if (refusal := self.refusal()) is not None:
            self.refuse(refusal)
            return
        if not secrets.compare_digest(self.headers.get(TOKEN, "").encode(), self.server.token.encode()):
            self.refuse(HTTPStatus.FORBIDDEN)
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self.refuse(HTTPStatus.LENGTH_REQUIRED)
            return
        if int(length) > LARGEST:
            self.close_connection = True
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        data = self.rfile.read(int(length))
        run = self._posts.get(urlsplit(self.path).path)
        if run is None:
            self.refuse(HTTPStatus.NOT_FOUND)
            return
        self._answer(lambda: run(self, data))

    # --- answers ----------------------------------------------------------------------------------------------

    def _page(self, name: str, **facts: Any) -> None:
        site = self.server.desk.site
        lang = words.chosen_language(self.headers.get("Accept-Language", ""), site.languages)
        facts = {"site_name": site.name, "address": self.server.address, **facts}
        body = words.page(name, lang, self.server.token, **facts)
        self.send(HTTPStatus.OK, body, TYPES[".html"], _HEADERS)

    def _languages(self) -> list[str]:
        """The languages of the interface, the reader's first."""
        languages = self.server.desk.site.languages
        first = words.chosen_language(self.headers.get("Accept-Language", ""), languages)
        return [first, *(lang for lang in languages if lang != first)]

    def _answer(self, run: Callable[[], Any]) -> None:
        """The value of `run`, as JSON; a fault is a sentence that the page shows."""
        try:
            result = run()
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self.refuse(HTTPStatus.BAD_REQUEST)
            return
        except ContentError as error:
            self._json({"fault": "\n".join(map(str, error.problems))}, HTTPStatus.UNPROCESSABLE_ENTITY)
            return
        except (PouchError, OSError) as error:
            self._json({"fault": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
            return
        except Exception as error:  # the page shows a sentence, the terminal where it happened
            traceback.print_exc()
            self._json({"fault": f"{type(error).__name__}: {error}"}, HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        if result is None:
            self.refuse(HTTPStatus.NOT_FOUND)
            return
        self._json(result, HTTPStatus.OK)

    def _json(self, value: Any, status: HTTPStatus) -> None:
        try:
            data = encode(value)
        except UnicodeEncodeError:
            # A lone surrogate of the input has no bytes in UTF-8.
            data = encode({"fault": "The article holds characters that are not Unicode."})
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        self.send(status, data, TYPES[".json"], _HEADERS)

    def _completions(self, kind: str, word: str) -> list[dict[str, str]]:
        vocabulary = self.server.desk.vocabulary
        suggestions = term_suggestions(
            word, "topic" if kind == "topic" else "country", vocabulary, self._languages()
        )
        return [
            {"key": each.text, "label": each.label, "detail": each.detail}
            for each in suggestions[:MOST_COMPLETED]
        ]

    def _terms(self) -> dict[str, dict[str, str]]:
        """The label of every term in the reader's language."""
        vocabulary, lang = self.server.desk.vocabulary, self._languages()[0]
        return {
            "country": {code: vocabulary.label("country", code, lang) for code in vocabulary.countries},
            "topic": {key: vocabulary.label("topic", key, lang) for key in vocabulary.topics},
        }

    def _asset(self, path: str) -> None:
        """A file that a previewed page loads: the stylesheet, a file of the theme, an image of the site."""
        with self.server.desk.lock:
            pages = self.server.desk.loaded.pages()
        asset = dict(pages.theme.static_files()).get(path)
        file = asset or self._content_file(path)
        if file is None:
            self.refuse(HTTPStatus.NOT_FOUND)
            return
        self.send(
            HTTPStatus.OK, asset_bytes(file) if asset else file.read_bytes(), media_type(file), _HEADERS
        )

    def _content_file(self, path: str) -> Path | None:
        """A file of the site that is published as it is."""
        site = self.server.desk.site
        folder = site.content_path.resolve()
        file = (folder / path).resolve()
        published = any(file.is_relative_to(folder / static) for static in site.static_paths)
        return file if published and file.is_file() else None

    # --- what can be asked ------------------------------------------------------------------------------------

    def _intake(self, data: bytes) -> Any:
        request = msgspec.json.decode(data, type=Intake)
        articles: Iterable[Article | Refusal]
        if request.html:
            address = request.address if is_web_address(request.address) else None
            articles = read_document(request.html.encode(), "pasted.html", url=address)
        elif is_web_address(request.address):
            articles = read_sources([request.address], BytesIO(), allow_private=self.server.allow_private)
        else:
            articles = read_document(request.text.encode(), "-")
        return self._taken_in(articles)

    def _file(self, data: bytes) -> Any:
        query = parse_qs(urlsplit(self.path).query)
        return self._taken_in(read_document(data, Path(query.get("name", ["-"])[0]).name or "-"))

    def _taken_in(self, articles: Iterable[Article | Refusal]) -> Any:
        waiting, refused = self.server.desk.take_in(articles)
        return {"waiting": waiting, "refused": refused}

    def _discard(self, data: bytes) -> Any:
        self.server.desk.discard(msgspec.json.decode(data, type=Entry).id)
        return {}

    def _evidence(self, data: bytes) -> Any:
        sheet = msgspec.json.decode(data, type=Sheet)
        with self.server.evidence_turn:
            return {} if self._left() else self.server.desk.evidence(sheet)

    def _left(self) -> bool:
        """Whether the browser has broken the request off, since a later one replaces it."""
        with suppress(OSError):
            return bool(select.select([self.connection], [], [], 0)[0]) and not self.connection.recv(
                1, socket.MSG_PEEK
            )
        return True

    def _look(self, data: bytes) -> Any:
        sheet = msgspec.json.decode(data, type=Sheet)
        with self.server.desk.lock:
            if self._left():
                return {}
            look = self.server.desk.look(sheet)
        return msgspec.structs.replace(look, html=_without_scripts(look.html))

    def _save(self, data: bytes) -> Any:
        request = msgspec.json.decode(data, type=Save)
        return self.server.desk.save(request.sheet, anyway=request.anyway)

    def _publish(self, data: bytes) -> Any:
        request = msgspec.json.decode(data, type=Entry)
        desk = self.server.desk
        with desk.lock:
            result = publishing.publish(
                request.id, desk.site, desk.vocabulary, clock.now(), for_real=request.for_real
            )
            if request.for_real:
                desk.loaded.changed()
        return result

    def _changes(self, data: bytes) -> Any:
        request = msgspec.json.decode(data, type=Entry)
        return publishing.changes(list(request.paths), request.message, self.server.desk.site)

    def _commit(self, data: bytes) -> Any:
        request = msgspec.json.decode(data, type=Entry)
        return {"commit": publishing.commit(list(request.paths), request.message, self.server.desk.site)}

    _posts: ClassVar[Mapping[str, Callable[[DeskHandler, bytes], Any]]] = {
        "/api/intake": _intake,
        "/api/file": _file,
        "/api/discard": _discard,
        "/api/evidence": _evidence,
        "/api/look": _look,
        "/api/save": _save,
        "/api/publish": _publish,
        "/api/changes": _changes,
        "/api/commit": _commit,
    }
