"""Dossiers and pages: prose beside the entries."""

from __future__ import annotations

import pytest

from pouch.content.dossier import Dossier, ParsedDossier, parse_dossier
from pouch.content.page import Page, ParsedPage, parse_page
from tests.content.samples import a_context

SITE, VOCABULARY = a_context()


def dossier(text: str, path: str = "content/dossiers/countries/UA.md") -> ParsedDossier:
    """The dossier in a file."""
    return parse_dossier(text.encode(), path, vocabulary=VOCABULARY, site=SITE)


def page(text: str, path: str = "content/pages/about.md") -> ParsedPage:
    """The page in a file."""
    return parse_page(text.encode(), path, site=SITE)


@pytest.mark.parametrize(
    ("path", "text", "expected", "line"),
    [
        ("countries/UA.md", "Prose.\n", Dossier("country", "UA", "en", body="Prose."), 1),
        ("countries/UA.fr.md", "\n\nProse.\n", Dossier("country", "UA", "fr", body="Prose."), 3),
        ("home.md", "---\npinned: [aaaa]\n---\n", Dossier("home", "home", "en", pinned=("aaaa",)), 3),
        ("home.fr.md", "Prose.\n", Dossier("home", "home", "fr", body="Prose."), 1),
        ("countries/UA.md", "---\nlang: fr\n---\nProse.\n", Dossier("country", "UA", "fr", body="Prose."), 4),
        ("topics/war.md", "---\ntitle: On war\n---\n", Dossier("topic", "war", "en", title="On war"), 3),
        (
            "topics/war.md",
            "---\npinned: [aaaa, bbbb]\nlinks:\n  - title: A\n    url: https://a.b/\n---\n\nProse.\n",
            Dossier(
                "topic", "war", "en", pinned=("aaaa", "bbbb"), links=(("A", "https://a.b/"),), body="Prose."
            ),
            8,
        ),
    ],
)
def test_a_dossier(path: str, text: str, expected: Dossier, line: int) -> None:
    """The file's name says which term, in which language; front matter is optional."""
    parsed = dossier(text, f"content/dossiers/{path}")
    assert parsed.problems == []
    assert parsed.dossier == expected
    assert not expected.body or parsed.body_line == line


@pytest.mark.parametrize(
    ("path", "text", "line", "code", "hint"),
    [
        ("countries/Ukraine.md", "", 0, "unknown-country", "call it UA.md"),
        ("countries/UA.md", "---\npinned: aaaa\n---\n", 2, "wrong-type", "write pinned: [aaaa]"),
        ("countries/UA.md", "---\npinned: [Talks]\n---\n", 2, "bad-id", "as `pouch list` shows it"),
        (
            "countries/UA.md",
            "---\nlinks: https://a.example/b\n---\n",
            2,
            "wrong-type",
            "write links: [{title: …, url: https://a.example/b}]",
        ),
        ("Ukraine.md", "", 0, "unknown-topic", "move it to content/dossiers/countries/UA.md"),
        ("countries/flood.fr.md", "", 0, "unknown-country", "move it to content/dossiers/topics/flood.fr.md"),
        ("countries/Ukraine.fr.md", "", 0, "unknown-country", "call it UA.fr.md"),
        ("countries/QQ.md", "", 0, "unknown-country", "a country's code"),
        ("topics/inondation.md", "", 0, "unknown-topic", "call it flood.md"),
        ("topics/flod.fr.md", "", 0, "unknown-topic", "did you mean flood?"),
        ("countries/Scotland.md", "", 0, "unknown-country", "did you mean GB (United Kingdom)?"),
        ("topics/war.french.md", "", 0, "bad-language", "did you mean fr?"),
        ("topics/war.fr.md", "---\nlang: de\n---\n", 2, "bad-language", ""),
        ("topics/war.md", "---\npined: []\n---\n", 2, "unknown-key", "did you mean `pinned`?"),
        ("topics/war.md", "---\npinned: [x]\n---\n", 2, "bad-id", ""),
        ("topics/war.md", "---\nlinks: [{title: A}]\n---\n", 2, "missing-key", "url"),
        ("topics/war.md", "---\nlinks: [{title: A, url: b}]\n---\n", 2, "bad-address", ""),
        ("topics/war.md", "---\nlinks: [a]\n---\n", 2, "wrong-type", ""),
        ("topics/war.md", "---\ntitle: [\n---\n", 3, "yaml", ""),
        ("topics/war.md", "Prose\x07", 1, "control-character", ""),
    ],
)
def test_a_dossier_with_a_fault(path: str, text: str, line: int, code: str, hint: str) -> None:
    """A dossier of no term, or with a key that is none, is an error with its cure."""
    parsed = dossier(text, f"content/dossiers/{path}")
    assert parsed.dossier is None
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(line, code)]
    assert hint in parsed.problems[0].hint


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("about.md", "---\ntitle: About\n---\n\nProse.\n", Page("about", "en", "About", "Prose.")),
        ("about.fr.md", "---\ntitle: À propos\n---\n", Page("about", "fr", "À propos")),
        ("us.md", "---\ntitle: Us\nslug: about\nlang: de\n---\n", Page("about", "de", "Us")),
        ("imprint.md", "---\ntitle: Imprint\n---\n", Page("imprint", "en", "Imprint")),
    ],
)
def test_a_page(path: str, text: str, expected: Page) -> None:
    """A page has a title; its address is its file's name unless it says otherwise."""
    parsed = page(text, f"content/pages/{path}")
    assert parsed.problems == []
    assert parsed.page == expected


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("about.md", "---\nlang: en\n---\n", "missing-key"),
        ("about.md", "Prose.\n", "no-front-matter"),
        ("about.md", "---\ntitle: A\nauthor: B\n---\n", "unknown-key"),
        ("archive.md", "---\ntitle: A\n---\n", "reserved-slug"),
        ("2025.md", "---\ntitle: A\n---\n", "reserved-slug"),
        ("About us.md", "---\ntitle: A\n---\n", "bad-slug"),
        ("about.fr.md", "---\ntitle: A\nlang: de\n---\n", "bad-language"),
    ],
)
def test_a_page_with_a_fault(path: str, text: str, code: str) -> None:
    """A page without a title, or one that would take an address of ours, is an error."""
    parsed = page(text, f"content/pages/{path}")
    assert parsed.page is None
    assert [problem.code for problem in parsed.problems] == [code]
