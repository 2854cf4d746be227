"""Web addresses: what is fetched, what is refused, and that nothing makes us wait, or ask where we should not."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from pouch.convert.intake import hosts
from pouch.convert.intake.fetching import FetchError, Limits, fetch
from pouch.convert.intake.hosts import is_public
from pouch.errors import EnvironmentFault
from tests.convert.server import BOMB, Answer, serve
from tests.convert.sites import ENGLISH, run, run_json

HTML = {"Content-Type": "text/html; charset=windows-1252"}
TITLE, *PARAGRAPHS = ENGLISH.strip().split("\n\n")
PAGE = (
    f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
    + "".join(f"<p>{text} — l’été.</p>" for text in PARAGRAPHS)
    + "</article></body></html>"
).encode("cp1252")
ITEM = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>River News</title><item><title>{TITLE}</title>
<link>https://example.org/truce</link><pubDate>Wed, 05 Mar 2025 10:22:00 +0100</pubDate>
<description><![CDATA[{ITEM}]]></description></item></channel></rss>""".encode()

ANSWERS: dict[str, Answer] = {
    "/page": (200, HTML, PAGE),
    "/feed": (200, {"Content-Type": "application/rss+xml"}, FEED),
    "/zipped": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/untyped": (200, {}, PAGE),
    "/moved": (301, {"Location": "/page"}, b""),
    "/circle": (302, {"Location": "/circle2"}, b""),
    "/circle2": (302, {"Location": "/circle"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/gone": (410, HTML, b""),
    "/forbidden": (403, HTML, b""),
    "/odd": (799, HTML, b""),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, BOMB),
    "/bomb-in-a-bomb": (200, {**HTML, "Content-Encoding": "gzip, gzip"}, gzip.compress(BOMB)),
    "/damaged": (200, {**HTML, "Content-Encoding": "gzip"}, b"no gzip at all"),
    "/announced": (200, {**HTML, "Content-Length": "999999999999"}, b""),
    "/empty": (200, HTML, b""),
    **{f"/far{number}": (302, {"Location": f"/far{number + 1}"}, b"") for number in range(9)},
}
# For servers that never come to an end: those are given up after so long, on any machine. What a busy machine may keep
# waiting, a connection or a byte, is given up later.
QUICK = Limits(connect=60, read=60, total=1.5, size=5_000_000)
# For all others, which a busy machine may keep from answering at once.
PATIENT = Limits(connect=60, read=60, total=120, size=5_000_000)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that gives those answers."""
    with serve(ANSWERS) as address:
        yield address


@pytest.mark.parametrize("path", ["/page", "/zipped", "/untyped", "/moved", "/page?utm_source=x#top"])
def test_pages(server: str, path: str) -> None:
    """A page is fetched, unpacked, and known by the address where it was found in the end."""
    answer = fetch(server + path, allow_private=True)
    assert answer.data == PAGE
    assert answer.url.startswith(server + ("/page" if path == "/moved" else path))
    assert answer.charset == (None if path == "/untyped" else "windows-1252")


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("/nowhere", "http-status", "404 Not Found"),
        ("/gone", "http-status", "410 Gone"),
        ("/forbidden", "http-status", "403"),
        ("/odd", "http-status", "799"),
        ("/picture", "not-article", "image/png"),
        ("/circle", "redirects", "circle"),
        ("/far0", "redirects", "more than 5"),
        ("/to-file", "bad-address", "file:///etc/passwd"),
        ("/bomb", "too-large", "5 MB"),
        ("/bomb-in-a-bomb", "too-large", "5 MB"),
        ("/endless", "too-large", "5 MB"),
        ("/announced", "too-large", "5 MB"),
        ("/damaged", "unreachable", "damaged"),
        ("/broken-off", "unreachable", "broke off"),
        ("/drip", "timeout", "1.5 seconds"),
        ("/slow-headers", "timeout", "1.5 seconds"),
    ],
)
def test_refusals(server: str, path: str, code: str, said: str) -> None:
    """What gives no article says why, in time, and with little in memory."""
    with pytest.raises(FetchError, match=said) as caught:
        fetch(server + path, allow_private=True, limits=QUICK if code == "timeout" else PATIENT)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://user:secret@example.org/", "bad-address"),
        ("ftp://example.org/", "bad-address"),
        ("http:///nowhere", "bad-address"),
        ("http://[::1", "bad-address"),
        ("http://example.org:99999/", "bad-address"),
        ("http://" + "x" * 70 + ".org/", "bad-address"),
    ],
)
def test_addresses_that_are_none(url: str, code: str) -> None:
    """Only an http or https address without a password in it is fetched."""
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert caught.value.code == code


def test_nobody_answers() -> None:
    """A port where nobody listens is told as such."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError, match="no connection"):
            fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/", allow_private=True, limits=PATIENT)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::93.184.216.34", True),
        *((address, False) for address in (
            "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
            "0.0.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1",
            "192.0.0.1", "192.0.0.9", "192.0.0.171", "192.88.99.1", "::ffff:192.88.99.2", "2002:c058:6301::",
            "fc00::1", "ff02::1", "2001:db8::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
            "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
        )),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    """An address of this machine or of a private network is not public, in whatever form it is written."""
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"],  # noqa: S104
)
def test_private_addresses_are_not_fetched(host: str) -> None:
    """Whatever this machine's name is spelt like, it is checked as the number that it stands for."""
    with pytest.raises(FetchError) as caught:
        fetch(f"http://{host}:9/", limits=PATIENT)
    assert caught.value.code in ("private-address", "unreachable")
    assert "connection" not in str(caught.value)


