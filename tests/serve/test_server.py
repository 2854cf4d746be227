"""pouch.serve.server: what a browser gets from the preview."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from pouch.engine.preview.facts import PreviewFacts
from pouch.errors import EnvironmentFault
from pouch.problems import Problem
from pouch.serve import local
from pouch.serve.notices import Notices
from pouch.serve.server import EVENTS, SCRIPT, Handler, Server, media_type, resolve

PATIENCE = 60
"""Seconds that an answer may take: a server that does not answer fails a test, a busy machine does not."""
SCRIPT_TAG = re.compile(rb'<script src="/\.pouch/reload\.js\?([0-9a-f]{32})"></script>')
PAGE = b"<!doctype html><html><head><title>Home</title></head></html>"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A small built site, and a file beside it that is nobody's business."""
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "output"
    (folder / "countries/cote-d-ivoire").mkdir(parents=True)
    (folder / "empty").mkdir()
    for name in ("index.html", "404.html", "countries/cote-d-ivoire/index.html"):
        (folder / name).write_bytes(PAGE)
    (folder / "feed.xml").write_text("<rss/>")
    return folder


@pytest.fixture(params=["", "/archive"])
def server(output: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The preview's server on a free port, at the root of its host and below a path."""
    serving = Server("127.0.0.1", 0, output, request.param)
    threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield serving
    serving.shutdown()
    serving.server_close()


def get(server: Server, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    connection.request(method, path)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


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


def test_pages_of_other_origins_read_nothing(server: Server) -> None:
    """A name that an attacker points at this machine (DNS rebinding) gets no page, and so no draft."""
    cases = {
        "127.0.0.1": 200,
        f"localhost:{server.server_port}": 200,
        "briefings.localhost": 200,
        "[::1]:8000": 200,
        "attacker.example": 421,
        "127.0.0.1.attacker.example": 421,
        "192.0.2.7": 421,
        "": 421,
        "[half": 400,
    }
    assert {host: status_for_host(server, host) for host in cases} == cases
    server.bind = "0.0.0.0"  # noqa: S104  # as a user who passes --bind
    assert (status_for_host(server, "192.0.2.7"), status_for_host(server, "attacker.example")) == (200, 421)


def status_for_host(server: Server, host: str) -> int:
    """The status of a request for the home page with this Host header."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    connection.putrequest("GET", f"{server.prefix}/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_name_too_long_for_the_file_system_is_not_found(server: Server) -> None:
    """It is answered like any other wrong address."""
    assert get(server, f"{server.prefix}/{'a' * 5000}/")[0] == 404


@pytest.mark.parametrize(
    ("origin", "status"), [("", 200), ("own", 200), ("https://attacker.example", 403), ("null", 403)]
)
def test_pages_of_another_site_may_not_ask(server: Server, origin: str, status: int) -> None:
    """A request that a browser makes for another site's page names that site."""
    headers = {"Origin": server.address if origin == "own" else origin} if origin else {}
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    connection.request("GET", f"{server.prefix}/", headers=headers)
    assert connection.getresponse().status == status
    connection.close()


def test_half_open_connections_do_not_stop_the_preview(server: Server) -> None:
    """Two hundred clients that never finish their request leave room for one that does; each is cut off in the end."""
    idle = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(200)]
    try:
        for connection in idle:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert get(server, f"{server.prefix}/")[0] == 200
        assert Handler.timeout < PATIENCE
    finally:
        for connection in idle:
            connection.close()


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


# Ways in which a path has been written to leave a folder: plain, encoded once and twice, with signs that some systems
# read as a slash or a dot, overlong UTF-8, absolute, with a null byte, a drive, a scheme or a host.
UPWARD = (
    "..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..%00", "..;", "%c0%ae%c0%ae", "%uff0e%uff0e", "\uff0e\uff0e",
    "..\\", "..%5c", "%2e%2e%5c", "..%255c", "~", "file:", "C:", "%00", ". .", "..%20", "..\t", "....",
)  # fmt: skip
SLASHES = ("/", "%2f", "%252f", "\\", "%5c", "%c0%af", "//", "/./", "\uff0f")


def status_of(server: Server, target: bytes, headers: bytes = b"") -> tuple[int, bytes]:
    """The status and the body of a request that no client library would send."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE) as connection:
        host = f"127.0.0.1:{server.server_port}".encode()
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\n" + headers + b"\r\n")
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return int(answer.split(b" ", 2)[1]) if answer else 0, answer.partition(b"\r\n\r\n")[2]


def test_no_notation_of_a_path_leaves_the_folder(server: Server) -> None:
    """Whatever way of writing "up", the file beside the folder is not sent, and nothing ends the server."""
    targets = [
        "/secret.txt",
        "//secret.txt",
        "http://127.0.0.1/secret.txt",
        "*",
        "secret.txt",
        "/%",
        "/%zz",
        "/[",
    ]
    for up in UPWARD:
        for slash in SLASHES:
            step = up + slash
            targets += [
                f"/{step}secret.txt",
                f"/countries{slash}{step}{step}secret.txt",
                f"/{step * 8}etc/passwd",
            ]
    for target in targets:
        for prefix in dict.fromkeys(("", server.prefix)):
            whole = (prefix + target if target.startswith("/") else target).encode()
            status, body = status_of(server, whole.replace(b"\t", b"%09").replace(b" ", b"%20"))
            assert status in (301, 400, 404), (whole, status)
            assert b"secret" not in body.replace(b"secret.txt", b""), whole
            assert b"root:" not in body, whole
    assert get(server, f"{server.prefix}/")[0] == 200


@pytest.mark.parametrize(
    ("target", "headers", "status"),
    [
        (b"/" + b"a" * 70_000, b"", 414),
        (b"/", b"X: " + b"a" * 70_000 + b"\r\n", 431),
        (b"/", b"".join(b"X-%d: a\r\n" % number for number in range(200)), 431),
        (b"/", b"Content-Length: 999999999999\r\n", 200),
        (b"/", b"Transfer-Encoding: chunked\r\nContent-Length: -1\r\n", 200),
        (b"/", b"Range: bytes=0-999999999999\r\n", 200),
        (b"/", b"X: \xff\xfe\r\n\tfolded\r\n", 200),
    ],
)
def test_requests_that_are_too_large_are_refused(
    server: Server, target: bytes, headers: bytes, status: int
) -> None:
    """A line or a header without end, or too many headers, get an answer; a body that a GET announces is not read."""
    whole = server.prefix.encode() + target
    assert status_of(server, whole, headers)[0] == status
    assert get(server, f"{server.prefix}/")[0] == 200


def test_a_request_that_drips_is_cut_off(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that sends a byte now and then has as much time as any other."""
    monkeypatch.setattr(Handler, "timeout", 0.5)
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE) as connection:
        connection.settimeout(0.1)
        ends = time.monotonic() + PATIENCE
        with suppress(ConnectionError):
            while time.monotonic() < ends:
                connection.sendall(b"G")
                try:
                    assert connection.recv(1) == b""
                    break
                except TimeoutError:
                    continue
        assert time.monotonic() < ends


