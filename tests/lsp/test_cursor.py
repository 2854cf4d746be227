"""pouch.lsp.cursor: the key at a place of front matter."""

from __future__ import annotations

import pytest

from pouch.lsp.cursor import Cursor, cursor_at


def at(text: str) -> Cursor | None:
    """The place of the bar in a text."""
    before, _, after = text.partition("|")
    lines = (before + after).splitlines(keepends=True)
    rows = before.splitlines() or [""]
    if before.endswith("\n"):
        rows.append("")
    return cursor_at(lines, len(rows) - 1, len(rows[-1]))


@pytest.mark.parametrize(
    ("text", "key", "word", "term"),
    [
        ("---\nti|\n---\n", "", "ti", "ti"),
        ("---\n|\n---\n", "", "", ""),
        ("---\ntitle|: x\n---\n", "", "title", "title"),
        ("---\ncountries: [UA, Fra|]\n---\n", "countries", "Fra", "Fra"),
        ("---\ncountries: [U|kraine, FR]\n---\n", "countries", "U", "Ukraine"),
        ('---\ncountries: ["Côte d|\n---\n', "countries", "Côte d", "Côte d"),
        ("---\ntopics:\n  - tra|\n---\n", "topics", "tra", "tra"),
        ("---\ntopics:\n- tra|\n---\n", "topics", "tra", "tra"),
        ("---\ntopics: [\n  trade,\n  fl|\n]\n---\n", "topics", "fl", "fl"),
        ("---\nstatus: |\n---\n", "status", "", ""),
        # Not closed yet: the whole file is front matter.
        ("---\nstatus: dr|\n", "status", "dr", "dr"),
        ("\ufeff---\r\nlang: f|\r\n---\r\n", "lang", "f", "f"),
    ],
)
def test_the_key_and_the_word_are_found(text: str, key: str, word: str, term: str) -> None:
    """Whether a list is written in one line or several, and before it is complete."""
    cursor = at(text)
    assert cursor is not None
    assert (cursor.key, cursor.word, cursor.term) == (key, word, term)


@pytest.mark.parametrize(
    "text", ["|---\ntitle: x\n---\n", "---\ntitle: x\n---\n\nA te|xt.\n", "No front matter|\n", "|"]
)
def test_there_is_nothing_to_complete_elsewhere(text: str) -> None:
    """In the text of an entry, words are words."""
    assert at(text) is None
