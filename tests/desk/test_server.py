"""Who may ask the desk, and what it answers."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from pouch.desk.answers import Look
from pouch.desk.server import TOKEN, DeskServer
from pouch.desk.sheet import Sheet
from pouch.desk.words import chosen_language
from pouch.site import load_site
from tests.desk.sites import ARTICLE, make_site
from tests.held import PATIENCE


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A desk that serves."""
    work = make_site(tmp_path_factory.mktemp("desk"))
    found = DeskServer(load_site(work.root), 0)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def asked(
    server: DeskServer, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=PATIENCE)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, names)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def posted(server: DeskServer, path: str, value: Any) -> Any:
    """What a page of the desk gets."""
    status, _, data = asked(server, "POST", path, json.dumps(value).encode(), **{TOKEN: server.token})
    assert status == 200, data
    return json.loads(data)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/", {"Host": "desk.example"}, 421),
        ("GET", "/api/inbox", {"Host": "desk.example:80"}, 421),
        ("GET", "/api/inbox", {"Origin": "https://other.example"}, 403),
        ("POST", "/api/intake", {}, 403),
        ("POST", "/api/intake", {TOKEN: "guessed"}, 403),
        ("POST", "/api/save", {"Origin": "https://other.example", TOKEN: "TOKEN"}, 403),
        ("POST", "/api/save", {TOKEN: "TOKEN"}, 400),
        ("POST", "/api/nothing", {TOKEN: "TOKEN"}, 404),
        ("GET", "/entry/../secret", {}, 404),
        ("GET", "/api/entry/none", {}, 404),
        ("GET", "/site/../pelicanconf.py", {}, 404),
        ("GET", "/site/entries/drafts/harbour.md", {}, 404),
        ("GET", "/site/theme/pouch.css", {}, 200),
        ("GET", "/tokens.css", {}, 200),
        ("GET", "/desk.js", {}, 200),
    ],
)
def test_only_the_desk_itself_is_answered(
    server: DeskServer, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """Other hosts, other sites and requests without the token are refused; so is what is no file of a page."""
    headers = {name: value.replace("TOKEN", server.token) for name, value in headers.items()}
    assert asked(server, method, path, b"{}" if method == "POST" else b"", **headers)[0] == status


def test_pages_load_nothing_from_elsewhere(server: DeskServer) -> None:
    """The policy allows the desk's own files alone, no form to send, and no other page around it."""
    _, headers, body = asked(server, "GET", "/")
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert b"http" not in body.replace(server.address.encode(), b"").replace(b"http-equiv", b"")


def test_an_article_comes_in_and_is_completed(server: DeskServer) -> None:
    """Text, HTML and files; terms by any of their names, in any language of the site."""
    found = posted(server, "/api/intake", {"text": ARTICLE})
    assert found["refused"] == []
    entry_id = found["waiting"][0]["id"]
    entry = json.loads(asked(server, "GET", f"/api/entry/{entry_id}")[2])
    assert entry["fields"]["title"] == "Ships leave Odesa again after the storm"
    status, _, data = asked(server, "POST", "/api/file?name=a.txt", ARTICLE.encode(), **{TOKEN: server.token})
    assert (status, json.loads(data)["waiting"][0]["id"]) == (200, entry_id)
    assert posted(server, "/api/intake", {"text": " "})["refused"]
    for word, key in (("Ukr", "UA"), ("Allemagne", "DE"), ("EG", "EG")):
        found = json.loads(asked(server, "GET", f"/api/complete?kind=country&word={word}")[2])
        assert found[0]["key"] == key
    look = posted(
        server, "/api/look", {"id": entry_id, "fields": entry["fields"], "passages": entry["passages"]}
    )
    assert "<h1" in look["html"]
    assert "<script src" not in look["html"]
    assert posted(server, "/api/discard", {"id": entry_id}) == {}


def test_a_browser_is_spoken_to_in_its_language() -> None:
    """Where the site has it and the desk speaks it; else in the site's own."""
    languages = ("en", "fr", "ja")
    for accepted, lang in (
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("ja,fr;q=0.5", "fr"),
        ("en-GB", "en"),
        ("xx", "en"),
        ("", "en"),
        ("fr;q=zero,en", "en"),
    ):
        assert chosen_language(accepted, languages) == lang


def test_a_fault_of_the_desk_is_a_sentence(
    server: DeskServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page shows what went wrong, the terminal where; nobody waits for an answer that never comes."""

    def broken(_: str) -> None:
        raise RuntimeError("a cog is missing")

    monkeypatch.setattr(server.desk, "open", broken)
    status, headers, data = asked(server, "GET", "/api/entry/harbour-1")
    assert (status, json.loads(data)) == (500, {"fault": "RuntimeError: a cog is missing"})
    assert headers["Content-Type"].startswith("application/json")
    assert "a cog is missing" in capsys.readouterr().err


def test_only_addresses_of_the_web_are_visited(server: DeskServer) -> None:
    """A path of this machine is no address, whoever asks; a token of other letters is wrong, and no error."""
    for address in ("/etc/hostname", "-", "file:///etc/hostname", "."):
        found = posted(server, "/api/intake", {"address": address})
        assert (found["waiting"], len(found["refused"])) == ([], 1), address
    assert asked(server, "POST", "/api/look", b"{}", **{TOKEN: "é"})[0] == 403


def test_whoever_waits_for_files_does_not_hold_the_tagger(
    server: DeskServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save takes the files first and may then need the tagger: two that wait for each other would never end."""
    desk, waiting = server.desk, threading.Event()

    def evidence(_: Sheet) -> dict[str, str]:
        waiting.set()
        with desk.lock:
            return {}

    monkeypatch.setattr(desk, "evidence", evidence)
    with desk.lock:
        asking = threading.Thread(target=posted, args=(server, "/api/evidence", {"id": "a"}))
        asking.start()
        assert waiting.wait(PATIENCE)
        free = desk.analysing.acquire(blocking=False)
        if free:
            desk.analysing.release()
    asking.join()
    assert free


def test_a_request_that_was_broken_off_costs_nothing(
    server: DeskServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the looks that wait, those are left out whose browser has gone on to a newer one."""
    titles: list[str] = []
    whole = server.desk.look

    def look(sheet: Sheet) -> Look:
        titles.append(sheet.fields.title)
        return whole(sheet)

    monkeypatch.setattr(server.desk, "look", look)
    body = b'{"id": "harbour-1", "fields": {"title": "Old"}}'
    with server.desk.lock:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=PATIENCE)
        connection.request("POST", "/api/look", body, {TOKEN: server.token})
        connection.close()
    posted(server, "/api/look", json.loads(body.replace(b"Old", b"New")))
    assert titles == ["New"]
