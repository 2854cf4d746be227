"""Words as people type them whose keyboard lacks a letter."""

from __future__ import annotations

import pytest

from pouch_search.folding import folded_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Workers from Łódź struck in Tromsø.", ["lodz", "tromso"]),
        ("Une œuvre, deux Œuvres", ["oeuvre", "oeuvres"]),
        ("Straße und STRASSE", ["strasse"]),
        ("CO₂ and 10⁶ and ﬁnance", ["co2", "106", "finance"]),
        ("Þingvellir, Ísafjörður, Ærø", ["thingvellir", "isafjordur", "aero"]),
        ("Diyarbakır", ["diyarbakir"]),
        ("ＮＡＴＯ", ["nato"]),
        # Accents alone are Pagefind's business; other scripts have no such letters.
        ("élève Zürich Ångström", []),
        ("Київ 東京 القاهرة", []),
        ("plain words", []),
    ],
)
def test_letters_of_other_keyboards_are_folded(text: str, words: list[str]) -> None:
    """Each word comes once, in the form that a reader without the letter types."""
    assert folded_words([text, text]) == words
