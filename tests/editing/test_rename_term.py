"""A term gets another slug: the file keeps its shape, the term its identity, the old slug its address."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pouch.editing.rename_term import plan_term_renaming
from pouch.editing.terms import TermKind
from pouch.errors import EnvironmentFault
from pouch.vocabulary.vocabulary import load_vocabulary
from tests.vocabulary.sites import site_with

TOPICS = """# Our topics.
[war]
labels = { en = "War" }  # not peace

[ceasefire]
parent = "war"
slug = "truce" # shorter
formerly = [
  "ceasefire",   # until 2024
  "cease-fire",
]

[trade]
aliases = { en = ["slug = 'x'", "[war]"] }
"""
COUNTRIES = """[GB]
slug = "britain"
formerly = ["united-kingdom"]
"""


def renamed(root: Path, kind: TermKind, old: str, new: str, **files: str) -> str:
    """The file after the renaming, which must leave a vocabulary without problems."""
    site = site_with(root, topics=files.get("topics", TOPICS), countries=files.get("countries", COUNTRIES))
    vocabulary, _ = load_vocabulary(site)
    found = plan_term_renaming(kind, old, new, site, vocabulary)
    found.file.write_bytes(found.after.encode())
    again, problems = load_vocabulary(site)
    assert problems == []
    term = (again.countries if kind == "country" else again.topics)[found.identity]
    assert (term.slug, term.formerly) == (new, found.formerly)
    return found.after


@pytest.mark.parametrize("old", ["ceasefire", "truce", "cease-fire"])
def test_only_the_two_values_change(tmp_path: Path, old: str) -> None:
    """Comments, order and every other term stay as the editor wrote them; key, slug and old slug all name the term."""
    after = renamed(tmp_path, "topic", old, "lull")
    assert after == TOPICS.replace('"truce"', '"lull"').replace(
        '  "cease-fire",\n]', '  "cease-fire",\n  "truce",\n]'
    )


def test_going_back_takes_the_slug_out_of_the_former_ones(tmp_path: Path) -> None:
    """One's own former slug is free to take again."""
    after = tomllib.loads(renamed(tmp_path, "topic", "truce", "ceasefire"))
    assert (after["ceasefire"]["slug"], after["ceasefire"]["formerly"]) == (
        "ceasefire",
        ["cease-fire", "truce"],
    )


def test_a_term_that_never_had_a_slug_of_its_own_gets_one(tmp_path: Path) -> None:
    """The key was its slug so far, and stays its key."""
    after = renamed(tmp_path, "topic", "trade", "commerce")
    assert after.endswith(
        '[trade]\nslug = "commerce"\nformerly = ["trade"]\naliases = { en = ["slug = \'x\'", "[war]"] }\n'
    )


def test_a_country_of_the_registry_gets_a_table(tmp_path: Path) -> None:
    """No other country is touched, whether the file is there or not."""
    after = renamed(tmp_path, "country", "MM", "burma")
    assert after == COUNTRIES + '\n[MM]\nslug = "burma"\nformerly = ["myanmar"]\n'
    other = tmp_path / "other"
    other.mkdir()
    assert (
        renamed(other, "country", "myanmar", "burma", countries="")
        == '[MM]\nslug = "burma"\nformerly = ["myanmar"]\n'
    )


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    """A file from another desk comes back as it was, but for the change."""
    after = renamed(tmp_path, "topic", "war", "armed-conflict", topics=TOPICS.replace("\n", "\r\n"))
    assert after.count("\n") == after.count("\r\n") == TOPICS.count("\n") + 2


@pytest.mark.parametrize(
    ("kind", "old", "new", "message"),
    [
        ("topic", "war", "truce", "'truce' is the slug of ceasefire"),
        ("topic", "war", "cease-fire", "'cease-fire' was once the slug of ceasefire"),
        ("country", "UA", "france", "'france' is the slug of FR"),
        ("country", "UA", "united-kingdom", "'united-kingdom' was once the slug of GB"),
        ("topic", "war", "War & peace", "did you mean 'war-peace'"),
        ("topic", "war", "2025", "meaning of its own"),
        ("topic", "war", "fr", "meaning of its own"),
        ("topic", "wra", "conflict", "no topic has the key, the slug or the name 'wra'; did you mean 'war'"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(
    tmp_path: Path, kind: TermKind, old: str, new: str, message: str
) -> None:
    """An address belongs to one term for ever."""
    site = site_with(tmp_path, topics=TOPICS, countries=COUNTRIES)
    vocabulary, _ = load_vocabulary(site)
    with pytest.raises(EnvironmentFault, match=message.replace("&", ".")):
        plan_term_renaming(kind, old, new, site, vocabulary)


def test_a_file_written_in_an_unforeseen_way_is_left_alone(tmp_path: Path) -> None:
    """Rather than guess, the command says what to write by hand."""
    site = site_with(tmp_path, topics='war = { labels = { en = "War" } }\n')
    vocabulary, _ = load_vocabulary(site)
    with pytest.raises(EnvironmentFault, match='slug = "conflict"'):
        plan_term_renaming("topic", "war", "conflict", site, vocabulary)
