"""A desk that serves a small site in a repository, and an editor's tab, for tests that work at it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pouch.desk.server import DeskServer
from pouch.site import load_site
from tests.browser.conftest import Witness, open_tab
from tests.desk.sites import ARTICLE, make_site
from tests.engine.sites import SETTINGS

SEED = (Path(__file__).parents[2] / "samples" / "baltic-grid.en.txt").read_text(encoding="utf-8")
TITLE, *PARAGRAPHS = ARTICLE.strip().split("\n\n")
PAGE = (
    f"<!doctype html><html lang=en><title>{TITLE}</title><link rel=icon href=data:>"
    f"<body><main><article><h1>{TITLE}</h1>" + "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
)
FEED = (
    "<rss version='2.0'><channel><title>Ports</title>"
    + "".join(
        f"<item><title>Port {name} opens for {name} ships</title><link>https://ports.example/{name}</link>"
        f"<description>&lt;p&gt;{name} {name} {PARAGRAPHS[number]}&lt;/p&gt;</description></item>"
        for number, name in enumerate(("Alpha", "Beta"))
    )
    + "</channel></rss>"
)
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A desk that serves a small site in a repository."""
    work = make_site(tmp_path_factory.mktemp("desk"))
    work.write("pelicanconf.py", SETTINGS + 'POUCH_LANGUAGES = ["en", "fr"]\n')
    work.write(".gitignore", ".pouch/\n")
    for command in (
        ("init", "-q"),
        ("config", "user.name", "A"),
        ("config", "user.email", "a@example.org"),
        ("add", "-A"),
        ("commit", "-q", "-m", "one"),
    ):
        subprocess.run([*GIT, *command], cwd=work.root, check=True)
    server = DeskServer(load_site(work.root), 0, allow_private=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.desk.warm()
    yield server
    server.shutdown()
    server.server_close()


class Web(BaseHTTPRequestHandler):
    """A site of this machine: an article as a page, and a feed with two others."""

    def do_GET(self) -> None:  # the name is http.server's
        """The feed, and the same page at every other path."""
        feed = self.path == "/feed.xml"
        data = (FEED if feed else PAGE).encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{'application/rss+xml' if feed else 'text/html'}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    """The address of that site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tab(browser: Browser, desk: DeskServer) -> Iterator[Page]:
    """An editor's tab; nothing may be said on the console, nothing asked of another host."""
    with open_tab(browser, viewport={"width": 1280, "height": 860}) as page:
        witness = Witness(page, desk.address)
        yield page
        page.wait_for_load_state()
        assert witness.seen == []


def root(desk: DeskServer) -> Path:
    """The folder of the desk's site."""
    return Path(desk.desk.site.root)


def draft_of(page: Page, desk: DeskServer, text: str) -> None:
    """Paste an article, and wait until it is on the desk."""
    page.goto(f"{desk.address}/")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/entry/*")
    expect(page.locator("#text .mark").first).to_be_visible()
