"""Words as people type them whose keyboard lacks a letter, and abbreviations that are no words."""

from __future__ import annotations

import pytest

from pouch_search.words import capital_words, keys_of, prepared

KEYS = [
    ("Workers from Łódź struck in Tromsø.", ["workers", "from", "lodz", "struck", "in", "tromso"]),
    ("Une œuvre, deux Œuvres", ["une", "oeuvre", "deux", "oeuvres"]),
    ("Straße und STRASSE", ["strasse", "und", "strasse"]),
    ("CO₂ and 10⁶ and ﬁnance", ["CO2", "and", "106", "and", "finance"]),
    ("Þingvellir, Ísafjörður, Ærø", ["thingvellir", "isafjordur", "aero"]),
    ("Diyarbakır, İzmir", ["diyarbakir", "izmir"]),
    ("ＮＡＴＯ", ["NATO"]),
    ("élève Zürich Ångström", ["eleve", "zurich", "angstrom"]),
    ("Київ القاهرة Όδος", ["киів", "القاهرة", "οδοσ"]),
    ("東京でNATO", ["東", "京", "て", "NATO"]),
    ("l’Allemagne, d'Ukraine, Modi’s and the U.S. army", ["allemagne", "ukraine", "modi", "and", "the", "US", "army"]),
    ("the UN, un accord, COP30, M23", ["the", "UN", "un", "accord", "COP30", "M23"]),
    # In a text all in capitals nothing is an abbreviation.
    ("THE UN IN KYIV", ["the", "un", "in", "kyiv"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "keys"), KEYS)
def test_words_are_keyed_as_they_are_typed(text: str, keys: list[str]) -> None:
    """No accents, no letters of few keyboards, no articles and genitives; abbreviations in capitals."""
    assert keys_of(text) == keys


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Grain leaves Odesa. “Good”, said Kyiv, Ms Ébert and CNN", ["Odesa", "Kyiv", "Ms", "Ebert", "CNN"]),
        ("Kyiv: Talks – Peace", []),
    ],
)  # fmt: skip
def test_a_capital_names_something_within_a_sentence(text: str, names: list[str]) -> None:
    """At its beginning any word may stand in a capital."""
    assert list(capital_words(prepared(text))) == names
