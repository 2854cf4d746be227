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
        (["--mentions", "France"], ["cccc"]),
        (["--find", "WATER"], ["bbbb"]),
        (["--find", "text talks"], ["dddd", "aaaa", "cccc"]),
        (["--find", "text nothing"], []),
        (["--status", "waiting"], []),
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
        "mentions": [], "waits_until": "",
    }  # fmt: skip


def test_what_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    """A broken entry is in no list, so it is named, and the exit code is 1."""
    result = run(make_site(tmp_path, {**FILES, "entries/x.md": "---\n"}), "list")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 4
    assert "content/entries/x.md:1: error" in result.stderr
    assert run(tmp_path, "list", "--country", "Ukrane").exit_code == 2


def test_an_embargo_shows_until_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`published` would be wrong of a briefing that is on no page yet; a draft waits for nobody's clock."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741176000")  # 5 March 2025, 12:00 UTC
    later = {
        "entries/a.md": entry("eeee", "publish_at: 2025-06-01T09:00:00Z"),
        "entries/b.md": entry("ffff", "date: 2025-06-01"),
        "entries/c.md": entry("gggg", "date: 2025-06-01", "status: draft"),
    }
    site = make_site(tmp_path, {**FILES, **later})
    listed = run(site, "list", "--status", "waiting").stdout
    assert listed.splitlines() == [
        "ffff\t2025-06-01\twaits until 2025-06-01\tcontent/entries/b.md\tTalks",
        "eeee\t2025-03-05\twaits until 2025-06-01 11:00 (Europe/Brussels)\tcontent/entries/a.md\tTalks",
    ]
    found = json.loads(run(site, "list", "--status", "waiting", "--json").stdout.splitlines()[1])
    assert (found["status"], found["waits_until"]) == ("published", "2025-06-01T11:00:00+02:00")
    assert "gggg\t2025-06-01\tdraft" in run(site, "list").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--country", "Congo"], "CD (Congo"),
        (["--country", "Scotland"], "did you mean GB (United Kingdom)?"),
        (["--mentions", "Ukrane"], "did you mean UA (Ukraine)?"),
        (["--topic", "ceasfire"], "did you mean 'ceasefire'?"),
    ],
)
def test_a_name_that_is_unclear_is_asked_about(tmp_path: Path, arguments: list[str], message: str) -> None:
    """Commands say what front matter says of a name: which one was meant, or between which it lies."""
    outcome = run(make_site(tmp_path, FILES), "list", *arguments)
    assert outcome.exit_code == 2
    assert message in outcome.stderr
