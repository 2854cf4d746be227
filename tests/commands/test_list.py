"""`pouch list`: which entries there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site, run

FILES = {
    "entries/2025/03/talks.md": entry("aaaa"),
    "entries/2025/02/flood.md": entry(
        "bbbb", "title: Water", "date: 2025-02-01", "countries: [FR]", "topics: [flood]"
    ),
    "entries/2025/03/treve.md": entry("cccc", "lang: fr", "topics: [ceasefire]", "mentions: [FR]"),
    "entries/drafts/later.md": entry("dddd", "date:", "status: draft"),
}


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["dddd", "aaaa", "cccc", "bbbb"]),
        (["--country", "UA"], ["dddd", "aaaa", "cccc"]),
        (["--country", "ua"], ["dddd", "aaaa", "cccc"]),
        (["--country", "France"], ["bbbb"]),
        (["--topic", "war"], ["dddd", "aaaa", "cccc"]),
        (["--topic", "Cessez-le-feu"], ["cccc"]),
        (["--status", "draft"], ["dddd"]),
        (["--lang", "fr"], ["cccc"]),
        (["--country", "UA", "--topic", "war", "--status", "published", "--lang", "en"], ["aaaa"]),
    ],
)
def test_what_is_listed(tmp_path: Path, arguments: list[str], ids: list[str]) -> None:
    """Drafts without a date come first, then the newest; a topic includes those under it, a country its own only."""
    result = run(make_site(tmp_path, FILES), "list", *arguments)
    assert result.exit_code == 0
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ids


def test_a_line_and_an_object(tmp_path: Path) -> None:
    """A line has id, date, status, path and title; --json all that a script may want."""
    site = make_site(tmp_path, FILES)
    line = run(site, "list", "--topic", "flood").stdout
    assert line == "bbbb\t2025-02-01\tpublished\tcontent/entries/2025/02/flood.md\tWater\n"
    assert json.loads(run(site, "list", "--topic", "flood", "--json").stdout) == {
        "id": "bbbb", "date": "2025-02-01", "status": "published", "lang": "en", "title": "Water",
        "path": "content/entries/2025/02/flood.md", "countries": ["FR"], "topics": ["flood"],
    }  # fmt: skip


def test_what_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    """A broken entry is in no list, so it is named, and the exit code is 1."""
    result = run(make_site(tmp_path, {**FILES, "entries/x.md": "---\n"}), "list")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 4
    assert "content/entries/x.md:1: error" in result.stderr
    assert run(tmp_path, "list", "--country", "Ukrane").exit_code == 2
