"""Faults in the vocabulary files: each is named with its place, and none hides another."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.problems import Severity
from pouch.vocabulary.loading import names_of_others, read_countries, read_topics
from pouch.vocabulary.vocabulary import load_vocabulary
from tests.vocabulary.sites import site_with


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[flood]\nlabel = { en = "Flood" }\n', (2, 1, "unknown-key", "did you mean `labels`?")),
        ('[flood]\nlabel = "Flood"\n', (2, 1, "unknown-key", 'write labels = { en = "Flood" }')),
        ('[flood]\nkeywords = ["a \\"b\\"", "c"]\n', (2, 1, "unknown-key", r'{ en = ["a \"b\"", "c"] }')),
        ('[flood]\nName = "Flood"\n', (2, 1, "unknown-key", 'write labels = { en = "Flood" }')),
        ('[flood]\nunder = "x"\n', (2, 1, "unknown-key", "did you mean `parent`?")),
        ('[flood]\naliases = ["flooding"]\n', (2, 1, "wrong-type", 'write aliases = { en = ["flooding"] }')),
        ('["Flash flood"]\n', (1, 1, "bad-key", "write [flash-flood]")),
        ('[flood]\nparent = "disastr"\n[disaster]\n', (2, 1, "unknown-parent", "did you mean 'disaster'?")),
        ('[flood]\nslug = "page"\n', (2, 1, "reserved-slug", "choose a longer slug")),
        ("[nul]\n", (1, 1, "reserved-slug", "choose a longer slug")),
        ("[fr]\n", (1, 1, "reserved-slug", "choose a longer slug")),
        ('[flood]\nslug = "Flash Flood"\n', (2, 1, "bad-slug", "did you mean 'flash-flood'?")),
        ('[a1]\nslug = "x1"\n[b1]\nslug = "x1"\n', (4, 1, "slug-taken", "")),
        ('[a1]\n[b1]\nformerly = ["a1"]\n', (3, 13, "slug-taken", "")),
        ('[a1]\nformerly = ["x1"]\n[b1]\nformerly = ["x1"]\n', (4, 13, "slug-taken", "")),
        ('[a1]\nformerly = ["a1"]\n', (2, 13, "former-slug-live", "remove it from `formerly`")),
        ('[flood]\niptc = "20000151"\n', (2, 1, "bad-iptc", "eight digits")),
        ('[flood]\nlabels = { en = " " }\n', (2, 12, "empty-text", "give a text")),
        ("[flood]\nlabels = { en = 3 }\n", (2, 12, "wrong-type", "")),
        ('[flood]\nlabels = { english = "Flood" }\n', (2, 12, "bad-language", "a code such as")),
        ('[flood]\nlabels = "Flood"\n', (2, 1, "wrong-type", "labels = { en =")),
        ('[flood]\naliases = { en = "flooding" }\n', (2, 13, "wrong-type", 'en = ["…"]')),
        ('[flood]\naliases = { en = ["flooding", 1] }\n', (2, 31, "wrong-type", "")),
        ('[flood]\nformerly = "floods"\n', (2, 1, "wrong-type", "")),
        ("[flood]\nparent = 1\n", (2, 1, "wrong-type", "")),
        (
            '[a1]\nlabels = { en = "Flood" }\n[b1]\nlabels = { en = "flood" }\n',
            (4, 12, "name-taken", "merge"),
        ),
        (
            '[a1]\nlabels = { en = "Flood" }\n[b1]\naliases = { en = ["Flood"] }\n',
            (4, 19, "name-taken", "remove"),
        ),
        ('[flood]\n<<<<<<< HEAD\nslug = "a1"\n', (2, 1, "merge-conflict", "keep one")),
        ('[flood]\nslug = "a1"\n>>>>>>> other branch\n', (3, 1, "merge-conflict", "keep one")),
        ('flood = "Flood"\n', (1, 1, "wrong-type", "a term is a table")),
        ("[Flood]\n", (1, 1, "bad-key", "write [flood]")),
        ('["?"]\n', (1, 1, "bad-key", "lower-case")),
        ("[flood]\n[flood]\n", (2, 8, "toml-syntax", "")),
        ('[flood]\nlabels = { en = "Flood }\n', (2, 26, "toml-syntax", "")),
    ],
)
def test_topic_fault(tmp_path: Path, text: str, expected: tuple[int, int, str, str]) -> None:
    """Each fault in topics.toml is one problem, at its line and column, with its cure."""
    _, problems = read_topics(site_with(tmp_path, topics=text))
    assert len(problems) == 1
    problem = problems[0]
    line, column, code, hint = expected
    assert (problem.path, problem.line, problem.code) == ("content/vocabulary/topics.toml", line, code)
    if code != "toml-syntax":
        assert problem.column == column
    assert hint in problem.hint


def test_cycle_names_the_chain(tmp_path: Path) -> None:
    """Topics that are each other's ancestors are named with the chain, and the tree can still be walked."""
    site = site_with(tmp_path, topics='[a1]\nparent = "b1"\n[b1]\nparent = "c1"\n[c1]\nparent = "a1"\n')
    vocabulary, problems = load_vocabulary(site)
    assert [(p.line, p.code, "a1 → b1 → c1 → a1" in p.message) for p in problems] == [
        (2, "parent-cycle", True)
    ]
    assert vocabulary.ancestors("b1") == ("c1", "a1")


