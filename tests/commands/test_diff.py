"""`pouch diff`, as whoever reviews a change calls it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pouch.engine.build import build
from pouch.site import load_site
from tests.commands.sites import SETTINGS, TOPICS, entry, make_site, run

TALKS, FLOOD = "entries/2025/03/talks.md", "entries/2025/03/rain.md"


def git(folder: Path, *arguments: str) -> None:
    """Git with an author of its own, whatever the machine's settings."""
    author = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *author, *arguments], check=True, capture_output=True)


CONTENT = {
    TALKS: entry("talks01"),
    FLOOD: entry("rain01", "title: Rain", "countries: [FJ]", "topics: [flood]"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in a folder of a repository, one commit old, with two entries."""
    root = tmp_path / "repository" / "site"
    root.mkdir(parents=True)
    make_site(root, CONTENT)
    git(root, "init", "-q", "-b", "main", "..")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Two briefings")
    return root


def edit(site: Path, path: str, text: str | None) -> None:
    """Write a file below content/, or remove it."""
    file = site / "content" / path
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def built(site: Path, output: Path) -> dict[str, bytes]:
    """Every file that a clean build makes, by its address; of the search index, those that stand for its parts."""
    build(load_site(site, None, output), clean=True)
    return {
        f"/{file.relative_to(output).as_posix().removesuffix('index.html')}": file.read_bytes()
        for file in output.rglob("*")
        if file.is_file() and ("pagefind" not in file.parts or file.name == "pagefind-entry.json")
    }


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a clean build of that commit makes."""
    root = tmp_path_factory.mktemp("before")
    return built(make_site(root, CONTENT), root / "output")


EDITS: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "a new briefing": {"entries/2025/03/more.md": entry("more01", "countries: [KE]", "topics: [flood]")},
    "a briefing gone": {FLOOD: None},
    "another body": {TALKS: entry("talks01", body="Other words.")},
    "another title": {TALKS: entry("talks01", "title: Peace talks")},
    "a draft": {TALKS: entry("talks01", "status: draft")},
    "an embargo": {TALKS: entry("talks01", "publish_at: 2999-01-01")},
    "another label": {"vocabulary/topics.toml": TOPICS.replace("Flood", "Floods")},
    "another slug": {"vocabulary/topics.toml": f'{TOPICS}\nslug = "floods"\nformerly = ["flood"]\n'},
    "a topic moved": {"vocabulary/topics.toml": TOPICS.replace('parent = "war"', 'parent = "flood"')},
    "a dossier": {"dossiers/countries/PE.md": "Words.\n"},
    "an image": {"images/map.svg": "<svg/>"},
}


@pytest.mark.parametrize("name", EDITS)
def test_what_it_lists_is_what_a_build_would_change(
    name: str, site: Path, tmp_path: Path, before: dict[str, bytes]
) -> None:
    """The addresses added, changed and removed are those whose bytes differ between two clean builds."""
    for path, text in EDITS[name].items():
        edit(site, path, text)
    after = built(site, tmp_path / "after")
    outcome = run(site, "diff", "HEAD", "--json")
    assert outcome.exit_code == 0, outcome.stderr
    told = json.loads(outcome.stdout)
    listed = {
        word: {change["address"] for kind in ("pages", "feeds", "files") for change in told[kind][word]}
        for word in ("added", "changed", "removed")
    }
    assert listed == {
        "added": after.keys() - before.keys(),
        "changed": {address for address in after.keys() & before.keys() if before[address] != after[address]},
        "removed": before.keys() - after.keys(),
    }


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({TALKS: entry("talks01", "countries: [UA, KE]")}, ["+ /countries/kenya/  (country KE)"]),
        ({FLOOD: None}, ["- /countries/fiji/  (country FJ)"]),
        (
            EDITS["another slug"],
            ["~ /topics/floods/  (topic flood: its address, once /topics/flood/)"],
        ),
        (EDITS["another label"], ["~ /topics/flood/  (topic flood: its name, once Flood / Inondation)"]),
        (EDITS["a topic moved"], ["~ /topics/ceasefire/  (topic ceasefire: its place among the others)"]),
        ({TALKS: entry("talks01", body="Other words.")}, []),
    ],
)
def test_terms_that_come_change_and_go(edits: dict[str, str | None], expected: list[str], site: Path) -> None:
    """A reviewer sees at once which countries and topics a change touches."""
    for path, text in edits.items():
        edit(site, path, text)
    lines = run(site, "diff", "HEAD").stdout.splitlines()
    terms = [line.strip() for line in lines[1 : next(i for i, at in enumerate(lines) if at[:5] == "pages")]]
    assert (terms if lines[0].startswith("terms") else []) == expected


def test_nothing_is_touched(site: Path) -> None:
    """The working tree and the index are as they were, and what was staged still is."""
    edit(site, TALKS, entry("talks01", "title: Peace talks"))
    git(site, "add", "-A")
    edit(site, FLOOD, None)
    status = ["git", "-C", str(site), "status", "--porcelain", "--untracked-files=no"]
    before = subprocess.run(status, check=True, capture_output=True).stdout
    assert "/briefings/talks/" in run(site, "diff", "main").stdout
    assert subprocess.run(status, check=True, capture_output=True).stdout == before
    assert not (site / "output").exists()


def test_faults_are_told_with_the_side_that_has_them(site: Path) -> None:
    """Exit code 1, with the revision before the path where the fault is in the past."""
    edit(site, TALKS, entry("talks01", "topics: [wr]"))
    outcome = run(site, "diff", "HEAD")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("content/entries/2025/03/talks.md:")
    git(site, "commit", "-qam", "A slip")
    edit(site, TALKS, entry("talks01"))
    outcome = run(site, "diff", "HEAD")
    assert outcome.exit_code == 1
    assert outcome.stderr.startswith("HEAD:content/entries/2025/03/talks.md:")


def test_what_cannot_be_compared_is_named(site: Path, tmp_path: Path) -> None:
    """Exit code 2 and one line: no such revision, no site there yet, settings that were wrong, no repository."""
    git(site, "checkout", "-q", "--orphan", "empty")
    git(site, "rm", "-rq", "--cached", ".")
    git(site, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    (site / "pelicanconf.py").write_text(SETTINGS + "POUCH_PER_PAGE = 0\n", "utf-8")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A slip")
    (site / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    lonely = tmp_path / "lonely"
    lonely.mkdir()
    make_site(lonely)
    for where, revision, words in (
        (site, "nope", "git knows no revision 'nope'"),
        (site, "--help-me", "No such option"),
        (site, "empty~1", "there is no pelicanconf.py in site/"),
        (site, "empty", "empty:pelicanconf.py: POUCH_PER_PAGE must be"),
        (lonely, "HEAD", "is in no git repository"),
    ):
        outcome = run(where, "diff", revision)
        assert (outcome.exit_code, outcome.stdout) == (2, ""), revision
        assert words in outcome.stderr
        assert "Traceback" not in outcome.stderr


def test_settings_of_production_are_compared_with_their_own_past(site: Path) -> None:
    """`--settings publishconf.py` is read on both sides, so a new domain changes every page."""
    settings = site / "publishconf.py"
    settings.write_text(SETTINGS, "utf-8")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "Production")
    outcome = run(site, "diff", "HEAD", "--settings", str(settings))
    assert outcome.stdout == ""
    assert outcome.stderr == "nothing: readers see what they saw at HEAD\n"
    settings.write_text(SETTINGS.replace("example.org", "example.net"), "utf-8")
    assert "  ~ /briefings/talks/" in run(site, "diff", "HEAD", "--settings", str(settings)).stdout
