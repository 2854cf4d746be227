# markup on one line
"""Letters that a page sets apart, divides or runs together are read as words."""

from __future__ import annotations

import pytest

from pouch.convert.page.htmlpage import structure
from pouch.convert.text.markdown import render
from tests.convert.page.articles import OPENING, page


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="initial">{first}</div><p>{rest}',
        "<div><span>{first}</span><p>{rest}",
        "<p>{first}</p><p>{rest}",
        "<p><b>{first}</b>{rest}",
    ],
)
@pytest.mark.parametrize("word", ["Through", "ÉTÉ", "Über"])
def test_a_large_first_letter(markup: str, word: str) -> None:
    """A large first letter is joined to its word, wherever the page sets it."""
    rest = f"{word[1:]} the whole of the year ships wait in the roads of Port Said for their convoy to be called."
    article = page().replace(f"<p>{OPENING}", markup.format(first=word[0], rest=rest), 1)
    assert f"{word} the whole" in render(structure(article).body())


def test_a_word_of_one_letter() -> None:
    """A lone letter that is a word keeps its space."""
    article = page().replace(
        f"<p>{OPENING}",
        "<div>A</div><p> ship of the largest class waits for a day and a night before it may enter.",
        1,
    )
    assert "Aship" not in render(structure(article).body())


@pytest.mark.parametrize(
    ("written", "read", "rule"),
    [
        ("Donau\u00addampf\u00adschiff", "Donaudampfschiff", "invisible-character"),
        ("Grön\u00adland", "Grönland", "invisible-character"),
        ("ports\u200b and\ufeff", "ports and", "invisible-character"),
        ("o\ufb03cial \ufb02eets", "official fleets", "ligature"),
    ],
)
def test_invisible_characters_and_ligatures(written: str, read: str, rule: str) -> None:
    """Soft hyphens and zero-width signs go, ligatures become letters, and the report says so."""
    told = structure(
        page(f"<p>The text of the day speaks of {written} and of nothing else that matters here.</p>")
    )
    assert read in render(told.body())
    assert rule in {repair.rule for repair in told.report.repairs}


@pytest.mark.parametrize("written", ["می\u200cخواهم", "ភាសា\u200bខ្មែរ", "👩\u200d🔬"])
def test_joiners_that_are_spelling_stay(written: str) -> None:
    """Signs by which Persian, Khmer and emoji are spelt stay."""
    assert written in render(structure(page(f"<p>The sign reads {written} in the original.</p>")).body())


def test_preformatted_text() -> None:
    """Paragraphs of preformatted text stay paragraphs, and lines in columns stay lines."""
    pre = (
        "<pre>The commission met in Cairo on two days and\nheard the pilots and the owners of ships.\n\n"
        "It will meet again in the spring, in Ismailia,\nand publish what it was told.\n\n"
        "Year     Ships     Tonnes\n1870       486     436 609\n1880      2026   3 057 421\n</pre>"
    )
    body = render(structure(page(pre)).body())
    assert "two days and heard the pilots and the owners of ships.\n\nIt will meet again" in body
    assert "| 1870 | 486 | 436 609 |" in body or "    1870       486     436 609" in body