def test_connections_past_the_limit_are_closed_and_the_server_goes_on(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has a thread; where all are taken by clients that say nothing, the next is turned away."""
    monkeypatch.setattr(local, "MOST_CONNECTIONS", 20)
    serving = Server("127.0.0.1", 0, output, "")
    threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    idle = [socket.create_connection(("127.0.0.1", serving.server_port), timeout=PATIENCE) for _ in range(20)]
    with socket.create_connection(("127.0.0.1", serving.server_port), timeout=PATIENCE) as refused:
        assert refused.recv(1) == b""
    for connection in idle:
        connection.close()
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with suppress(http.client.HTTPException, ConnectionError):
            assert get(serving, "/")[0] == 200
            break
    assert time.monotonic() < ends
    serving.shutdown()
    serving.server_close()


def test_two_hundred_requests_at_once_are_answered(server: Server) -> None:
    """A page with many parts, in many tabs."""
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(get(server, f"{server.prefix}/feed.xml")[0]))
        for _ in range(200)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 200


def test_a_page_that_is_missing_says_which_fault_keeps_it_away() -> None:
    """A new entry that could never be parsed has no address of its own yet: the one of its file's name says why."""
    problem = Problem("content/entries/drafts/talks.md", 3, 1, "unknown-key", "unknown key 'Title'")
    notices = Notices(PreviewFacts(faults=(problem,)), "")
    assert "unknown key" in notices.banner("/briefings/talks/")
    assert "in other files" not in notices.banner("/briefings/talks/")
    assert "1 fault</a> in other files" in notices.banner("/briefings/other/")
    moved = PreviewFacts(faults=(problem,), addresses={problem.path: ("/briefings/peace/",)})
    assert "unknown key" not in Notices(moved, "").banner("/briefings/talks/")
