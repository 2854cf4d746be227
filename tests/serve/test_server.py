"""pouch.serve.server: what a browser gets from the preview."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pouch.engine.preview.facts import PreviewFacts
from pouch.errors import EnvironmentFault
from pouch.problems import Problem
from pouch.serve.notices import Notices
from pouch.serve.server import EVENTS, SCRIPT, Server, media_type, resolve
from tests.serve.browsing import PAGE, PATIENCE, SCRIPT_TAG, get


def test_a_page_that_is_newer_than_its_file_is_shown_in_its_place(server: Server) -> None:
    """With the reload script, like any page; the others are their files."""
    server.newest["countries/cote-d-ivoire/index.html"] = b"<head></head>newest"
    answers = [get(server, f"{server.prefix}{path}")[2] for path in ("/countries/cote-d-ivoire/", "/")]
    assert [(SCRIPT.encode() in body, b"newest" in body) for body in answers] == [(True, True), (True, False)]


def test_addresses_resolve_as_on_a_static_host(output: Path) -> None:
    """A page stands at its folder's address, folders are never listed, and nothing leads outside."""
    country = output / "countries/cote-d-ivoire/index.html"
    cases: dict[tuple[str, str], Path | str | None] = {
        ("", "/"): output / "index.html",
        ("", "/index.html"): output / "index.html",
        ("", "/index.html/"): None,
        ("", "/feed.xml"): output / "feed.xml",
        ("", "/countries/cote-d-ivoire/"): country,
        ("", "/countries/cote-d-ivoire"): "/countries/cote-d-ivoire/",
        ("", "/countries/c%6fte-d-ivoire/"): country,
        ("", "/countries/"): None,
        ("", "/empty/"): None,
        ("", "/nothing"): None,
        ("", "/../secret.txt"): None,
        ("", "/%2e%2e/secret.txt"): None,
        ("", "/countries/..%2f..%2f..%2fsecret.txt"): None,
        ("", "/..\\secret.txt"): None,
        ("", "/feed.xml%00"): None,
        ("", "relative"): None,
        ("/archive", "/archive/"): output / "index.html",
        ("/archive", "/archive/feed.xml"): output / "feed.xml",
        ("/archive", "/archive"): "/archive/",
        ("/archive", "/"): "/archive/",
        ("/archive", "/archived/feed.xml"): None,
        ("/archive", "/feed.xml"): None,
    }
    assert {case: resolve(output, *case) for case in cases} == cases


def test_media_types_do_not_depend_on_the_machine() -> None:
    """A feed arrives as a feed, so that a browser offers it to a feed reader."""
    cases = {
        "index.html": "text/html; charset=utf-8",
        "feed.xml": "application/rss+xml; charset=utf-8",
        "feed.fr.xml": "application/rss+xml; charset=utf-8",
        "feed-3.xml": "application/rss+xml; charset=utf-8",
        "mentions.xml": "application/rss+xml; charset=utf-8",
        "atom-3.xml": "application/atom+xml; charset=utf-8",
        "feed.json": "application/feed+json; charset=utf-8",
        "opml.xml": "text/x-opml; charset=utf-8",
        "sitemap.xml": "application/xml",
        "index.json": "application/json",
        "base.css": "text/css; charset=utf-8",
        "strange.bin": "application/octet-stream",
    }
    assert {name: media_type(Path(name)) for name in cases} == cases