class Names:
    """A name server of the tests: what it answers at each question."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **answers: list[str]) -> None:
        self.asked: list[str] = []
        ask = socket.getaddrinfo

        def getaddrinfo(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
            key = str(host).partition(".")[0]
            if key in answers:
                self.asked.append(key)
                numbers = answers[key]
                return ask(numbers.pop(0) if len(numbers) > 1 else numbers[0], port, *rest, **named)
            return ask(host, port, *rest, **named)

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_the_address_that_was_checked_is_the_one_connected_to(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and private a moment later is not asked a second time."""
    names = Names(monkeypatch, rebinding=["127.0.0.1", "10.255.255.1"])
    monkeypatch.setattr(hosts, "is_public", lambda address: str(address) == "127.0.0.1")
    port = server.rpartition(":")[2]
    assert fetch(f"http://rebinding.test:{port}/page", limits=PATIENT).data == PAGE
    assert names.asked == ["rebinding"]


def test_a_redirect_is_checked_like_any_address(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page cannot send us on to a private address."""
    port = server.rpartition(":")[2]
    Names(monkeypatch, public=["127.0.0.1"], inner=["127.0.0.2"])
    monkeypatch.setattr(hosts, "is_public", lambda address: str(address) == "127.0.0.1")
    monkeypatch.setitem(ANSWERS, "/inward", (302, {"Location": f"http://inner.test:{port}/page"}, b""))
    with pytest.raises(FetchError) as caught:
        fetch(f"http://public.test:{port}/inward", limits=PATIENT)
    assert (caught.value.code, caught.value.hint) == ("private-address", "--allow-private fetches it")


def test_converting_an_address(site: Path, server: str) -> None:
    """A page's address becomes a draft whose source is that address; a private one needs the option."""
    (line,) = run_json(site, "--allow-private", f"{server}/moved")
    assert (line["entry"]["title"], line["entry"]["source"]["url"]) == (TITLE, f"{server}/page")
    assert "l’été" in line["body"]
    (refused,) = run_json(site, f"{server}/page")
    assert [problem["code"] for problem in refused["problems"]] == ["private-address"]
    assert run(site, f"{server}/page").exit_code == 1


def test_converting_a_feeds_address(site: Path, server: str) -> None:
    """Each item of a feed is an article, with its own address, date and title; what fails beside it is named."""
    item, missing = run_json(site, "--allow-private", f"{server}/feed", f"{server}/nowhere")
    assert item["entry"]["title"] == TITLE
    assert item["entry"]["source"] == {"name": "River News", "url": "https://example.org/truce"}
    assert (item["entry"]["date"], item["date_from"]) == ("2025-03-05T10:22:00+01:00", "metadata")
    assert item["text"].splitlines() == PARAGRAPHS
    assert missing["problems"][0]["message"] == "the server answers 404 Not Found"


@pytest.mark.parametrize("source", ["ftp://example.org/x", "file:///etc/passwd", "gopher://example.org/"])
def test_other_schemes_are_wrong_usage(site: Path, source: str) -> None:
    """Only http and https addresses are sources."""
    with pytest.raises(EnvironmentFault, match="only http and https"):
        run(site, source)