def test_all_faults_in_one_run(tmp_path: Path) -> None:
    """Every fault of both files is listed at once, in order of file and line."""
    site = site_with(
        tmp_path,
        topics='[x1]\nslug = "page"\nlable = 1\n[y1]\nparent = "nowhere"\n',
        countries='[UK]\n[UA]\nparent = "x"\n[FR]\nslug = "germany"\n',
    )
    problems = load_vocabulary(site)[1]
    assert [(Path(p.path).name, p.line, p.code) for p in problems] == [
        ("countries.toml", 1, "unknown-country"),
        ("countries.toml", 3, "unknown-key"),
        ("countries.toml", 5, "slug-taken"),
        ("topics.toml", 2, "reserved-slug"),
        ("topics.toml", 3, "unknown-key"),
        ("topics.toml", 5, "unknown-parent"),
    ]
    assert problems[0].hint == "did you mean [GB]?"


def test_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is named with the line where it stops being UTF-8."""
    site = site_with(tmp_path, topics="")
    (tmp_path / "content/vocabulary/topics.toml").write_bytes(b'[flood]\nlabels = { fr = "\xe9" }\n')
    assert [(p.line, p.code) for p in load_vocabulary(site)[1]] == [(2, "not-utf-8")]


def test_missing_files_are_empty(tmp_path: Path) -> None:
    """A site without vocabulary files has all countries and no topic, and no problem."""
    vocabulary, problems = load_vocabulary(site_with(tmp_path))
    assert (len(vocabulary.countries), dict(vocabulary.topics), problems) == (250, {}, [])


def test_bom_and_windows_lines(tmp_path: Path) -> None:
    """A file saved by a Windows editor reads the same, with the same lines."""
    site = site_with(tmp_path)
    path = tmp_path / "content/vocabulary/topics.toml"
    path.write_bytes('\ufeff[flood]\r\nlabels = { en = "Flood" }\r\n[drought]\r\n'.encode())
    topics, problems = read_topics(site)
    assert problems == []
    assert [(t.key, t.line) for t in topics.values()] == [("flood", 1), ("drought", 3)]


def test_country_additions(tmp_path: Path) -> None:
    """An archive may rename a country's page, keep its old address and give it names of its own."""
    text = '[TR]\nslug = "turkiye"\nformerly = ["turkey"]\naliases = { en = ["Anatolia"] }\n'
    countries, problems = read_countries(site_with(tmp_path, countries=text))
    assert problems == []
    turkey = countries["TR"]
    assert (turkey.slug, turkey.formerly, turkey.region, turkey.line) == ("turkiye", ("turkey",), "145", 1)


def test_former_slug_is_only_a_warning_when_live_again(tmp_path: Path) -> None:
    """Going back to one's own former slug is allowed; the leftover in `formerly` is a warning."""
    _, problems = read_topics(site_with(tmp_path, topics='[a1]\nformerly = ["a1"]\n'))
    assert [p.severity for p in problems] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("text", "line", "other"),
    [
        ('[UA]\naliases = { en = ["Russia"] }\n', 2, "RU"),
        ('[UA]\nlabels = { fr = "Russie" }\n', 2, "RU"),
        ('[UA]\n\n[GB]\naliases = { en = ["Albion", "Ireland"] }\n', 4, "IE"),
    ],
)
def test_a_name_of_another_country_is_told(tmp_path: Path, text: str, line: int, other: str) -> None:
    """Front matter would take the name for the wrong country; a new name, and one that settles Congo, are fine."""
    site = site_with(tmp_path, topics="", countries=text)
    problems = names_of_others(read_countries(site)[0], site)
    assert [(p.line, p.code, p.severity, f"a name of {other}" in p.message) for p in problems] == [
        (line, "name-taken", Severity.WARNING, True)
    ]
    fine = '[UA]\naliases = { en = ["Ukraina"] }\n\n[CD]\naliases = { en = ["Congo"] }\n'
    site = site_with(tmp_path, topics="", countries=fine)
    assert names_of_others(read_countries(site)[0], site) == []
