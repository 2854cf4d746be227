"""`pouch rename`, as an editor calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pouch.commands.rename import command
from pouch.errors import PouchError
from pouch.vocabulary.vocabulary import load_vocabulary
from tests.vocabulary.sites import site_with

ENTRY = """---
id: "7f3k9q2mzx"
title: Grain   # a comment
date: 2025-03-05
countries: [UA]
topics: [ceasefire]
summary: Ships sail.
---

Text.
"""
TOPICS = '[ceasefire]\nlabels = { en = "Ceasefire" }\n\n[truce-talks]\nformerly = ["talks"]\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site_with(tmp_path, topics=TOPICS, countries="")
    folder = tmp_path / "content" / "entries" / "2025" / "03"
    folder.mkdir(parents=True)
    (folder / "grain.md").write_text(ENTRY, "utf-8")
    (folder / "other.md").write_text(
        ENTRY.replace("7f3k9q2mzx", "aaaa").replace("title:", "formerly: [older]\ntitle:"), "utf-8"
    )
    return tmp_path


def rename(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["--site", str(root), *arguments], catch_exceptions=True)


def test_a_topic_a_country_and_an_entry_change_their_slug(root: Path) -> None:
    """Identity stays, the old slug is recorded, and the path of the changed file is printed."""
    assert rename(root, "topic", "ceasefire", "lull").stdout == "content/vocabulary/topics.toml\n"
    assert rename(root, "country", "MM", "burma").stdout == "content/vocabulary/countries.toml\n"
    result = rename(root, "entry", "7f3k9q2mzx", "grain-talks")
    assert result.stdout == "content/entries/2025/03/grain.md\n"
    assert "/briefings/grain/ becomes /briefings/grain-talks/" in result.stderr
    vocabulary, problems = load_vocabulary(site_with(root))
    assert problems == []
    assert (vocabulary.topics["ceasefire"].slug, vocabulary.topics["ceasefire"].formerly) == (
        "lull",
        ("ceasefire",),
    )
    assert (vocabulary.countries["MM"].slug, vocabulary.countries["MM"].formerly) == ("burma", ("myanmar",))
    text = (root / "content/entries/2025/03/grain.md").read_text("utf-8")
    assert "slug: grain-talks\nformerly: [grain]\n" in text
    assert text.replace("slug: grain-talks\nformerly: [grain]\n", "") == ENTRY


@pytest.mark.parametrize("old", ["7f3k9q2mzx", "grain", "content/entries/2025/03/grain.md"])
def test_there_and_back(root: Path, old: str) -> None:
    """A second thought costs nothing: the first slug is the entry's again, and the second leads to it."""
    assert rename(root, "entry", old, "wheat").exit_code == 0
    assert rename(root, "entry", "wheat", "grain").exit_code == 0
    text = (root / "content/entries/2025/03/grain.md").read_text("utf-8")
    assert text.replace("formerly: [wheat]\n", "") == ENTRY


def test_a_dry_run_shows_and_changes_nothing(root: Path) -> None:
    """The editor sees the lines that would change."""
    result = rename(root, "topic", "ceasefire", "lull", "--dry-run")
    assert result.exit_code == 0
    assert '+slug = "lull"' in result.stdout
    assert "/topics/ceasefire/ would become /topics/lull/" in result.stderr
    assert (root / "content/vocabulary/topics.toml").read_text("utf-8") == TOPICS


