"""`pouch export` and `pouch import` as a user runs them; other people's programs judge the data."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import frictionless
import pytest

from tests.commands.sites import entry, make_site, run

FILES = {
    "entries/2025/03/a.md": entry(
        "aaaa",
        'title: "Talks: \\"one\\", two"',
        "mentions: [FR]",
        "topics: [ceasefire]",
        "key_points: [One; two., Three.]",
        "authors: [Jo Dunn, Ann Lee]",
        "source:",
        "  - {name: Port, title: Notice, url: 'https://port.example/1', archived: {url: 'https://a.example/1'}}",
        "  - {name: B}",
        "updated: 2025-03-07",
        "corrections: [{date: 2025-03-06, note: It was two.}]",
        "extra: {rating: 3}",
        body='Words, "quoted".\n\nA second paragraph.',
    ),
    "entries/2025/03/b.md": entry("bbbb", "translation_of: aaaa", "lang: fr", "title: Pourparlers"),
    "entries/2025/04/c.md": entry("cccc", "date: 2025-04-01T08:00:00+02:00"),
    "entries/2025/04/later.md": entry("dddd", "date: 2999-01-01"),
    "entries/drafts/draft.md": entry("eeee", "status: draft"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_site(tmp_path_factory.mktemp("exported"), FILES)
    with (folder / "pelicanconf.py").open("a") as settings:
        settings.write('POUCH_LICENSE = "https://licences.example/by"\n')
    outcome = run(folder, "export", str(folder / "data"), "--sqlite", str(folder / "archive.db"))
    assert outcome.exit_code == 0, outcome
    return folder


def test_the_package_is_valid(site: Path) -> None:
    """Frictionless reads every resource by its schema, and compares size and hash."""
    report = frictionless.validate(str(site / "data/datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads((site / "data/datapackage.json").read_text())
    assert package["licenses"] == [{"path": "https://licences.example/by"}]
    assert [resource["path"] for resource in package["resources"]] == [
        "briefings.jsonl",
        "briefings.csv",
        "terms.json",
    ]


def test_what_readers_see_is_exported_newest_first(site: Path) -> None:
    """No draft, and nothing that waits for its date."""
    rows = [json.loads(line) for line in (site / "data/briefings.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["cccc", "aaaa", "bbbb"]
    first = rows[1]
    assert first["url"] == "https://example.org/briefings/a/"
    assert first["source"][0]["archived"] == {"url": "https://a.example/1"}
    assert first["extra"] == {"rating": 3}
    assert (rows[2]["lang"], rows[2]["translation_of"]) == ("fr", "aaaa")
    with (site / "data/briefings.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert table[1]["title"] == 'Talks: "one", two'
    assert (table[1]["key_points"], table[1]["authors"]) == ("One; two.\nThree.", "Jo Dunn; Ann Lee")
    assert (table[1]["sources"], table[1]["corrections"], table[0]["date"]) == ("2", "1", "2025-04-01")
    terms = {term["key"]: term for term in json.loads((site / "data/terms.json").read_text("utf-8"))}
    assert sorted(terms) == ["FR", "UA", "ceasefire", "war"]
    assert terms["UA"]["labels"] == {"en": "Ukraine", "fr": "Ukraine"}
    assert (terms["FR"]["briefings"], terms["FR"]["mentions"]) == (0, 1)
    assert terms["ceasefire"]["parent"] == "war"


def test_the_database_can_be_asked(site: Path) -> None:
    """Foreign keys hold, terms join, and texts are found by their words."""
    with closing(sqlite3.connect(site / "archive.db")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        joined = """SELECT b.title FROM briefings b JOIN briefing_terms t ON t.briefing = b.id
                    WHERE t.kind = 'country' AND t.key = 'FR' AND t.role = 'mention'"""
        assert database.execute(joined).fetchall() == [('Talks: "one", two',)]
        matches = "SELECT title FROM briefings_fts WHERE briefings_fts MATCH 'paragraph'"
        assert database.execute(matches).fetchall() == [('Talks: "one", two',)]
        assert database.execute("SELECT name, archived_url FROM sources ORDER BY position").fetchall() == [
            ("Port", "https://a.example/1"),
            ("B", None),
        ]
        assert database.execute("SELECT count(*) FROM authors").fetchone() == (2,)


def test_the_archive_comes_back(site: Path, tmp_path: Path) -> None:
    """Into an empty site: the same export. A second time nothing is written; another text needs --force."""
    backup = tmp_path / "backup"
    assert run(site, "export", str(backup), "--drafts").exit_code == 0
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    make_site(fresh)
    shutil.copy(site / "pelicanconf.py", fresh)
    file = str(backup / "briefings.jsonl")
    assert run(fresh, "import", file, "--dry-run").exit_code == 0
    assert not (fresh / "content/entries").exists()
    outcome = run(fresh, "import", file)
    assert (outcome.exit_code, outcome.stdout.count("\n")) == (0, 5)
    assert run(fresh, "export", str(tmp_path / "again"), "--drafts").exit_code == 0
    for name in ("briefings.jsonl", "briefings.csv", "terms.json", "datapackage.json"):
        assert (tmp_path / "again" / name).read_bytes() == (backup / name).read_bytes()
    assert "0 of 5 written" in run(fresh, "import", file).stderr
    changed = fresh / "content/entries/2025/03/a.md"
    changed.write_text(changed.read_text("utf-8").replace("second", "third"), "utf-8")
    refused = run(fresh, "import", file)
    assert refused.exit_code == 1
    assert "2025/03/a.md is there and says something else; --force replaces it [bad-row]" in refused.stderr
    assert "third" in changed.read_text("utf-8")
    assert run(fresh, "import", file, "--force").exit_code == 0
    assert "second" in changed.read_text("utf-8")


def test_a_faulty_archive_is_not_exported(tmp_path: Path) -> None:
    """Half an archive that looks whole would be worse than none; and a command without a target says so."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", "topics: [wra]")})
    outcome = run(site, "export", str(tmp_path / "data"))
    assert outcome.exit_code == 1
    assert "wra" in outcome.stderr
    assert not (tmp_path / "data").exists()
    assert run(site, "export").exit_code == 2
