"""pouch.serve.local: who may ask the preview's server, and what no request does to it."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pouch.serve import local
from pouch.serve.server import Handler, Server
from tests.serve.browsing import PATIENCE, get


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
