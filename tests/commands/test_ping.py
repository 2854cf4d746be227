"""`pouch ping`, against a hub that runs in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import msgspec
import pytest
from click.testing import CliRunner, Result

from pouch.commands.ping import command
from pouch.errors import PouchError
from tests.archives import a_record, a_site, an_archive
from tests.plugins.pouch_feeds.documents import documents

HUB = """
import http.server, sys
class Hub(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with open(sys.argv[1], "a") as log:
            log.write(body + "\\n")
        self.send_response(503 if self.path == "/tired" else 202)
        self.end_headers()
        self.wfile.write(b"not now" if self.path == "/tired" else b"")
    def log_message(self, *arguments): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Hub)
print(server.server_port, flush=True)
server.serve_forever()
"""
RECORDS = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}") for n in range(3)]


class Hub:
    def __init__(self, url: str, log: Path) -> None:
        self.url = url
        self._log = log

    def told(self) -> list[str]:
        """The feeds that it was told of, in order."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        messages = [parse_qs(line) for line in lines]
        assert all(message["hub.mode"] == ["publish"] for message in messages)
        return [message["hub.url"][0] for message in messages]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    log = tmp_path / "hub.log"
    with subprocess.Popen(
        [sys.executable, "-c", HUB, str(log)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield Hub(f"http://127.0.0.1:{process.stdout.readline().strip()}/", log)
        process.kill()


def publish(folder: Path, hub_url: str | None, *, title: str = "Title", extra: bool = False) -> Path:
    """A tree of feeds, in which the first entry has this title."""
    records = [msgspec.structs.replace(RECORDS[0], title=title), *RECORDS[1:]]
    if extra:
        records.append(a_record("kkkk", "2025-06-01", countries=("KE",), topics=("trade",)))
    for path, data in documents(an_archive(*records, site=a_site(hub=hub_url))).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / "index.html").write_text(title)
    return folder


def ping(live: Path, before: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["--output", str(live), "--before", str(before), *arguments])


def differing(live: Path, before: Path) -> set[str]:
    """The addresses of the files that differ, told in the plainest way; OPML and pages are no feeds."""
    return {
        f"https://example.org/{file.relative_to(live).as_posix()}"
        for file in live.rglob("*.*")
        if file.suffix in (".xml", ".json")
        and file.name != "opml.xml"
        and (
            (old := before / file.relative_to(live)).exists() is False
            or old.read_bytes() != file.read_bytes()
        )
    }


def test_the_hub_hears_of_exactly_the_feeds_that_changed(tmp_path: Path, hub: Hub) -> None:
    """A new briefing on Kenya: Kenya, trade and the site are announced, Ukraine is not."""
    before = publish(tmp_path / "before", hub.url)
    live = publish(tmp_path / "live", hub.url, extra=True)
    result = ping(live, before)
    assert result.exit_code == 0, result.output
    told = hub.told()
    assert set(told) == differing(live, before)
    assert len(told) == len(set(told))
    assert result.stdout.splitlines() == told
    assert {"https://example.org/feed.xml", "https://example.org/countries/kenya/atom.xml"} <= set(told)
    assert not [topic for topic in told if "ukraine" in topic]


def test_the_hub_hears_nothing_where_nothing_changed(tmp_path: Path, hub: Hub) -> None:
    """A rebuild wakes no subscriber."""
    before, live = publish(tmp_path / "before", hub.url), publish(tmp_path / "live", hub.url)
    (live / "index.html").write_text("another page")
    assert ping(live, before).exit_code == 0
    assert hub.told() == []


def test_a_dry_run_lists_and_tells_nobody(tmp_path: Path, hub: Hub) -> None:
    """The same list, and no request."""
    before, live = publish(tmp_path / "before", hub.url), publish(tmp_path / "live", hub.url, title="New")
    result = ping(live, before, "--dry-run")
    assert set(result.stdout.splitlines()) == differing(live, before)
    assert hub.told() == []


def test_a_hub_that_refuses_is_named_with_its_reason(tmp_path: Path, hub: Hub) -> None:
    """Exit code 2, every refusal listed, and the other feeds are told all the same."""
    tired = hub.url + "tired"
    before, live = publish(tmp_path / "before", tired), publish(tmp_path / "live", tired, title="New")
    result = ping(live, before)
    assert isinstance(result.exception, PouchError)
    assert result.exception.exitcode == 2
    assert "refused https://example.org/feed.xml: 503 Service Unavailable: not now" in result.stderr
    assert set(hub.told()) == differing(live, before)


def test_a_hub_that_is_not_there_is_named(tmp_path: Path) -> None:
    """No traceback: which hub, and why."""
    gone = "http://127.0.0.1:9/"
    before, live = publish(tmp_path / "before", gone), publish(tmp_path / "live", gone, title="New")
    result = ping(live, before)
    assert isinstance(result.exception, PouchError)
    assert f"the hub {gone} cannot be reached" in str(result.exception)


def test_without_a_hub_the_editor_is_told_which_setting_is_missing(tmp_path: Path) -> None:
    """Silence would look like success."""
    before, live = publish(tmp_path / "before", None), publish(tmp_path / "live", None, title="New")
    result = ping(live, before)
    assert isinstance(result.exception, PouchError)
    assert "POUCH_HUB" in str(result.exception)


def test_only_feeds_are_announced(tmp_path: Path, hub: Hub) -> None:
    """A file of the editor's own that has a feed's name, or a broken one, is passed over."""
    before, live = publish(tmp_path / "before", hub.url), publish(tmp_path / "live", hub.url)
    (live / "extra").mkdir()
    (live / "extra" / "feed.json").write_text('{"hubs": 3}')
    (live / "extra" / "feed.xml").write_text(
        '<rss><link rel="hub" href="file:///etc/x"/><link rel="self" href="x"/></rss>'
    )
    (live / "extra" / "atom.xml").write_bytes(b"\xff\xfe")
    assert ping(live, before, "--dry-run").stdout == ""