def test_a_page_reloads_itself_but_its_file_stays_as_it_was_built(server: Server, output: Path) -> None:
    """The reload script is in the response alone; feeds and files go out byte for byte."""
    status, headers, body = get(server, f"{server.prefix}/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert SCRIPT_TAG.sub(b"", body) == PAGE != body
    assert (output / "index.html").read_bytes() == PAGE
    assert get(server, f"{server.prefix}/feed.xml")[2] == b"<rss/>"
    assert EVENTS.encode() in get(server, SCRIPT)[2]


def test_what_is_not_there_gets_the_sites_own_404_page(server: Server) -> None:
    """A wrong address answers 404 with the theme's page; a folder without its slash is redirected."""
    status, _, body = get(server, f"{server.prefix}/nothing/")
    assert (status, b"<title>Home" in body) == (404, True)
    status, headers, _ = get(server, f"{server.prefix}/countries/cote-d-ivoire?a=b")
    assert (status, headers["Location"]) == (301, f"{server.prefix}/countries/cote-d-ivoire/")
    status, headers, body = get(server, f"{server.prefix}/feed.xml", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "6", b"")


def test_before_the_first_good_build_the_faults_are_shown(server: Server, output: Path) -> None:
    """Where there is nothing to show yet, the browser shows what the terminal says."""
    (output / "404.html").unlink()
    assert get(server, f"{server.prefix}/nothing/")[0] == 404
    problem = Problem("content/entries/x.md", 3, 0, "unknown-topic", "unknown topic <flod>")
    server.notices = Notices(PreviewFacts(faults=(problem,)), server.prefix, "1 fault")
    status, headers, body = get(server, f"{server.prefix}/nothing/")
    assert (status, headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert b"content/entries/x.md:3: error: unknown topic &lt;flod&gt;" in body
    assert SCRIPT.encode() in body, "the page follows as soon as the fault is fixed"


@contextmanager
def open_page(server: Server, path: str) -> Iterator[Iterator[bytes]]:
    """The messages that a page at `path`, loaded now, gets from the server; "still here" is one."""
    shown = SCRIPT_TAG.search(get(server, path)[2])
    assert shown is not None
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    connection.request("GET", f"{EVENTS}?{shown[1].decode()}{path}")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    yield (line.strip() for line in answer if line.strip())
    connection.close()


def test_an_open_page_reloads_when_it_would_look_different(server: Server, output: Path) -> None:
    """Once for a change of its file, and never for a rebuild that leaves it as it is."""
    with open_page(server, f"{server.prefix}/") as messages:
        assert next(messages) == b": still here"
        assert list(server.open_pages) == ["index.html"]
        server.reload()
        assert next(messages) == b": still here"
        (output / "index.html").write_bytes(PAGE.replace(b"Home", b"Newest"))
        server.reload()
        assert next(messages) == b"data: rebuilt"
        assert list(messages) == []
    with open_page(server, f"{server.prefix}/") as messages:
        assert next(messages) == b": still here"
        server.reload(look=True)
        assert next(messages) == b"data: rebuilt", "a stylesheet changes a page whose bytes it leaves alone"
    (output / "index.html").unlink()
    with open_page(server, f"{server.prefix}/c%C3%B4te/") as messages:
        assert next(messages) == b": still here"
        server.newest["côte/index.html"] = PAGE
        server.reload()
        assert next(messages) == b"data: rebuilt"


def test_a_page_that_changed_before_the_browser_asked_reloads(server: Server, output: Path) -> None:
    """A build may end between the page and its script's first request."""
    shown = SCRIPT_TAG.search(get(server, f"{server.prefix}/")[2])
    (output / "index.html").write_bytes(PAGE.replace(b"Home", b"Newest"))
    assert shown is not None
    assert get(server, f"{EVENTS}?{shown[1].decode()}{server.prefix}/")[2] == b"data: rebuilt\n\n"


def test_a_file_that_a_build_is_about_to_write_is_sent_before(server: Server) -> None:
    """Whether it stands on the disk already or not; an address without its slash leads to it too."""
    unwritten = {"index.html": b"<head></head>newest", "topics/war/index.html": b"War", "feed.xml": b"<new/>"}
    server.unwritten = unwritten.get
    prefix = server.prefix
    assert b"newest" in get(server, f"{prefix}/")[2]
    assert get(server, f"{prefix}/feed.xml")[2] == b"<new/>"
    assert get(server, f"{prefix}/topics/war/")[0::2] == (200, b"War")
    status, headers, _ = get(server, f"{prefix}/topics/war")
    assert (status, headers["Location"]) == (301, f"{prefix}/topics/war/")
    assert get(server, f"{prefix}/topics/peace/")[0] == 404


def test_a_taken_port_is_said_in_a_sentence(server: Server) -> None:
    """The second preview on a port is told to take another, without a traceback."""
    with pytest.raises(EnvironmentFault, match="--port"):
        Server("127.0.0.1", server.server_port, Path(), "")


def test_a_name_too_long_for_the_file_system_is_not_found(server: Server) -> None:
    """It is answered like any other wrong address."""
    assert get(server, f"{server.prefix}/{'a' * 5000}/")[0] == 404


def test_a_page_that_the_first_build_has_not_made_yet_is_waited_for(server: Server, output: Path) -> None:
    """An editor who opens a draft while the site is built sees it as soon as it is there."""
    server.built.clear()

    def build() -> None:
        (output / "late").mkdir()
        (output / "late/index.html").write_bytes(PAGE)
        server.reload()

    threading.Timer(0.2, build).start()
    assert get(server, f"{server.prefix}/late/")[0] == 200
    assert get(server, f"{server.prefix}/never/")[0] == 404


def test_a_page_that_is_missing_says_which_fault_keeps_it_away() -> None:
    """A new entry that could never be parsed has no address of its own yet: the one of its file's name says why."""
    problem = Problem("content/entries/drafts/talks.md", 3, 1, "unknown-key", "unknown key 'Title'")
    notices = Notices(PreviewFacts(faults=(problem,)), "")
    assert "unknown key" in notices.banner("/briefings/talks/")
    assert "in other files" not in notices.banner("/briefings/talks/")
    assert "1 fault</a> in other files" in notices.banner("/briefings/other/")
    moved = PreviewFacts(faults=(problem,), addresses={problem.path: ("/briefings/peace/",)})
    assert "unknown key" not in Notices(moved, "").banner("/briefings/talks/")