def test_the_same_slug_again_changes_nothing(root: Path) -> None:
    """Called twice, the command has nothing left to do."""
    result = rename(root, "topic", "ceasefire", "ceasefire")
    assert result.exit_code == 0
    assert "already" in result.stderr
    assert (root / "content/vocabulary/topics.toml").read_text("utf-8") == TOPICS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("topic", "ceasefire", "talks"), "'talks' was once the slug of truce-talks"),
        (("topic", "nothing", "x-y"), "no topic has the key, the slug or the name 'nothing'"),
        (("entry", "grain", "other"), "'other' is the slug of content/entries/2025/03/other.md"),
        (("entry", "grain", "older"), "'older' was once the slug of content/entries/2025/03/other.md"),
        (("entry", "grain", "page"), "meaning of its own"),
        (("entry", "none", "x-y"), "no entry has"),
    ],
)
def test_another_s_slug_is_refused(root: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit code 2, the reason, and every file as it was."""
    before = {file: file.read_bytes() for file in root.rglob("*.*") if file.is_file()}
    result = rename(root, *arguments)
    assert isinstance(result.exception, PouchError)
    assert message in str(result.exception)
    assert result.exception.exitcode == 2
    assert {file: file.read_bytes() for file in root.rglob("*.*") if file.is_file()} == before


@pytest.mark.parametrize("name", ["Ceasefire", "CEASEFIRE", "Cessez-le-feu", "trêve"])
def test_any_name_of_front_matter_is_taken(root: Path, name: str) -> None:
    """A label or alias in any language means the topic here too."""
    own = '[ceasefire]\nlabels = { en = "Ceasefire", fr = "Cessez-le-feu" }\naliases = { fr = ["trêve"] }\n'
    (root / "content/vocabulary/topics.toml").write_text(own, "utf-8")
    assert rename(root, "topic", name, "lull").exit_code == 0
    assert rename(root, "country", "Birmanie", "burma").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("topic", "ceasfire", "lull"), "did you mean 'ceasefire'?"),
        (("country", "Scotland", "x-y"), "did you mean GB (United Kingdom)?"),
        (("country", "Korea", "x-y"), "KR (South Korea) or KP (North Korea)"),
        (("entry", "grian", "x-y"), "did you mean 'grain'?"),
    ],
)
def test_a_slip_brings_what_was_meant(root: Path, arguments: tuple[str, ...], meant: str) -> None:
    """Front matter and `pouch list` say it; a vocabulary has two hundred keys."""
    assert meant in str(rename(root, *arguments).exception)


def test_a_new_slug_leaves_the_label_and_says_so(root: Path) -> None:
    """Address and title are two things."""
    assert "its label stays 'Ceasefire'; --label" in rename(root, "topic", "ceasefire", "lull").stderr


@pytest.mark.parametrize(
    ("arguments", "before", "after"),
    [
        ((), 'labels = { en = "Ceasefire" }', 'labels = { en = "Silence \\"of\\" arms" }'),
        (("--lang", "fr"), 'labels = { en = "Ceasefire" }', 'labels = { en = "Ceasefire", fr = "Silence'),
        (("--lang", "pt-BR"), "aliases = {}", 'labels = { pt-BR = "Silence'),
    ],
)
def test_a_label_changes_what_readers_see(
    root: Path, arguments: tuple[str, ...], before: str, after: str
) -> None:
    """The label in one language is set, the others stay, and the address stays too."""
    file = root / "content/vocabulary/topics.toml"
    file.write_text(f"# Ours\n[ceasefire]\n{before}\n\n[war] # below\n", "utf-8")
    result = rename(root, "topic", "ceasefire", "--label", 'Silence "of" arms', *arguments)
    assert result.exit_code == 0, result
    text = file.read_text("utf-8")
    assert after in text
    assert text.startswith("# Ours\n[ceasefire]\n")
    assert text.endswith("\n[war] # below\n")
    vocabulary, problems = load_vocabulary(site_with(root))
    assert problems == []
    assert (vocabulary.topics["ceasefire"].slug, vocabulary.topics["ceasefire"].formerly) == ("ceasefire", ())


@pytest.mark.parametrize(
    "arguments",
    [("topic", "ceasefire"), ("entry", "grain", "--label", "x"), ("topic", "ceasefire", "--label", " ")],
)
def test_nothing_to_do_is_wrong_usage(root: Path, arguments: tuple[str, ...]) -> None:
    """Neither a slug nor a label is given, or a label where none is."""
    assert rename(root, *arguments).exit_code == 2


@pytest.mark.parametrize("label", ["fr=Trêve longue", "fr = Trêve longue", "fr: Trêve longue"])
def test_a_label_with_its_language_is_no_label(root: Path, label: str) -> None:
    """Readers would see the language's tag; the message gives the option."""
    outcome = rename(root, "topic", "ceasefire", "--label", label)
    assert outcome.exit_code == 2
    assert "write --label 'Trêve longue' --lang fr" in " ".join(outcome.output.split())
